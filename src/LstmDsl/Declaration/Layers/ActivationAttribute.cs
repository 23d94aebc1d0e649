namespace LstmDsl;

/// <summary>
/// An activation as a layer of its own, as <c>keras.layers.Activation</c> defines it: the output has the input's shape.
/// <see cref="Activation.Softmax"/> and its logarithm work along the last axis.
/// </summary>
/// <param name="activation">The activation.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class ActivationAttribute(Activation activation) : LayerAttribute, IActivityAttribute
{
    /// <summary>The activation.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>
    /// The slope of <see cref="Activation.LeakyRelu"/> where x is negative, at least 0 and finite; no other activation takes it. Default: 0.2,
    /// that of Keras's function <c>leaky_relu</c>; its layer <c>LeakyReLU</c> has 0.3 unless it is told (Maas, Hannun and Ng, 2013).
    /// </summary>
    public double NegativeSlope { get; set; } = 0.2;

    /// <inheritdoc cref="LstmAttribute.ActivityL1"/>
    public double ActivityL1 { get; set; }

    /// <inheritdoc cref="LstmAttribute.ActivityL2"/>
    public double ActivityL2 { get; set; }

    /// <summary>
    /// Name in code, files and summaries; a C# identifier. Default: <c>Activation</c>, then <c>Activation1</c> and so on.
    /// </summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "Activation";
}
