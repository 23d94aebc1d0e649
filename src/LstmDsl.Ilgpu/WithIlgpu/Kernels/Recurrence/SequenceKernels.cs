using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// A small recurrent layer in one launch: a group runs all timesteps of its samples, one after the other, with the state in shared memory
/// (two places, so that a timestep needs one barrier). A thread has every so-manieth unit.
/// </summary>
internal readonly struct SequenceForwardKernel<TCell> : IDeviceKernel<RecurrentArguments> where TCell : struct, IRecurrentCell
{
    public static void Run(RecurrentArguments layer)
    {
        var hidden = SharedMemory.Allocate1D<float, Stride1D.Dense>(2 * TCell.Units, default);
        var (first, step) = (Group.IdxX, Group.DimX);
        var width = layer.Samples * TCell.Units;
        for (var sample = Grid.IdxX; sample < layer.Samples; sample += Grid.DimX)
        {
            if (layer.StatesBefore != 0)
            {
                for (var unit = first; unit < TCell.Units; unit += step)
                    hidden[TCell.Units + unit] = layer.Hidden[layer.HiddenAt(-1, width) + (sample * TCell.Units) + unit];
                DeviceIntrinsics.Synchronize();
            }

            for (var t = 0; t < layer.Timesteps; t++)
            {
                var current = (t & 1) * TCell.Units;
                var previous = TCell.Units - current;
                for (var unit = first; unit < TCell.Units; unit += step)
                {
                    float r0 = 0, r1 = 0, r2 = 0, r3 = 0;
                    for (var k = 0; TCell.HasRecurrentKernel && layer.HasStateBefore(t) && k < TCell.Units; k++)
                    {
                        var h = hidden[previous + k];
                        var weight = (k * TCell.Gates * TCell.Units) + unit;
                        r0 = MultiplyAdd(layer, h, 0, sample, k, layer.RecurrentKernel[weight], r0);
                        if (TCell.Gates > 1)
                            r1 = MultiplyAdd(layer, h, 1, sample, k, layer.RecurrentKernel[weight + TCell.Units], r1);
                        if (TCell.Gates > 2)
                            r2 = MultiplyAdd(layer, h, 2, sample, k, layer.RecurrentKernel[weight + (2 * TCell.Units)], r2);
                        if (TCell.Gates > 3)
                            r3 = MultiplyAdd(layer, h, 3, sample, k, layer.RecurrentKernel[weight + (3 * TCell.Units)], r3);
                    }

                    hidden[current + unit] = RecurrentTimestep<TCell>.Forward(layer, t, sample, unit, r0, r1, r2, r3);
                }

                DeviceIntrinsics.Synchronize();
            }
        }
    }

    private static float MultiplyAdd(RecurrentArguments layer, float state, int gate, int sample, int unit, float weight, float sum) =>
        DeviceIntrinsics.FusedMultiplyAdd(RecurrentTimestep<TCell>.Drop(layer, state, gate, sample, unit), weight, sum);
}

/// <summary>
/// The backward pass of a small recurrent layer in one launch, as <see cref="SequenceForwardKernel{TCell}"/>: shared memory holds the
/// gradients of a timestep's pre-activations, which the timestep before multiplies with the transposed recurrent kernel.
/// </summary>
internal readonly struct SequenceBackwardKernel<TCell> : IDeviceKernel<RecurrentArguments> where TCell : struct, IRecurrentCell
{
    public static void Run(RecurrentArguments layer)
    {
        var gradients = SharedMemory.Allocate1D<float, Stride1D.Dense>(2 * TCell.Gates * TCell.Units, default);
        var (first, step) = (Group.IdxX, Group.DimX);
        var columns = TCell.Gates * TCell.Units;
        for (var sample = Grid.IdxX; sample < layer.Samples; sample += Grid.DimX)
        {
            for (var t = layer.Timesteps - 1; t >= 0; t--)
            {
                var current = (t & 1) * columns;
                var after = columns - current;
                for (var unit = first; unit < TCell.Units; unit += step)
                {
                    // A sum for each gate: four independent chains.
                    float c0 = 0, c1 = 0, c2 = 0, c3 = 0;
                    for (var k = 0; TCell.HasRecurrentKernel && t < layer.Timesteps - 1 && k < TCell.Units; k++)
                    {
                        var weight = (k * TCell.Units) + unit;
                        var gate = TCell.Units * TCell.Units;
                        var dz = after + k;
                        c0 = DeviceIntrinsics.FusedMultiplyAdd(gradients[dz], layer.RecurrentKernel[weight], c0);
                        if (TCell.Gates > 1)
                            c1 = DeviceIntrinsics.FusedMultiplyAdd(gradients[dz + TCell.Units], layer.RecurrentKernel[weight + gate], c1);
                        weight += 2 * gate;
                        dz += 2 * TCell.Units;
                        if (TCell.Gates > 2)
                            c2 = DeviceIntrinsics.FusedMultiplyAdd(gradients[dz], layer.RecurrentKernel[weight], c2);
                        if (TCell.Gates > 3)
                            c3 = DeviceIntrinsics.FusedMultiplyAdd(gradients[dz + TCell.Units], layer.RecurrentKernel[weight + gate], c3);
                    }

                    c0 = RecurrentTimestep<TCell>.Drop(layer, c0, 0, sample, unit);
                    if (TCell.Gates > 1)
                        c1 = RecurrentTimestep<TCell>.Drop(layer, c1, 1, sample, unit);
                    if (TCell.Gates > 2)
                        c2 = RecurrentTimestep<TCell>.Drop(layer, c2, 2, sample, unit);
                    if (TCell.Gates > 3)
                        c3 = RecurrentTimestep<TCell>.Drop(layer, c3, 3, sample, unit);
                    var written = RecurrentTimestep<TCell>.Backward(layer, t, sample, unit, c0 + c1 + (c2 + c3));
                    gradients[current + unit] = written.G0;
                    if (TCell.Gates > 1)
                        gradients[current + TCell.Units + unit] = written.G1;
                    if (TCell.Gates > 2)
                        gradients[current + (2 * TCell.Units) + unit] = written.G2;
                    if (TCell.Gates > 3)
                        gradients[current + (3 * TCell.Units) + unit] = written.G3;
                }

                DeviceIntrinsics.Synchronize();
            }
        }
    }
}
