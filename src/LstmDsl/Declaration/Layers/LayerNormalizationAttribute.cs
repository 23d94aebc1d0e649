namespace LstmDsl;

/// <summary>
/// Normalises each row, at each timestep by itself, to mean 0 and variance 1, then scales and shifts it by weights of its own (Ba, Kiros
/// and Hinton, 2016; <c>keras.layers.LayerNormalization</c>).
/// </summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class LayerNormalizationAttribute : LayerAttribute
{
    /// <summary>What is added to the variance before its root is taken; above 0. Default: 0.001.</summary>
    public double Epsilon { get; set; } = 1e-3;

    /// <summary>Whether β is added. Default: true.</summary>
    public bool Center { get; set; } = true;

    /// <summary>Whether the result is multiplied by γ. Default: true.</summary>
    public bool Scale { get; set; } = true;

    /// <summary>
    /// Name in code, files and summaries; a C# identifier. Default: <c>LayerNormalization</c>, then <c>LayerNormalization1</c> and so on.
    /// </summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "LayerNormalization";
}
