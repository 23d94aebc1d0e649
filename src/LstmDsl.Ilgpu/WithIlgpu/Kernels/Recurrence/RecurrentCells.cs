using ILGPU;
using LstmDsl.CompilerServices;

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

    /// <summary>U, (u, G·u); for <see cref="SequenceBackwardKernel{TCell}"/> transposed, (G·u, u).</summary>
    public ArrayView<float> RecurrentKernel;

    /// <summary>c, (places, n, u); an LSTM's.</summary>
    public ArrayView<float> Cells;

    /// <summary>φ(c), (T, n, u); an LSTM's in training.</summary>
    public ArrayView<float> ActivatedCells;

    /// <summary>h, (places, n, u).</summary>
    public ArrayView<float> Hidden;

    /// <summary>Gradient of the output, (T, n, u), or (n, u) of the last timestep.</summary>
    public ArrayView<float> OutputGradient;

    /// <summary>The gradient of c that flows to the timestep before, (n, u); an LSTM's.</summary>
    public ArrayView<float> CellGradient;

    /// <summary>
    /// What of the gradient of h flows to the timestep before beside the recurrent kernel, (n, u): a GRU's, and with a mask.
    /// </summary>
    public ArrayView<float> HiddenGradient;

    /// <summary>What the state adds to the pre-activations, (T, n, G·u), and then its gradients; a GRU's that resets after.</summary>
    public ArrayView<float> Recurrent;

    /// <summary>The bias of <see cref="Recurrent"/>, (G·u).</summary>
    public ArrayView<float> RecurrentBias;

    /// <summary>Which timesteps of the input count, (T, n) of ones and zeros, in the order of time.</summary>
    public ArrayView<float> Mask;

    /// <summary>What recurrent dropout multiplies the state with for each gate, (G, n, u).</summary>
    public ArrayView<float> StateMasks;

    public int Samples;
    public int Timesteps;

    /// <summary>1 where there are states before the first timestep; 0 where those are zeros.</summary>
    public int StatesBefore;

    public int CellPlaces;
    public int HiddenPlaces;

    /// <summary>Whether a backward pass will follow.</summary>
    public int Trains;

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

    /// <summary>Whether there are states before a timestep.</summary>
    public readonly bool HasStateBefore(int t) => t + StatesBefore > 0;

    /// <summary>Where a timestep's c begins in <see cref="Cells"/>, of states of that many values.</summary>
    public readonly int CellAt(int t, int width) => (t + StatesBefore) % CellPlaces * width;

    /// <summary>Where a timestep's h begins in <see cref="Hidden"/>.</summary>
    public readonly int HiddenAt(int t, int width) => (t + StatesBefore) % HiddenPlaces * width;

    /// <summary>A number of the state (n, u), or of its gradient, times a gate's mask where there is one.</summary>
    public readonly float Drop(float value, int gate, int state, int width) =>
        HasStateMasks != 0 ? value * StateMasks[(gate * width) + state] : value;
}

/// <summary>Gradients of one unit's pre-activations, or of the state's part of them.</summary>
internal struct GateGradients
{
    public float G0, G1, G2, G3;
}

/// <summary>
/// A recurrent cell as the kernels see it: the timestep of one unit of one sample, in terms of the formulas that every backend shares.
/// <see cref="RecurrentTimestep{TCell}"/> does what is the same for all of them.
/// </summary>
internal interface IRecurrentCell
{
    /// <summary>Width of the state.</summary>
    static abstract int Units { get; }

    /// <summary>Pre-activations of a unit: 1, or up to 4.</summary>
    static abstract int Gates { get; }

    /// <summary>Whether every timestep's output is given.</summary>
    static abstract bool ReturnSequences { get; }

    /// <summary>Whether there is a <see cref="RecurrentArguments.StateMasks"/> in training.</summary>
    static abstract bool DropsState { get; }

    /// <summary>Whether there is a <see cref="RecurrentArguments.Cells"/>.</summary>
    static virtual bool HasCells => false;

    /// <summary>
    /// Whether the gradients that meet the recurrent kernel are others than those of the pre-activations, in
    /// <see cref="RecurrentArguments.Recurrent"/>.
    /// </summary>
    static virtual bool HasRecurrentPart => false;

    /// <summary>Whether <see cref="Backward"/> writes <see cref="RecurrentArguments.HiddenGradient"/>.</summary>
    static virtual bool WritesHiddenGradient => false;

    /// <summary>The forward pass, given h·U of each gate; returns the unit's output.</summary>
    static abstract float Forward(RecurrentArguments layer, int t, int sample, int unit, float r0, float r1, float r2, float r3);

    /// <summary>
    /// The backward pass, given the gradient of the unit's output; writes the gradients of the pre-activations, and returns those that meet
    /// the recurrent kernel.
    /// </summary>
    static abstract GateGradients Backward(RecurrentArguments layer, int t, int sample, int unit, float gradient);
}

/// <summary>An LSTM's cell, in the formulas of <see cref="LstmCell"/>.</summary>
internal readonly struct LstmDeviceCell<TShape> : IRecurrentCell where TShape : struct, ILstmShape
{
    public static int Units => TShape.Units;

    public static int Gates => 4;

    public static bool ReturnSequences => TShape.ReturnSequences;

    public static bool DropsState => TShape.RecurrentDropout > 0;

    public static bool HasCells => true;

    public static float Forward(RecurrentArguments layer, int t, int sample, int unit, float r0, float r1, float r2, float r3)
    {
        var z = (((t * layer.Samples) + sample) * 4 * TShape.Units) + unit;
        var state = (sample * TShape.Units) + unit;
        var width = layer.Samples * TShape.Units;
        var i = new DeviceLane(layer.PreActivations[z] + r0);
        var f = new DeviceLane(layer.PreActivations[z + TShape.Units] + r1);
        var g = new DeviceLane(layer.PreActivations[z + (2 * TShape.Units)] + r2);
        var o = new DeviceLane(layer.PreActivations[z + (3 * TShape.Units)] + r3);
        var previousCell = DeviceLane.Zero;
        if (layer.HasStateBefore(t))
            previousCell = new DeviceLane(layer.Cells[layer.CellAt(t - 1, width) + state]);
        LstmCell.Forward<TShape, DeviceLane>(ref i, ref f, ref g, ref o, previousCell, out var cell, out var activatedCell, out var hidden);
        layer.Cells[layer.CellAt(t, width) + state] = cell.Value;
        layer.Hidden[layer.HiddenAt(t, width) + state] = hidden.Value;
        if (layer.Trains != 0)
        {
            layer.PreActivations[z] = i.Value;
            layer.PreActivations[z + TShape.Units] = f.Value;
            layer.PreActivations[z + (2 * TShape.Units)] = g.Value;
            layer.PreActivations[z + (3 * TShape.Units)] = o.Value;
            layer.ActivatedCells[(t * width) + state] = activatedCell.Value;
        }

        return hidden.Value;
    }

    public static GateGradients Backward(RecurrentArguments layer, int t, int sample, int unit, float gradient)
    {
        var z = (((t * layer.Samples) + sample) * 4 * TShape.Units) + unit;
        var state = (sample * TShape.Units) + unit;
        var width = layer.Samples * TShape.Units;
        var i = new DeviceLane(layer.PreActivations[z]);
        var f = new DeviceLane(layer.PreActivations[z + TShape.Units]);
        var g = new DeviceLane(layer.PreActivations[z + (2 * TShape.Units)]);
        var o = new DeviceLane(layer.PreActivations[z + (3 * TShape.Units)]);
        var previousCell = DeviceLane.Zero;
        if (layer.HasStateBefore(t))
            previousCell = new DeviceLane(layer.Cells[layer.CellAt(t - 1, width) + state]);
        var cellGradient = DeviceLane.Zero;
        if (t < layer.Timesteps - 1)
            cellGradient = new DeviceLane(layer.CellGradient[state]);
        var activatedCell = new DeviceLane(layer.ActivatedCells[(t * width) + state]);
        LstmCell.Backward<TShape, DeviceLane>(
            ref i, ref f, ref g, ref o, previousCell, activatedCell, new DeviceLane(gradient), ref cellGradient);
        layer.CellGradient[state] = cellGradient.Value;
        layer.PreActivations[z] = i.Value;
        layer.PreActivations[z + TShape.Units] = f.Value;
        layer.PreActivations[z + (2 * TShape.Units)] = g.Value;
        layer.PreActivations[z + (3 * TShape.Units)] = o.Value;
        return new GateGradients { G0 = i.Value, G1 = f.Value, G2 = g.Value, G3 = o.Value };
    }
}

/// <summary>A simple recurrent cell, in the formulas of <see cref="SimpleRnnCell"/>.</summary>
internal readonly struct SimpleRnnDeviceCell<TShape> : IRecurrentCell where TShape : struct, ISimpleRnnShape
{
    public static int Units => TShape.Units;

    public static int Gates => 1;

    public static bool ReturnSequences => TShape.ReturnSequences;

    public static bool DropsState => TShape.RecurrentDropout > 0;

    public static float Forward(RecurrentArguments layer, int t, int sample, int unit, float r0, float r1, float r2, float r3)
    {
        var width = layer.Samples * TShape.Units;
        var state = (sample * TShape.Units) + unit;
        var z = layer.PreActivations[(t * width) + state] + r0;
        if (layer.Trains != 0)
            layer.PreActivations[(t * width) + state] = z;
        var hidden = SimpleRnnCell.Forward<TShape, DeviceLane>(new DeviceLane(z)).Value;
        layer.Hidden[layer.HiddenAt(t, width) + state] = hidden;
        return hidden;
    }

    public static GateGradients Backward(RecurrentArguments layer, int t, int sample, int unit, float gradient)
    {
        var width = layer.Samples * TShape.Units;
        var state = (sample * TShape.Units) + unit;
        var kept = TShape.Activation.NeedsInput() ? layer.PreActivations[(t * width) + state] : layer.Hidden[layer.HiddenAt(t, width) + state];
        gradient = SimpleRnnCell.Backward<TShape, DeviceLane>(new DeviceLane(kept), new DeviceLane(gradient)).Value;
        layer.PreActivations[(t * width) + state] = gradient;
        return new GateGradients { G0 = gradient };
    }
}
