namespace LstmDsl;

/// <summary>
/// Sets whole features to zero while a model is trained, at all timesteps of a window alike, and scales the rest up by 1 / (1 − rate)
/// (Tompson et al., 2015; <c>keras.layers.SpatialDropout1D</c>). A prediction passes its input on.
/// </summary>
/// <param name="rate">The part that is set to zero; at least 0 and below 1.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class SpatialDropout1DAttribute(double rate) : LayerAttribute
{
    /// <summary>The part that is set to zero.</summary>
    public double Rate { get; } = rate;

    /// <summary>Name in code, files and summaries; a C# identifier. Default: <c>SpatialDropout1D</c>, then <c>SpatialDropout1D1</c> and so on.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "SpatialDropout1D";
}
