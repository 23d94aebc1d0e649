namespace LstmDsl;

/// <summary>
/// A fully connected layer, as <c>keras.layers.Dense</c> defines it: activation(x·W + b), on each timestep where the input is a sequence.
/// </summary>
/// <param name="units">Width of the output; at least 1.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute(int units) : LayerAttribute, IActivityAttribute
{
    /// <summary>Width of the output.</summary>
    public int Units { get; } = units;

    /// <summary>Activation of the output. Default: <see cref="Activation.Linear"/>.</summary>
    public Activation Activation { get; set; } = Activation.Linear;

    /// <summary>Whether the layer has a bias. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <inheritdoc cref="LstmAttribute.ActivityL1"/>
    public double ActivityL1 { get; set; }

    /// <inheritdoc cref="LstmAttribute.ActivityL2"/>
    public double ActivityL2 { get; set; }

    /// <summary>Name in code, files and summaries; a C# identifier. Default: <c>Dense</c>, then <c>Dense1</c> and so on.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "Dense";
}
