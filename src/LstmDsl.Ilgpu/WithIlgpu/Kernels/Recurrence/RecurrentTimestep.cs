using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// One timestep of one unit of one sample, around the cell's formulas: what the output receives, and what a mask leaves out. A sample that
/// skips a timestep keeps its states, and their gradients go through to the timestep before.
/// </summary>
internal static class RecurrentTimestep<TCell> where TCell : struct, IRecurrentCell
{
    /// <summary>What the input adds to the pre-activations of a unit's gates, x·W + b, as <see cref="DeviceProjection"/> left it.</summary>
    public static Quad Projected(RecurrentArguments layer, int t, int sample, int unit) => Quad.Read(
        layer.PreActivations, (((t * layer.Samples) + sample) * TCell.Gates * TCell.Units) + unit, TCell.Units, TCell.Gates, isAligned: 0);

    /// <summary>The forward pass, given x·W + b and h·U of each gate; returns the unit's output.</summary>
    public static float Forward(RecurrentArguments layer, int t, int sample, int unit, Quad projected, Quad recurrent)
    {
        if (!layer.Skips(t, sample))
        {
            var place = new DeviceForwardPlace<TCell>(layer, t, sample, unit) { Projected = projected, RecurrentPart = recurrent };
            if (TCell.HasRecurrentPart)
                place.TakeRecurrentPart(unit);
            TCell.Forward<DeviceForwardPlace<TCell>, DeviceLane>(ref place);
            return place.Hidden;
        }

        var width = layer.Samples * TCell.Units;
        var state = (sample * TCell.Units) + unit;
        var continues = layer.HasStateBefore(t);
        if (TCell.Carries)
            layer.Carried[layer.CarriedAt(t, width) + state] = continues ? layer.Carried[layer.CarriedAt(t - 1, width) + state] : 0;
        var hidden = continues ? layer.Hidden[layer.HiddenAt(t - 1, width) + state] : 0;
        layer.Hidden[layer.HiddenAt(t, width) + state] = hidden;
        return hidden;
    }

    /// <summary>
    /// The backward pass, given what the timestep after sends to this one's output through the recurrent kernel; returns the gradients that
    /// meet the recurrent kernel.
    /// </summary>
    public static Quad Backward(RecurrentArguments layer, int t, int sample, int unit, float carried)
    {
        var state = (sample * TCell.Units) + unit;
        var isLast = t == layer.Timesteps - 1;
        if (layer.HasStateAfter(t) && (isLast || TCell.PassesBack || layer.HasMask != 0))
            carried += layer.HiddenGradient[state];
        if (TCell.ReturnSequences && layer.HasOutputGradient != 0)
            carried += layer.OutputGradient[(t * layer.Samples * TCell.Units) + state];
        else if (isLast && layer.HasOutputGradient != 0)
            carried += layer.OutputGradient[state];

        if (layer.Skips(t, sample))
        {
            layer.HiddenGradient[state] = carried;
            if (TCell.Carries && !layer.HasStateAfter(t))
                layer.CarriedGradient[state] = 0;
            var first = (((t * layer.Samples) + sample) * TCell.Gates * TCell.Units) + unit;
            for (var gate = 0; gate < TCell.Gates; gate++)
            {
                layer.PreActivations[first + (gate * TCell.Units)] = 0;
                if (TCell.HasRecurrentPart)
                    layer.Kept[first + (gate * TCell.Units)] = 0;
            }

            return default;
        }

        if (!TCell.PassesBack && layer.HasMask != 0)
            layer.HiddenGradient[state] = 0;
        var place = new DeviceBackwardPlace<TCell>(layer, t, sample, unit) { Gradient = carried };
        TCell.Backward<DeviceBackwardPlace<TCell>, DeviceLane>(ref place);
        return place.Written;
    }

    /// <summary>A number of the state, or of its gradient, times a gate's mask where there is one.</summary>
    public static float Drop(RecurrentArguments layer, float value, int gate, int sample, int unit) =>
        TCell.RecurrentDropout > 0 ? layer.Drop(value, gate, (sample * TCell.Units) + unit, layer.Samples * TCell.Units) : value;
}
