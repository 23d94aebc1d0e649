namespace LstmDsl;

/// <summary>
/// Gives the mean of each feature over all timesteps (<c>keras.layers.GlobalAveragePooling1D</c>), those alone that a mask does not leave
/// out.
/// </summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class GlobalAveragePooling1DAttribute : LayerAttribute
{
    /// <summary>
    /// Name in code, files and summaries; a C# identifier. Default: <c>GlobalAveragePooling1D</c>, then <c>GlobalAveragePooling1D1</c> and
    /// so on.
    /// </summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "GlobalAveragePooling1D";
}
