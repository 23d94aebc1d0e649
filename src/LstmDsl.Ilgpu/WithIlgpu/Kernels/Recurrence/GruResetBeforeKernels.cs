using ILGPU;
using ILGPU.Runtime;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// A GRU whose reset gate multiplies the state before the recurrent kernel does, in the formulas of <see cref="GruCell"/>: the candidate
/// waits for the reset gates of all units, so that a group always runs the whole sequence of its samples, whatever the number of units.
/// <see cref="RecurrentArguments.Recurrent"/> is (T, n, u) here: the state times the reset gate.
/// </summary>
internal readonly struct GruResetBeforeForwardKernel<TShape> : IDeviceKernel<RecurrentArguments> where TShape : struct, IGruShape
{
    public static void Run(RecurrentArguments layer)
    {
        var hidden = SharedMemory.Allocate1D<float, Stride1D.Dense>(TShape.Units, default);
        var multiplied = SharedMemory.Allocate1D<float, Stride1D.Dense>(TShape.Units, default);
        var (first, step) = (Group.IdxX, Group.DimX);
        var columns = 3 * TShape.Units;
        var width = layer.Samples * TShape.Units;
        for (var sample = Grid.IdxX; sample < layer.Samples; sample += Grid.DimX)
        {
            for (var unit = first; unit < TShape.Units; unit += step)
                hidden[unit] = layer.StatesBefore != 0 ? layer.Hidden[layer.HiddenAt(-1, width) + (sample * TShape.Units) + unit] : 0;
            DeviceIntrinsics.Synchronize();
            for (var t = 0; t < layer.Timesteps; t++)
            {
                var row = ((t * layer.Samples) + sample) * columns;
                if (layer.Skips(t, sample))
                {
                    for (var unit = first; unit < TShape.Units; unit += step)
                        layer.Hidden[layer.HiddenAt(t, width) + (sample * TShape.Units) + unit] = hidden[unit];
                    continue;
                }

                for (var unit = first; unit < TShape.Units; unit += step)
                {
                    float s0 = 0, s1 = 0;
                    for (var k = 0; k < TShape.Units; k++)
                    {
                        var weight = (k * columns) + unit;
                        s0 = DeviceIntrinsics.FusedMultiplyAdd(Drop(layer, hidden[k], 0, sample, k), layer.RecurrentKernel[weight], s0);
                        var weightOfReset = layer.RecurrentKernel[weight + TShape.Units];
                        s1 = DeviceIntrinsics.FusedMultiplyAdd(Drop(layer, hidden[k], 1, sample, k), weightOfReset, s1);
                    }

                    var reset = new DeviceLane(layer.PreActivations[row + TShape.Units + unit] + s1);
                    var product = GruCell.Gate<TShape, DeviceLane>(ref reset).Value * hidden[unit];
                    multiplied[unit] = product;
                    layer.PreActivations[row + unit] += s0;
                    layer.PreActivations[row + TShape.Units + unit] = reset.Value;
                    if (layer.Trains != 0)
                        layer.Recurrent[(((t * layer.Samples) + sample) * TShape.Units) + unit] = product;
                }

                DeviceIntrinsics.Synchronize();
                for (var unit = first; unit < TShape.Units; unit += step)
                {
                    var s2 = 0f;
                    for (var k = 0; k < TShape.Units; k++)
                    {
                        var weight = (k * columns) + (2 * TShape.Units) + unit;
                        s2 = DeviceIntrinsics.FusedMultiplyAdd(Drop(layer, multiplied[k], 2, sample, k), layer.RecurrentKernel[weight], s2);
                    }

                    var update = new DeviceLane(layer.PreActivations[row + unit]);
                    var candidate = new DeviceLane(layer.PreActivations[row + (2 * TShape.Units) + unit] + s2);
                    var gate = GruCell.Gate<TShape, DeviceLane>(ref update);
                    var state = GruCell.State<TShape, DeviceLane>(gate, ref candidate, new DeviceLane(hidden[unit])).Value;
                    layer.PreActivations[row + unit] = update.Value;
                    layer.PreActivations[row + (2 * TShape.Units) + unit] = candidate.Value;
                    layer.Hidden[layer.HiddenAt(t, width) + (sample * TShape.Units) + unit] = state;
                    // Nobody else reads this unit's state until the barrier.
                    hidden[unit] = state;
                }

                DeviceIntrinsics.Synchronize();
            }
        }
    }

    /// <summary>See <see cref="RecurrentArguments.Drop"/>.</summary>
    public static float Drop(RecurrentArguments layer, float value, int gate, int sample, int unit) => TShape.RecurrentDropout > 0
        ? layer.Drop(value, gate, (sample * TShape.Units) + unit, layer.Samples * TShape.Units)
        : value;
}

/// <summary>
/// The backward pass of <see cref="GruResetBeforeForwardKernel{TShape}"/>: first update gate and candidate, then the reset gate, whose
/// gradient comes through the recurrent kernel, then the state before. The recurrent kernel is transposed, (3u, u).
/// </summary>
internal readonly struct GruResetBeforeBackwardKernel<TShape> : IDeviceKernel<RecurrentArguments> where TShape : struct, IGruShape
{
    public static void Run(RecurrentArguments layer)
    {
        var gradients = SharedMemory.Allocate1D<float, Stride1D.Dense>(3 * TShape.Units, default);
        var (first, step) = (Group.IdxX, Group.DimX);
        for (var sample = Grid.IdxX; sample < layer.Samples; sample += Grid.DimX)
        {
            for (var unit = first; unit < TShape.Units; unit += step)
                layer.HiddenGradient[(sample * TShape.Units) + unit] = 0;
            for (var t = layer.Timesteps - 1; t >= 0; t--)
            {
                var place = (t * layer.Samples) + sample;
                if (layer.Skips(t, sample))
                {
                    for (var unit = first; unit < TShape.Units; unit += step)
                        Skip(layer, t, place, sample, unit);
                    continue;
                }

                for (var unit = first; unit < TShape.Units; unit += step)
                    State(layer, gradients, t, place, sample, unit);
                DeviceIntrinsics.Synchronize();
                for (var unit = first; unit < TShape.Units; unit += step)
                    Reset(layer, gradients, t, place, sample, unit);
                DeviceIntrinsics.Synchronize();
                for (var unit = first; unit < TShape.Units; unit += step)
                {
                    var carried = CarryBack(layer, gradients, 0, sample, unit) + CarryBack(layer, gradients, 1, sample, unit);
                    layer.HiddenGradient[(sample * TShape.Units) + unit] += carried;
                }

                DeviceIntrinsics.Synchronize();
            }
        }
    }

    // The state stays, and so does its gradient; the next pass reads of it what this thread has written.
    private static void Skip(RecurrentArguments layer, int t, int place, int sample, int unit)
    {
        layer.HiddenGradient[(sample * TShape.Units) + unit] = Received(layer, t, place, sample, unit);
        for (var gate = 0; gate < 3; gate++)
            layer.PreActivations[(((place * 3) + gate) * TShape.Units) + unit] = 0;
        layer.Recurrent[(place * TShape.Units) + unit] = 0;
    }

    private static float Received(RecurrentArguments layer, int t, int place, int sample, int unit)
    {
        var gradient = layer.HiddenGradient[(sample * TShape.Units) + unit];
        if (TShape.ReturnSequences)
            gradient += layer.OutputGradient[(place * TShape.Units) + unit];
        else if (t == layer.Timesteps - 1)
            gradient += layer.OutputGradient[(sample * TShape.Units) + unit];
        return gradient;
    }

    // What a gate's gradients send to a unit of what was multiplied.
    private static float CarryBack(
        RecurrentArguments layer, ArrayView1D<float, Stride1D.Dense> gradients, int gate, int sample, int unit)
    {
        var sum = 0f;
        for (var column = gate * TShape.Units; column < (gate + 1) * TShape.Units; column++)
            sum = DeviceIntrinsics.FusedMultiplyAdd(gradients[column], layer.RecurrentKernel[(column * TShape.Units) + unit], sum);
        return GruResetBeforeForwardKernel<TShape>.Drop(layer, sum, gate, sample, unit);
    }

    private static void State(
        RecurrentArguments layer, ArrayView1D<float, Stride1D.Dense> gradients, int t, int place, int sample, int unit)
    {
        var state = (sample * TShape.Units) + unit;
        var gradient = Received(layer, t, place, sample, unit);
        var row = (place * 3 * TShape.Units) + unit;
        var update = new DeviceLane(layer.PreActivations[row]);
        var candidate = new DeviceLane(layer.PreActivations[row + (2 * TShape.Units)]);
        var previous = Previous(layer, t, sample, unit);
        var straight = GruCell.StateBackward<TShape, DeviceLane>(ref update, ref candidate, previous, new DeviceLane(gradient));
        layer.HiddenGradient[state] = straight.Value;
        layer.PreActivations[row] = update.Value;
        layer.PreActivations[row + (2 * TShape.Units)] = candidate.Value;
        gradients[unit] = update.Value;
        gradients[unit + (2 * TShape.Units)] = candidate.Value;
    }

    private static void Reset(
        RecurrentArguments layer, ArrayView1D<float, Stride1D.Dense> gradients, int t, int place, int sample, int unit)
    {
        var product = CarryBack(layer, gradients, 2, sample, unit);
        var row = (place * 3 * TShape.Units) + TShape.Units + unit;
        var reset = new DeviceLane(layer.PreActivations[row]);
        var previous = Previous(layer, t, sample, unit);
        layer.HiddenGradient[(sample * TShape.Units) + unit] +=
            GruCell.ResetBackward<TShape, DeviceLane>(ref reset, previous, new DeviceLane(product)).Value;
        layer.PreActivations[row] = reset.Value;
        gradients[unit + TShape.Units] = reset.Value;
    }

    private static DeviceLane Previous(RecurrentArguments layer, int t, int sample, int unit)
    {
        var previous = DeviceLane.Zero;
        var state = (sample * TShape.Units) + unit;
        if (layer.HasStateBefore(t))
            previous = new DeviceLane(layer.Hidden[layer.HiddenAt(t - 1, layer.Samples * TShape.Units) + state]);
        return previous;
    }
}
