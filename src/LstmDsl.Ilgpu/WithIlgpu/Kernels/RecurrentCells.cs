using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// A recurrent layer on a device. T: timesteps, n: samples, u: units, G: gates. Where a prediction keeps fewer than T timesteps of a
/// tensor, timestep t takes the place t mod so many.
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

    /// <summary>
    /// A gradient that flows to the timestep before beside the recurrent kernel, (n, u): of an LSTM's c, or of a GRU's h.
    /// </summary>
    public ArrayView<float> StateGradient;

    /// <summary>What the state adds to the pre-activations, (T, n, G·u), and then its gradients; a GRU's that resets after.</summary>
    public ArrayView<float> Recurrent;

    /// <summary>The bias of <see cref="Recurrent"/>, (G·u).</summary>
    public ArrayView<float> RecurrentBias;

    public int Samples;
    public int Timesteps;
    public int CellPlaces;
    public int HiddenPlaces;

    /// <summary>Whether a backward pass will follow.</summary>
    public int Trains;

    /// <summary>The timestep of a step kernel.</summary>
    public int Step;
}

/// <summary>Gradients of one unit's pre-activations, or of the state's part of them.</summary>
internal struct GateGradients
{
    public float G0, G1, G2, G3;
}

/// <summary>
/// A recurrent cell as the kernels see it: the timestep of one unit of one sample, in terms of the formulas that every backend shares.
/// </summary>
internal interface IRecurrentCell
{
    /// <summary>Width of the state.</summary>
    static abstract int Units { get; }

    /// <summary>Pre-activations of a unit: 1, or up to 4.</summary>
    static abstract int Gates { get; }

    /// <summary>
    /// Whether the gradients that meet the recurrent kernel are others than those of the pre-activations, in
    /// <see cref="RecurrentArguments.Recurrent"/>.
    /// </summary>
    static virtual bool HasRecurrentPart => false;

    /// <summary>The forward pass, given h·U of each gate; returns the unit's output.</summary>
    static abstract float Forward(RecurrentArguments layer, int t, int sample, int unit, float r0, float r1, float r2, float r3);

    /// <summary>
    /// The backward pass, given what the timestep after sends to this one's output through the recurrent kernel; writes the gradients of
    /// the pre-activations, and returns those that meet the recurrent kernel.
    /// </summary>
    static abstract GateGradients Backward(RecurrentArguments layer, int t, int sample, int unit, float carried);
}

/// <summary>An LSTM's cell, in the formulas of <see cref="LstmCell"/>.</summary>
internal readonly struct LstmDeviceCell<TShape> : IRecurrentCell where TShape : struct, ILstmShape
{
    public static int Units => TShape.Units;

    public static int Gates => 4;

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
        if (t > 0)
            previousCell = new DeviceLane(layer.Cells[((t - 1) % layer.CellPlaces * width) + state]);
        LstmCell.Forward<TShape, DeviceLane>(ref i, ref f, ref g, ref o, previousCell, out var cell, out var activatedCell, out var hidden);
        layer.Cells[(t % layer.CellPlaces * width) + state] = cell.Value;
        layer.Hidden[(t % layer.HiddenPlaces * width) + state] = hidden.Value;
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

    public static GateGradients Backward(RecurrentArguments layer, int t, int sample, int unit, float carried)
    {
        var z = (((t * layer.Samples) + sample) * 4 * TShape.Units) + unit;
        var state = (sample * TShape.Units) + unit;
        var width = layer.Samples * TShape.Units;
        var i = new DeviceLane(layer.PreActivations[z]);
        var f = new DeviceLane(layer.PreActivations[z + TShape.Units]);
        var g = new DeviceLane(layer.PreActivations[z + (2 * TShape.Units)]);
        var o = new DeviceLane(layer.PreActivations[z + (3 * TShape.Units)]);
        var previousCell = DeviceLane.Zero;
        if (t > 0)
            previousCell = new DeviceLane(layer.Cells[((t - 1) * width) + state]);
        var cellGradient = DeviceLane.Zero;
        if (t < layer.Timesteps - 1)
            cellGradient = new DeviceLane(layer.StateGradient[state]);
        if (TShape.ReturnSequences)
            carried += layer.OutputGradient[(t * width) + state];
        else if (t == layer.Timesteps - 1)
            carried += layer.OutputGradient[state];
        var activatedCell = new DeviceLane(layer.ActivatedCells[(t * width) + state]);
        LstmCell.Backward<TShape, DeviceLane>(
            ref i, ref f, ref g, ref o, previousCell, activatedCell, new DeviceLane(carried), ref cellGradient);
        layer.StateGradient[state] = cellGradient.Value;
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

    public static float Forward(RecurrentArguments layer, int t, int sample, int unit, float r0, float r1, float r2, float r3)
    {
        var width = layer.Samples * TShape.Units;
        var state = (sample * TShape.Units) + unit;
        var z = layer.PreActivations[(t * width) + state] + r0;
        if (layer.Trains != 0)
            layer.PreActivations[(t * width) + state] = z;
        var hidden = SimpleRnnCell.Forward<TShape, DeviceLane>(new DeviceLane(z)).Value;
        layer.Hidden[(t % layer.HiddenPlaces * width) + state] = hidden;
        return hidden;
    }

    public static GateGradients Backward(RecurrentArguments layer, int t, int sample, int unit, float carried)
    {
        var width = layer.Samples * TShape.Units;
        var state = (sample * TShape.Units) + unit;
        if (TShape.ReturnSequences)
            carried += layer.OutputGradient[(t * width) + state];
        else if (t == layer.Timesteps - 1)
            carried += layer.OutputGradient[state];
        var kept = TShape.Activation.NeedsInput() ? layer.PreActivations[(t * width) + state] : layer.Hidden[(t * width) + state];
        var gradient = SimpleRnnCell.Backward<TShape, DeviceLane>(new DeviceLane(kept), new DeviceLane(carried)).Value;
        layer.PreActivations[(t * width) + state] = gradient;
        return new GateGradients { G0 = gradient };
    }
}
