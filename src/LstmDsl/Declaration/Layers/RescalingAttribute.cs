namespace LstmDsl;

/// <summary>
/// Multiplies every value by a number and adds one: x·scale + offset, in training and in predictions alike
/// (<c>keras.layers.Rescaling</c>). At the end of a model it takes outputs back to the units of targets that are not scaled.
/// </summary>
/// <param name="scale">What multiplies; a finite 32-bit number.</param>
/// <param name="offset">What is added; a finite 32-bit number. Default: 0.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class RescalingAttribute(double scale, double offset = 0) : LayerAttribute
{
    /// <summary>What multiplies.</summary>
    public double Scale { get; } = scale;

    /// <summary>What is added.</summary>
    public double Offset { get; } = offset;

    /// <summary>Name in code, files and summaries; a C# identifier. Default: <c>Rescaling</c>, then <c>Rescaling1</c> and so on.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "Rescaling";
}
