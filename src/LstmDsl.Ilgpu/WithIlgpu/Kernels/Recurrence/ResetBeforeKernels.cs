using ILGPU;
using ILGPU.Runtime;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// A layer whose cell <see cref="IRecurrentCell.ResetsBefore">resets before</see>, a GRU's: gates z, r and a candidate, which waits for the
/// reset gates of all units, so that a group always runs the whole sequence of its samples, whatever the number of units. What is kept is
/// the state times the reset gate.
/// </summary>
internal readonly struct ResetBeforeForwardKernel<TCell> : IDeviceKernel<RecurrentArguments> where TCell : struct, IRecurrentCell
{
    public static void Run(RecurrentArguments layer)
    {
        var hidden = SharedMemory.Allocate1D<float, Stride1D.Dense>(TCell.Units, default);
        var multiplied = SharedMemory.Allocate1D<float, Stride1D.Dense>(TCell.Units, default);
        var (first, step) = (Group.IdxX, Group.DimX);
        var columns = 3 * TCell.Units;
        var width = layer.Samples * TCell.Units;
        for (var sample = Grid.IdxX; sample < layer.Samples; sample += Grid.DimX)
        {
            for (var unit = first; unit < TCell.Units; unit += step)
                hidden[unit] = layer.StatesBefore != 0 ? layer.Hidden[layer.HiddenAt(-1, width) + (sample * TCell.Units) + unit] : 0;
            DeviceIntrinsics.Synchronize();
            for (var t = 0; t < layer.Timesteps; t++)
            {
                var row = ((t * layer.Samples) + sample) * columns;
                if (layer.Skips(t, sample))
                {
                    for (var unit = first; unit < TCell.Units; unit += step)
                        layer.Hidden[layer.HiddenAt(t, width) + (sample * TCell.Units) + unit] = hidden[unit];
                    continue;
                }

                for (var unit = first; unit < TCell.Units; unit += step)
                {
                    float s0 = 0, s1 = 0;
                    for (var k = 0; k < TCell.Units; k++)
                    {
                        var weight = (k * columns) + unit;
                        s0 = DeviceIntrinsics.FusedMultiplyAdd(Drop(layer, hidden[k], 0, sample, k), layer.RecurrentKernel[weight], s0);
                        var weightOfReset = layer.RecurrentKernel[weight + TCell.Units];
                        s1 = DeviceIntrinsics.FusedMultiplyAdd(Drop(layer, hidden[k], 1, sample, k), weightOfReset, s1);
                    }

                    var place = new DeviceForwardPlace<TCell>(layer, t, sample, unit)
                    {
                        Projected = RecurrentTimestep<TCell>.Projected(layer, t, sample, unit),
                        RecurrentPart = new Quad { Y = s1 },
                    };
                    TCell.Reset<DeviceForwardPlace<TCell>, DeviceLane>(ref place);
                    multiplied[unit] = place.Kept;
                    layer.PreActivations[row + unit] += s0;
                }

                DeviceIntrinsics.Synchronize();
                for (var unit = first; unit < TCell.Units; unit += step)
                {
                    var s2 = 0f;
                    for (var k = 0; k < TCell.Units; k++)
                    {
                        var weight = (k * columns) + (2 * TCell.Units) + unit;
                        s2 = DeviceIntrinsics.FusedMultiplyAdd(Drop(layer, multiplied[k], 2, sample, k), layer.RecurrentKernel[weight], s2);
                    }

                    var place = new DeviceForwardPlace<TCell>(layer, t, sample, unit)
                    {
                        Projected = RecurrentTimestep<TCell>.Projected(layer, t, sample, unit),
                        RecurrentPart = new Quad { Z = s2 },
                    };
                    TCell.Forward<DeviceForwardPlace<TCell>, DeviceLane>(ref place);
                    // Nobody else reads this unit's state until the barrier.
                    hidden[unit] = place.Hidden;
                }

                DeviceIntrinsics.Synchronize();
            }
        }
    }

    /// <summary>See <see cref="RecurrentArguments.Drop"/>.</summary>
    public static float Drop(RecurrentArguments layer, float value, int gate, int sample, int unit) => TCell.RecurrentDropout > 0
        ? layer.Drop(value, gate, (sample * TCell.Units) + unit, layer.Samples * TCell.Units)
        : value;
}

/// <summary>
/// The backward pass of <see cref="ResetBeforeForwardKernel{TCell}"/>: first update gate and candidate, then the reset gate, whose
/// gradient comes through the recurrent kernel, then the state before. The recurrent kernel is transposed, (3u, u).
/// </summary>
internal readonly struct ResetBeforeBackwardKernel<TCell> : IDeviceKernel<RecurrentArguments> where TCell : struct, IRecurrentCell
{
    public static void Run(RecurrentArguments layer)
    {
        var gradients = SharedMemory.Allocate1D<float, Stride1D.Dense>(3 * TCell.Units, default);
        var (first, step) = (Group.IdxX, Group.DimX);
        for (var sample = Grid.IdxX; sample < layer.Samples; sample += Grid.DimX)
        {
            for (var unit = first; layer.ReceivesStates == 0 && unit < TCell.Units; unit += step)
                layer.HiddenGradient[(sample * TCell.Units) + unit] = 0;
            for (var t = layer.Timesteps - 1; t >= 0; t--)
            {
                var place = (t * layer.Samples) + sample;
                if (layer.Skips(t, sample))
                {
                    for (var unit = first; unit < TCell.Units; unit += step)
                        Skip(layer, t, place, sample, unit);
                    continue;
                }

                for (var unit = first; unit < TCell.Units; unit += step)
                    State(layer, gradients, t, place, sample, unit);
                DeviceIntrinsics.Synchronize();
                for (var unit = first; unit < TCell.Units; unit += step)
                    Reset(layer, gradients, t, sample, unit);
                DeviceIntrinsics.Synchronize();
                for (var unit = first; unit < TCell.Units; unit += step)
                {
                    var carried = CarryBack(layer, gradients, 0, sample, unit) + CarryBack(layer, gradients, 1, sample, unit);
                    layer.HiddenGradient[(sample * TCell.Units) + unit] += carried;
                }

                DeviceIntrinsics.Synchronize();
            }
        }
    }

    // The state stays, and so does its gradient; the next pass reads of it what this thread has written.
    private static void Skip(RecurrentArguments layer, int t, int place, int sample, int unit)
    {
        layer.HiddenGradient[(sample * TCell.Units) + unit] = Received(layer, t, place, sample, unit);
        for (var gate = 0; gate < 3; gate++)
            layer.PreActivations[(((place * 3) + gate) * TCell.Units) + unit] = 0;
        layer.Kept[(place * TCell.Units) + unit] = 0;
    }

    private static float Received(RecurrentArguments layer, int t, int place, int sample, int unit)
    {
        var gradient = layer.HiddenGradient[(sample * TCell.Units) + unit];
        if (TCell.ReturnSequences && layer.HasOutputGradient != 0)
            gradient += layer.OutputGradient[(place * TCell.Units) + unit];
        else if (t == layer.Timesteps - 1 && layer.HasOutputGradient != 0)
            gradient += layer.OutputGradient[(sample * TCell.Units) + unit];
        return gradient;
    }

    // What a gate's gradients send to a unit of what was multiplied.
    private static float CarryBack(
        RecurrentArguments layer, ArrayView1D<float, Stride1D.Dense> gradients, int gate, int sample, int unit)
    {
        var sum = 0f;
        for (var column = gate * TCell.Units; column < (gate + 1) * TCell.Units; column++)
            sum = DeviceIntrinsics.FusedMultiplyAdd(gradients[column], layer.RecurrentKernel[(column * TCell.Units) + unit], sum);
        return ResetBeforeForwardKernel<TCell>.Drop(layer, sum, gate, sample, unit);
    }

    private static void State(
        RecurrentArguments layer, ArrayView1D<float, Stride1D.Dense> gradients, int t, int row, int sample, int unit)
    {
        var place = new DeviceBackwardPlace<TCell>(layer, t, sample, unit) { Gradient = Received(layer, t, row, sample, unit) };
        TCell.Backward<DeviceBackwardPlace<TCell>, DeviceLane>(ref place);
        gradients[unit] = place.Written.X;
        gradients[unit + (2 * TCell.Units)] = place.Written.Z;
    }

    private static void Reset(
        RecurrentArguments layer, ArrayView1D<float, Stride1D.Dense> gradients, int t, int sample, int unit)
    {
        var place = new DeviceBackwardPlace<TCell>(layer, t, sample, unit)
        {
            Gradient = layer.HiddenGradient[(sample * TCell.Units) + unit],
            GradientOfKept = CarryBack(layer, gradients, 2, sample, unit),
        };
        TCell.ResetBackward<DeviceBackwardPlace<TCell>, DeviceLane>(ref place);
        gradients[unit + TCell.Units] = place.Written.Y;
    }
}
