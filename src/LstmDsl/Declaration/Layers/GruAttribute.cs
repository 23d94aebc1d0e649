namespace LstmDsl;

/// <summary>
/// A gated recurrent unit layer (Cho et al., 2014), as <c>keras.layers.GRU</c> defines it: takes (timesteps, inputs), gives (units), or
/// (timesteps, units) with <see cref="ReturnSequences"/>.
/// </summary>
/// <param name="units">Width of the state and of the output; at least 1.</param>
/// <param name="kernel">Initializer of the kernel, (inputs, 3·units).</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class GruAttribute(int units, Init kernel = Init.GlorotUniform) : LayerAttribute, IRecurrentAttribute
{
    /// <summary>Width of the state and of the output.</summary>
    public int Units { get; } = units;

    /// <summary>Initializer of the kernel.</summary>
    public Init KernelInitializer { get; } = kernel;

    /// <summary>Activation of the candidate. Default: <see cref="Activation.Tanh"/>.</summary>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>Activation of the two gates. Default: <see cref="Activation.Sigmoid"/>.</summary>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <summary>Whether the layer has a bias. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>
    /// Whether the reset gate multiplies what the recurrent kernel makes of the state, which then has a bias of its own, so that the bias
    /// is (2, 3·units); else it multiplies the state itself, and the bias is (3·units). Default: true.
    /// </summary>
    public bool ResetAfter { get; set; } = true;

    /// <summary>Whether the layer gives its output of every timestep rather than of the last. Default: false.</summary>
    public bool ReturnSequences { get; set; }

    /// <inheritdoc cref="LstmAttribute.GoBackwards"/>
    public bool GoBackwards { get; set; }

    /// <inheritdoc cref="LstmAttribute.Stateful"/>
    public bool Stateful { get; set; }

    /// <inheritdoc cref="LstmAttribute.InitialState"/>
    public string? InitialState { get; set; }

    /// <inheritdoc cref="LstmAttribute.Dropout"/>
    public double Dropout { get; set; }

    /// <inheritdoc cref="LstmAttribute.RecurrentDropout"/>
    public double RecurrentDropout { get; set; }

    /// <inheritdoc cref="LstmAttribute.ActivityL1"/>
    public double ActivityL1 { get; set; }

    /// <inheritdoc cref="LstmAttribute.ActivityL2"/>
    public double ActivityL2 { get; set; }

    /// <summary>Name in code, files and summaries; a C# identifier. Default: <c>Gru</c>, then <c>Gru1</c> and so on.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "GRU";
}
