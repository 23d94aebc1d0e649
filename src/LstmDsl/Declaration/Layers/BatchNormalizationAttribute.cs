namespace LstmDsl;

/// <summary>
/// Normalises each feature to mean 0 and variance 1, then scales and shifts it by weights of its own (Ioffe and Szegedy, 2015;
/// <c>keras.layers.BatchNormalization</c>): in training with the moments of the batch at hand over all its timesteps, in a prediction with
/// their moving averages. A model with it is trained in one piece, on one thread.
/// </summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class BatchNormalizationAttribute : LayerAttribute
{
    /// <summary>How much of a moving average stays at each step; at least 0 and at most 1. Default: 0.99.</summary>
    public double Momentum { get; set; } = 0.99;

    /// <summary>What is added to the variance before its root is taken; above 0. Default: 0.001.</summary>
    public double Epsilon { get; set; } = 1e-3;

    /// <summary>Whether β is added. Default: true.</summary>
    public bool Center { get; set; } = true;

    /// <summary>Whether the result is multiplied by γ. Default: true.</summary>
    public bool Scale { get; set; } = true;

    /// <summary>
    /// Name in code, files and summaries; a C# identifier. Default: <c>BatchNormalization</c>, then <c>BatchNormalization1</c> and so on.
    /// </summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "BatchNormalization";
}
