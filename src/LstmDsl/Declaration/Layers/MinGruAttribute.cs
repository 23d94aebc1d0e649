namespace LstmDsl;

/// <summary>
/// A minimal gated recurrent unit layer (Feng et al., 2024, arXiv 2410.01201): takes (timesteps, inputs), gives (units), or (timesteps,
/// units) with <see cref="ReturnSequences"/>. Its update gate z = σ(x·W_z + b_z) and its candidate g = φ(x·W_h + b_h) look at the input
/// alone, so that it has no recurrent kernel: h' = (1 − z)·h + z·g. Keras has no such layer, and its files cannot hold one.
/// </summary>
/// <param name="units">Width of the state and of the output; at least 1.</param>
/// <param name="kernel">Initializer of the kernel, (inputs, 2·units), z and then the candidate.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class MinGruAttribute(int units, Init kernel = Init.GlorotUniform) : LayerAttribute, IRecurrentAttribute
{
    /// <summary>Width of the state and of the output.</summary>
    public int Units { get; } = units;

    /// <summary>Initializer of the kernel.</summary>
    public Init KernelInitializer { get; } = kernel;

    /// <summary>Activation of the candidate. Default: <see cref="Activation.Linear"/>, which bounds nothing.</summary>
    public Activation Activation { get; set; }

    /// <summary>Activation of the update gate. Default: <see cref="Activation.Sigmoid"/>.</summary>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <summary>Whether the layer has a bias. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>Whether the layer gives its output of every timestep rather than of the last. Default: false.</summary>
    public bool ReturnSequences { get; set; }

    /// <inheritdoc cref="LstmAttribute.GoBackwards"/>
    public bool GoBackwards { get; set; }

    /// <inheritdoc cref="LstmAttribute.Stateful"/>
    public bool Stateful { get; set; }

    /// <inheritdoc cref="LstmAttribute.InitialState"/>
    public string? InitialState { get; set; }

    /// <summary>
    /// The part of the input that is set to zero in training, at least 0 and below 1. A mask is drawn once a batch and is the same at every
    /// timestep. Default: 0.
    /// </summary>
    public double Dropout { get; set; }

    /// <inheritdoc cref="LstmAttribute.ActivityL1"/>
    public double ActivityL1 { get; set; }

    /// <inheritdoc cref="LstmAttribute.ActivityL2"/>
    public double ActivityL2 { get; set; }

    /// <summary>Name in code, files and summaries; a C# identifier. Default: <c>MinGru</c>, then <c>MinGru1</c> and so on.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "MinGRU";

    double IRecurrentAttribute.RecurrentDropout => 0;
}
