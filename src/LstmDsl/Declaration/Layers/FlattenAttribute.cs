namespace LstmDsl;

/// <summary>
/// Lays the timesteps of its input one behind the other into one row (<c>keras.layers.Flatten</c>), so that a dense layer sees them all.
/// </summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class FlattenAttribute : LayerAttribute
{
    /// <summary>Name in code, files and summaries; a C# identifier. Default: <c>Flatten</c>, then <c>Flatten1</c> and so on.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "Flatten";
}
