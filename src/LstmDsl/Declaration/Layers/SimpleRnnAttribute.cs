namespace LstmDsl;

/// <summary>
/// A fully connected recurrent layer (Elman, 1990), as <c>keras.layers.SimpleRNN</c> defines it: takes (timesteps, inputs), gives (units),
/// or (timesteps, units) with <see cref="ReturnSequences"/>.
/// </summary>
/// <param name="units">Width of the state and of the output; at least 1.</param>
/// <param name="kernel">Initializer of the kernel, (inputs, units).</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class SimpleRnnAttribute(int units, Init kernel = Init.GlorotUniform) : LayerAttribute, IRecurrentAttribute
{
    /// <summary>Width of the state and of the output.</summary>
    public int Units { get; } = units;

    /// <summary>Initializer of the kernel.</summary>
    public Init KernelInitializer { get; } = kernel;

    /// <summary>Activation of the output. Default: <see cref="Activation.Tanh"/>.</summary>
    public Activation Activation { get; set; } = Activation.Tanh;

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

    /// <inheritdoc cref="LstmAttribute.Dropout"/>
    public double Dropout { get; set; }

    /// <inheritdoc cref="LstmAttribute.RecurrentDropout"/>
    public double RecurrentDropout { get; set; }

    /// <inheritdoc cref="LstmAttribute.ActivityL1"/>
    public double ActivityL1 { get; set; }

    /// <inheritdoc cref="LstmAttribute.ActivityL2"/>
    public double ActivityL2 { get; set; }

    /// <summary>Name in code, files and summaries; a C# identifier. Default: <c>SimpleRnn</c>, then <c>SimpleRnn1</c> and so on.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "SimpleRNN";

    Activation IRecurrentAttribute.RecurrentActivation => Activation;
}
