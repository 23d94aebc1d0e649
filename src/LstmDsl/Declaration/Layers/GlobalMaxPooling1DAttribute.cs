namespace LstmDsl;

/// <summary>
/// Gives the largest value of each feature over all timesteps (<c>keras.layers.GlobalMaxPooling1D</c>).
/// </summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class GlobalMaxPooling1DAttribute : LayerAttribute
{
    /// <summary>
    /// Name in code, files and summaries; a C# identifier. Default: <c>GlobalMaxPooling1D</c>, then <c>GlobalMaxPooling1D1</c> and so on.
    /// </summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "GlobalMaxPooling1D";
}
