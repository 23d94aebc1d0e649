using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// Where a recurrent layer of any cell finds its tensors, in elements; −1 for one that it does not have. G is
/// <see cref="IRecurrentCell.Gates"/>. The first three are offsets into the parameter block, and into the gradient block of the same
/// layout; the others lie in the activation block of n samples. A stride says how many values a timestep takes per sample; it is 0 where a
/// prediction uses one timestep's place again and again.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RecurrentOffsets
{
    /// <summary>A layer that has none of the tensors that not every layer has.</summary>
    public RecurrentOffsets()
    {
    }

    /// <summary>Kernel, (inputs, G·units).</summary>
    public required int Kernel { get; init; }

    /// <summary>Recurrent kernel, (units, G·units).</summary>
    public int RecurrentKernel { get; init; } = -1;

    /// <summary>
    /// Bias, (G·units); (2, G·units), the input's, then the state's, where the cell has a
    /// <see cref="IRecurrentCell.HasRecurrentPart">recurrent part</see>.
    /// </summary>
    public int Bias { get; init; } = -1;

    /// <summary>Input, (timesteps, n, inputs).</summary>
    public required int Input { get; init; }

    /// <summary>
    /// Pre-activations, then what the cell keeps of its gates, (timesteps, n, G·units); after the backward pass the gradients of the
    /// pre-activations.
    /// </summary>
    public required int Gates { get; init; }

    /// <summary>Values that a timestep of <see cref="Gates"/> takes per sample: G·units, or 0.</summary>
    public int GatesStride { get; init; }

    /// <summary>The second state that goes from timestep to timestep, an LSTM's c, (timesteps, n, units).</summary>
    public int Carried { get; init; } = -1;

    /// <summary>Values that a timestep of <see cref="Carried"/> takes per sample: units, or 0.</summary>
    public int CarriedStride { get; init; }

    /// <summary>
    /// What the cell keeps beside its gates, (timesteps, n, units): an LSTM's φ(c), in training; a GRU's state times its reset gate. Of a
    /// cell with a <see cref="IRecurrentCell.HasRecurrentPart">recurrent part</see> the state's part of the pre-activations, (timesteps, n,
    /// G·units), after the backward pass its gradients.
    /// </summary>
    public int Kept { get; init; } = -1;

    /// <summary>Values that a timestep of <see cref="Kept"/> takes per sample: units or G·units, or 0.</summary>
    public int KeptStride { get; init; }

    /// <summary>Hidden states, (timesteps, n, units).</summary>
    public required int Hidden { get; init; }

    /// <summary>Values that a timestep of <see cref="Hidden"/> takes per sample: units, or 0.</summary>
    public int HiddenStride { get; init; }

    /// <summary>Gradient of the output, (timesteps, n, units) or (n, units); −1 also where nobody reads the output but the last states.</summary>
    public int OutputGradient { get; init; } = -1;

    /// <summary>Gradient of the input, (timesteps, n, inputs); −1 where nobody asks for it.</summary>
    public int InputGradient { get; init; } = -1;

    /// <summary>
    /// Scratch of the backward pass, (s, n, units): the gradient of the hidden state that flows to the timestep before; that of the second
    /// state, or of the state times the reset gate, of a cell that has one; with a mask also what is kept of the gradient of each state.
    /// </summary>
    public int StateGradients { get; init; } = -1;

    /// <summary>
    /// Whether the states before the first timestep lie one stride before <see cref="Hidden"/> and <see cref="Carried"/>; else those are
    /// zeros. Where a stride is 0, the first timestep's own states then overwrite them.
    /// </summary>
    public bool Continues { get; init; }

    /// <summary>
    /// Hidden states of another layer that this one begins with, (n, units): they are copied to where <see cref="Continues"/> says; −1 where
    /// what lies there already is meant.
    /// </summary>
    public int InitialHidden { get; init; } = -1;

    /// <summary>The same of the second state.</summary>
    public int InitialCarried { get; init; } = -1;

    /// <summary>
    /// Whether anybody asks for the gradients of the states before the first timestep: the backward pass then leaves them at the beginning of
    /// <see cref="StateGradients"/>.
    /// </summary>
    public bool GivesStateGradients { get; init; }

    /// <summary>
    /// What the states after the last timestep receive from a layer that begins with them, as that leaves it: (1, n, units), or (2, n, units)
    /// of a cell with a second state; −1 for nothing.
    /// </summary>
    public int ReceivedGradients { get; init; } = -1;

    /// <summary>
    /// Which timesteps of the input count, (timesteps, n) of ones and zeros: over the others states and outputs stay as they are. With it
    /// every timestep of the states has its own place.
    /// </summary>
    public int Mask { get; init; } = -1;

    /// <summary>
    /// Recurrent dropout's masks of the input and of the state for each gate, (G, n, inputs) and (G, n, units), one after the other; −1
    /// also in a prediction.
    /// </summary>
    public int DropoutMasks { get; init; } = -1;

    /// <summary>These offsets, which are those of one sample, in a block of several.</summary>
    /// <param name="samples">Samples of the block.</param>
    /// <param name="inputGradient">Whether anybody asks for the gradient of the input.</param>
    /// <param name="stateGradients">Whether anybody asks for the gradients of the states that it begins with.</param>
    public RecurrentOffsets For(int samples, bool inputGradient = true, bool stateGradients = true) => this with
    {
        Input = PerSample.Times(Input, samples),
        Gates = PerSample.Times(Gates, samples),
        Carried = PerSample.Times(Carried, samples),
        Kept = PerSample.Times(Kept, samples),
        Hidden = PerSample.Times(Hidden, samples),
        OutputGradient = PerSample.Times(OutputGradient, samples),
        InputGradient = inputGradient ? PerSample.Times(InputGradient, samples) : -1,
        StateGradients = PerSample.Times(StateGradients, samples),
        InitialHidden = PerSample.Times(InitialHidden, samples),
        InitialCarried = PerSample.Times(InitialCarried, samples),
        GivesStateGradients = GivesStateGradients && stateGradients,
        ReceivedGradients = PerSample.Times(ReceivedGradients, samples),
        Mask = PerSample.Times(Mask, samples),
        DropoutMasks = PerSample.Times(DropoutMasks, samples),
    };
}
