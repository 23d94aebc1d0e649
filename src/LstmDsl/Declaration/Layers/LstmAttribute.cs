namespace LstmDsl;

/// <summary>
/// A long short-term memory layer (Hochreiter and Schmidhuber, 1997), as <c>keras.layers.LSTM</c> defines it: takes (timesteps, inputs),
/// gives (units), or (timesteps, units) with <see cref="ReturnSequences"/>.
/// </summary>
/// <param name="units">Width of the state and of the output; at least 1.</param>
/// <param name="kernel">Initializer of the kernel, (inputs, 4·units).</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class LstmAttribute(int units, Init kernel = Init.GlorotUniform) : LayerAttribute, IRecurrentAttribute
{
    /// <summary>Width of the state and of the output.</summary>
    public int Units { get; } = units;

    /// <summary>Initializer of the kernel.</summary>
    public Init KernelInitializer { get; } = kernel;

    /// <summary>Activation of the candidate and of the output. Default: <see cref="Activation.Tanh"/>.</summary>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>Activation of the three gates. Default: <see cref="Activation.Sigmoid"/>.</summary>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <summary>Whether the layer has a bias. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>Whether the forget gate's bias starts at one, whatever the bias initializer (Jozefowicz et al., 2015). Default: true.</summary>
    public bool UnitForgetBias { get; set; } = true;

    /// <summary>Whether the layer gives its output of every timestep rather than of the last. Default: false.</summary>
    public bool ReturnSequences { get; set; }

    /// <summary>
    /// Whether the layer reads its input from the last timestep to the first. As in Keras, a returned sequence stays in that order: its
    /// first timestep belongs to the input's last. Default: false.
    /// </summary>
    public bool GoBackwards { get; set; }

    /// <summary>
    /// Whether each batch starts in the states that the batch before it left, sample by sample, rather than in zeros; the generated
    /// <c>ResetStates</c> puts zeros back, and nothing else does. Every batch then has <see cref="InputAttribute.BatchSize"/> samples, and
    /// none may be shuffled. Default: false.
    /// </summary>
    public bool Stateful { get; set; }

    /// <summary>
    /// Name of a layer of the same kind and units that stands before: the states that it ends in are those that this one begins with, rather
    /// than zeros, as Keras's <c>initial_state</c> has it (the encoder and the decoder of Sutskever et al., 2014). Default: none.
    /// </summary>
    public string? InitialState { get; set; }

    /// <summary>
    /// The part of the input that is set to zero in training, at least 0 and below 1. A mask is drawn once a batch and is the same at every
    /// timestep; with <see cref="RecurrentDropout"/> each gate has its own. Default: 0.
    /// </summary>
    public double Dropout { get; set; }

    /// <summary>
    /// The part of the state that is set to zero before the recurrent kernel in training, at least 0 and below 1; a mask a gate, drawn once
    /// a batch and the same at every timestep (Gal and Ghahramani, 2016). Default: 0.
    /// </summary>
    public double RecurrentDropout { get; set; }

    /// <summary>
    /// Adds L1 · Σ|y| / batch size to the loss, summed over the layer's whole output (its <c>activity_regularizer</c>); at least 0, a
    /// 32-bit number like <see cref="WeightAttribute.L1"/>. Default: 0.
    /// </summary>
    public double ActivityL1 { get; set; }

    /// <summary>
    /// Adds L2 · Σy² / batch size to the loss, summed over the layer's whole output (its <c>activity_regularizer</c>); at least 0, a
    /// 32-bit number like <see cref="WeightAttribute.L2"/>. Default: 0.
    /// </summary>
    public double ActivityL2 { get; set; }

    /// <summary>Name in code, files and summaries; a C# identifier. Default: <c>Lstm</c>, then <c>Lstm1</c> and so on.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "LSTM";
}
