using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>Where a GRU layer finds its tensors, in elements; see <see cref="LstmOffsets"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GruOffsets
{
    /// <summary>Kernel, (inputs, 3·units), gates in the order z, r, h.</summary>
    public required int Kernel { get; init; }

    /// <summary>Recurrent kernel, (units, 3·units).</summary>
    public required int RecurrentKernel { get; init; }

    /// <summary>Bias, (3·units), or (2, 3·units) where the reset comes after: the input's, then the state's; −1 without one.</summary>
    public required int Bias { get; init; }

    /// <summary>Input, (timesteps, n, inputs).</summary>
    public required int Input { get; init; }

    /// <summary>
    /// The input's part of the pre-activations, then gates and candidate, (timesteps, n, 3·units); after the backward pass the gradients of
    /// the pre-activations.
    /// </summary>
    public required int Gates { get; init; }

    /// <summary>
    /// Where the reset comes after: the state's part of the pre-activations, (timesteps, n, 3·units), after the backward pass its
    /// gradients. Else the state times the reset gate, (timesteps, n, units).
    /// </summary>
    public required int Recurrent { get; init; }

    /// <summary>Hidden states, (timesteps, n, units).</summary>
    public required int Hidden { get; init; }

    /// <summary>Values that a timestep of <see cref="Gates"/> takes per sample: 3·units, or 0.</summary>
    public required int GatesStride { get; init; }

    /// <summary>Values that a timestep of <see cref="Recurrent"/> takes per sample: 3·units or units, or 0.</summary>
    public required int RecurrentStride { get; init; }

    /// <summary>Values that a timestep of <see cref="Hidden"/> takes per sample: units, or 0.</summary>
    public required int HiddenStride { get; init; }

    /// <summary>Gradient of the output, (timesteps, n, units) or (n, units).</summary>
    public int OutputGradient { get; init; }

    /// <summary>Gradient of the input, (timesteps, n, inputs); −1 where nobody asks for it.</summary>
    public int InputGradient { get; init; }

    /// <summary>
    /// Scratch of the backward pass, (2, n, units): the gradients of the hidden state that flows to the timestep before, and of the state
    /// times the reset gate; with a mask (3, n, units).
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
