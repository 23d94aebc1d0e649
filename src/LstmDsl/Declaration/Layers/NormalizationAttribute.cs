namespace LstmDsl;

/// <summary>
/// Normalises each feature, the last axis, by a mean and a variance that are known before training:
/// (x − mean) / max(√variance, 10⁻⁷), in training and in predictions alike (<c>keras.layers.Normalization</c>).
/// </summary>
/// <remarks>
/// Declared numbers are constants of the program: <c>[Normalization(Mean = [12.5, 1013], Variance = [64, 90])]</c>. Without them mean and
/// variance are weights that no training changes, 0 and 1 at first; <c>model.Normalization.Adapt(samples)</c> takes them from samples,
/// before <c>Fit</c>. A feature that never changes has the variance 0, so that what differs from its mean is multiplied by ten million, as
/// in Keras: leave it out.
/// </remarks>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class NormalizationAttribute : LayerAttribute
{
    /// <summary>
    /// The features' means: a finite 32-bit number for each, or one for all; together with <see cref="Variance"/>. Default: null, they are
    /// weights.
    /// </summary>
    public double[]? Mean { get; set; }

    /// <summary>The features' variances: as many as <see cref="Mean"/>, each at least 0. Default: null, they are weights.</summary>
    public double[]? Variance { get; set; }

    /// <summary>Whether the layer goes the way back: x · max(√variance, 10⁻⁷) + mean. Default: false.</summary>
    public bool Invert { get; set; }

    /// <summary>
    /// Whether each feature has a mean and a variance of its own (Keras's <c>axis=-1</c>); else one of each serves all features
    /// (<c>axis=None</c>). Default: true.
    /// </summary>
    public bool PerFeature { get; set; } = true;

    /// <summary>
    /// Name in code, files and summaries; a C# identifier. Default: <c>Normalization</c>, then <c>Normalization1</c> and so on.
    /// </summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "Normalization";
}
