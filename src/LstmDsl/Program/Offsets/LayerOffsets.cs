using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// Where an LSTM layer finds its tensors, in elements. The first three are offsets into the parameter block, and into the gradient block
/// of the same layout; the others lie in the activation block of n samples. A stride says how many values a timestep takes per
/// sample; it is 0 where a prediction uses one timestep's place again and again.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LstmOffsets
{
    /// <summary>Kernel, (inputs, 4·units), gates in the order i, f, c, o.</summary>
    public required int Kernel { get; init; }

    /// <summary>Recurrent kernel, (units, 4·units).</summary>
    public required int RecurrentKernel { get; init; }

    /// <summary>Bias, (4·units); −1 without one.</summary>
    public required int Bias { get; init; }

    /// <summary>Input, (timesteps, n, inputs).</summary>
    public required int Input { get; init; }

    /// <summary>Gates after their activations, (timesteps, n, 4·units); after the backward pass the gradients of the pre-activations.</summary>
    public required int Gates { get; init; }

    /// <summary>Cell states, (timesteps, n, units).</summary>
    public required int Cells { get; init; }

    /// <summary>Activated cell states, (timesteps, n, units); −1 in a prediction.</summary>
    public required int ActivatedCells { get; init; }

    /// <summary>Hidden states, (timesteps, n, units).</summary>
    public required int Hidden { get; init; }

    /// <summary>Values that a timestep of <see cref="Gates"/> takes per sample: 4·units, or 0.</summary>
    public required int GatesStride { get; init; }

    /// <summary>Values that a timestep of <see cref="Cells"/> takes per sample: units, or 0.</summary>
    public required int CellsStride { get; init; }

    /// <summary>Values that a timestep of <see cref="Hidden"/> takes per sample: units, or 0.</summary>
    public required int HiddenStride { get; init; }

    /// <summary>Gradient of the output, (timesteps, n, units) or (n, units).</summary>
    public int OutputGradient { get; init; }

    /// <summary>Gradient of the input, (timesteps, n, inputs); −1 where nobody asks for it.</summary>
    public int InputGradient { get; init; }

    /// <summary>
    /// Scratch of the backward pass, (2, n, units): the gradients of hidden and cell state that flow to the timestep before; with a mask
    /// (4, n, units).
    /// </summary>
    public int StateGradients { get; init; }

    /// <summary>
    /// Whether the states before the first timestep lie one stride before <see cref="Hidden"/> and <see cref="Cells"/>; else those are
    /// zeros. Where a stride is 0, the first timestep's own states then overwrite them.
    /// </summary>
    public bool Continues { get; init; }

    /// <summary>
    /// Which timesteps of the input count, (timesteps, n) of ones and zeros: over the others states and outputs stay as they are. 0 where
    /// all count (the model's input lies there). With it every timestep of the states has its own place.
    /// </summary>
    public int Mask { get; init; }

    /// <summary>
    /// Dropout's masks of the input and of the state for each gate, (gates, n, inputs) and (gates, n, units), one after the other; 0 where
    /// there is no recurrent dropout, as in a prediction.
    /// </summary>
    public int DropoutMasks { get; init; }
}

/// <summary>Where a simple recurrent layer finds its tensors, in elements; see <see cref="LstmOffsets"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SimpleRnnOffsets
{
    /// <summary>Kernel, (inputs, units).</summary>
    public required int Kernel { get; init; }

    /// <summary>Recurrent kernel, (units, units).</summary>
    public required int RecurrentKernel { get; init; }

    /// <summary>Bias, (units); −1 without one.</summary>
    public required int Bias { get; init; }

    /// <summary>Input, (timesteps, n, inputs).</summary>
    public required int Input { get; init; }

    /// <summary>Pre-activations, (timesteps, n, units); after the backward pass their gradients.</summary>
    public required int PreActivations { get; init; }

    /// <summary>Hidden states, (timesteps, n, units).</summary>
    public required int Hidden { get; init; }

    /// <summary>Values that a timestep of <see cref="PreActivations"/> takes per sample: units, or 0.</summary>
    public required int PreActivationsStride { get; init; }

    /// <summary>Values that a timestep of <see cref="Hidden"/> takes per sample: units, or 0.</summary>
    public required int HiddenStride { get; init; }

    /// <summary>Gradient of the output, (timesteps, n, units) or (n, units).</summary>
    public int OutputGradient { get; init; }

    /// <summary>Gradient of the input, (timesteps, n, inputs); −1 where nobody asks for it.</summary>
    public int InputGradient { get; init; }

    /// <summary>
    /// Scratch of the backward pass, (n, units): the gradient of the hidden state that flows to the timestep before; with a mask
    /// (2, n, units).
    /// </summary>
    public int StateGradients { get; init; }

    /// <summary>
    /// Whether the state before the first timestep lies one stride before <see cref="Hidden"/>; else that is zeros. Where the stride is 0,
    /// the first timestep's own state then overwrites it.
    /// </summary>
    public bool Continues { get; init; }

    /// <summary>
    /// Which timesteps of the input count, (timesteps, n) of ones and zeros: over the others states and outputs stay as they are. 0 where
    /// all count (the model's input lies there). With it every timestep of the states has its own place.
    /// </summary>
    public int Mask { get; init; }

    /// <summary>
    /// Dropout's masks of the input and of the state for each gate, (gates, n, inputs) and (gates, n, units), one after the other; 0 where
    /// there is no recurrent dropout, as in a prediction.
    /// </summary>
    public int DropoutMasks { get; init; }
}

/// <summary>
/// A layer's activity regulariser, and where it finds the output in the activation block, in elements. The penalty is divided by the
/// samples of the whole batch, whatever the number of timesteps.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ActivityPenalty
{
    /// <summary>The layer's output, (timesteps, n, units) or (n, units).</summary>
    public required int Output { get; init; }

    /// <summary>Gradient of the output; −1 in a prediction.</summary>
    public required int OutputGradient { get; init; }

    /// <summary>Values of the output.</summary>
    public required int Length { get; init; }

    /// <summary>What they cost.</summary>
    public required Regularizer Regularizer { get; init; }
}

/// <summary>Where a dense layer finds its tensors, in elements; see <see cref="LstmOffsets"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DenseOffsets
{
    /// <summary>Kernel, (inputs, units).</summary>
    public required int Kernel { get; init; }

    /// <summary>Bias, (units); −1 without one.</summary>
    public required int Bias { get; init; }

    /// <summary>Input, (rows, inputs).</summary>
    public required int Input { get; init; }

    /// <summary>Output after the activation, (rows, units).</summary>
    public required int Output { get; init; }

    /// <summary>Gradient of the output, (rows, units); after the backward pass that of the pre-activations.</summary>
    public int OutputGradient { get; init; }

    /// <summary>Gradient of the input, (rows, inputs); −1 where nobody asks for it.</summary>
    public int InputGradient { get; init; }
}
