using ILGPU;

namespace LstmDsl.Kernels;

/// <summary>
/// A recurrent layer on a device. T: timesteps, n: samples, u: units, G: gates. Where a layer goes on from the batch before, the states that
/// it starts in lie before those of the first timestep. Where a prediction keeps fewer timesteps of a state, they take its places in turn.
/// </summary>
internal struct RecurrentArguments
{
    /// <summary>
    /// (T, n, G·u): forwards x·W + b, of which training keeps what its backward pass needs; backwards the gradients of the pre-activations.
    /// </summary>
    public ArrayView<float> PreActivations;

    /// <summary>
    /// U, (u, G·u); for <see cref="SequenceBackwardKernel{TCell}"/> transposed, (G·u, u), and for the forward steps of gated layers with the
    /// gates of a unit side by side, (u, u, 4).
    /// </summary>
    public ArrayView<float> RecurrentKernel;

    /// <summary>The second state, (places, n, u); of a cell that carries one.</summary>
    public ArrayView<float> Carried;

    /// <summary>
    /// What training keeps beside the pre-activations, (T, n, u). Of a cell with a recurrent part what the state adds to them, (T, n, G·u),
    /// and then its gradients.
    /// </summary>
    public ArrayView<float> Kept;

    /// <summary>h, (places, n, u).</summary>
    public ArrayView<float> Hidden;

    /// <summary>Gradient of the output, (T, n, u), or (n, u) of the last timestep.</summary>
    public ArrayView<float> OutputGradient;

    /// <summary>The gradient of the second state that flows to the timestep before, (n, u).</summary>
    public ArrayView<float> CarriedGradient;

    /// <summary>
    /// What of the gradient of h flows to the timestep before beside the recurrent kernel, (n, u): of a cell that passes it back, and with a
    /// mask.
    /// </summary>
    public ArrayView<float> HiddenGradient;

    /// <summary>The bias of the state's part of the pre-activations, (G·u).</summary>
    public ArrayView<float> RecurrentBias;

    /// <summary>Which timesteps of the input count, (T, n) of ones and zeros, in the order of time.</summary>
    public ArrayView<float> Mask;

    /// <summary>What recurrent dropout multiplies the state with for each gate, (G, n, u).</summary>
    public ArrayView<float> StateMasks;

    public int Samples;
    public int Timesteps;

    /// <summary>1 where there are states before the first timestep; 0 where those are zeros.</summary>
    public int StatesBefore;

    public int CarriedTimesteps;
    public int HiddenTimesteps;

    /// <summary>Whether a backward pass will follow.</summary>
    public int Trains;

    /// <summary>Whether anybody reads the output, so that it has a gradient.</summary>
    public int HasOutputGradient;

    /// <summary>Whether the gradients of the states hold at first what these receive after the last timestep.</summary>
    public int ReceivesStates;

    /// <summary>Whether there is a <see cref="Mask"/>.</summary>
    public int HasMask;

    /// <summary>Whether there are <see cref="StateMasks"/>.</summary>
    public int HasStateMasks;

    /// <summary>Whether the first timestep of the order of processing is the input's last.</summary>
    public int GoesBackwards;

    /// <summary>The timestep of a step kernel.</summary>
    public int Step;

    /// <summary>Whether a sample skips a timestep.</summary>
    public readonly bool Skips(int t, int sample) =>
        HasMask != 0 && Mask[((GoesBackwards != 0 ? Timesteps - 1 - t : t) * Samples) + sample] == 0;

    /// <summary>Whether the gradients of the states hold what those after a timestep receive.</summary>
    public readonly bool HasStateAfter(int t) => t + 1 - ReceivesStates < Timesteps;

    /// <summary>Whether there are states before a timestep.</summary>
    public readonly bool HasStateBefore(int t) => t + StatesBefore > 0;

    /// <summary>Where a timestep's second state begins in <see cref="Carried"/>, of states of that many values.</summary>
    public readonly int CarriedAt(int t, int width) => (t + StatesBefore) % CarriedTimesteps * width;

    /// <summary>Where a timestep's h begins in <see cref="Hidden"/>.</summary>
    public readonly int HiddenAt(int t, int width) => (t + StatesBefore) % HiddenTimesteps * width;

    /// <summary>A number of the state (n, u), or of its gradient, times a gate's mask where there is one.</summary>
    public readonly float Drop(float value, int gate, int state, int width) =>
        HasStateMasks != 0 ? value * StateMasks[(gate * width) + state] : value;
}
