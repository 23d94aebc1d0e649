using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// A GRU's cell whose reset gate multiplies what the recurrent kernel makes of the state, in the formulas of <see cref="GruCell"/>.
/// </summary>
internal readonly struct GruDeviceCell<TShape> : IRecurrentCell where TShape : struct, IGruShape
{
    public static int Units => TShape.Units;

    public static int Gates => 3;

    public static bool ReturnSequences => TShape.ReturnSequences;

    public static bool DropsState => TShape.RecurrentDropout > 0;

    public static bool HasRecurrentPart => true;

    public static bool WritesHiddenGradient => true;

    public static float Forward(RecurrentArguments layer, int t, int sample, int unit, float r0, float r1, float r2, float r3)
    {
        var z = (((t * layer.Samples) + sample) * 3 * TShape.Units) + unit;
        var state = (sample * TShape.Units) + unit;
        var width = layer.Samples * TShape.Units;
        if (TShape.UseBias)
        {
            r0 += layer.RecurrentBias[unit];
            r1 += layer.RecurrentBias[unit + TShape.Units];
            r2 += layer.RecurrentBias[unit + (2 * TShape.Units)];
        }

        var update = new DeviceLane(layer.PreActivations[z] + r0);
        var reset = new DeviceLane(layer.PreActivations[z + TShape.Units] + r1);
        var updateGate = GruCell.Gate<TShape, DeviceLane>(ref update);
        var resetGate = GruCell.Gate<TShape, DeviceLane>(ref reset);
        var candidate = new DeviceLane(layer.PreActivations[z + (2 * TShape.Units)]) + (resetGate * new DeviceLane(r2));
        var previous = DeviceLane.Zero;
        if (layer.HasStateBefore(t))
            previous = new DeviceLane(layer.Hidden[layer.HiddenAt(t - 1, width) + state]);
        var hidden = GruCell.State<TShape, DeviceLane>(updateGate, ref candidate, previous).Value;
        layer.Hidden[layer.HiddenAt(t, width) + state] = hidden;
        if (layer.Trains != 0)
        {
            layer.PreActivations[z] = update.Value;
            layer.PreActivations[z + TShape.Units] = reset.Value;
            layer.PreActivations[z + (2 * TShape.Units)] = candidate.Value;
            layer.Recurrent[z + (2 * TShape.Units)] = r2;
        }

        return hidden;
    }

    public static GateGradients Backward(RecurrentArguments layer, int t, int sample, int unit, float gradient)
    {
        var z = (((t * layer.Samples) + sample) * 3 * TShape.Units) + unit;
        var state = (sample * TShape.Units) + unit;
        var width = layer.Samples * TShape.Units;
        var previous = DeviceLane.Zero;
        if (layer.HasStateBefore(t))
            previous = new DeviceLane(layer.Hidden[layer.HiddenAt(t - 1, width) + state]);
        var update = new DeviceLane(layer.PreActivations[z]);
        var reset = new DeviceLane(layer.PreActivations[z + TShape.Units]);
        var candidate = new DeviceLane(layer.PreActivations[z + (2 * TShape.Units)]);
        var multiplied = new DeviceLane(layer.Recurrent[z + (2 * TShape.Units)]);
        var straight = GruCell.StateBackward<TShape, DeviceLane>(ref update, ref candidate, previous, new DeviceLane(gradient));
        var recurrent = GruCell.ResetBackward<TShape, DeviceLane>(ref reset, multiplied, candidate);
        layer.HiddenGradient[state] = straight.Value;
        layer.PreActivations[z] = update.Value;
        layer.PreActivations[z + TShape.Units] = reset.Value;
        layer.PreActivations[z + (2 * TShape.Units)] = candidate.Value;
        layer.Recurrent[z] = update.Value;
        layer.Recurrent[z + TShape.Units] = reset.Value;
        layer.Recurrent[z + (2 * TShape.Units)] = recurrent.Value;
        return new GateGradients { G0 = update.Value, G1 = reset.Value, G2 = recurrent.Value };
    }
}
