using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// A small recurrent layer in one launch: a group runs all timesteps of its samples, one after the other, with the state in shared memory
/// (two places, so that a timestep needs one barrier). A thread has every so-manieth unit, and reads four numbers of the state at once.
/// </summary>
internal readonly struct SequenceForwardKernel<TCell> : IDeviceKernel<RecurrentArguments> where TCell : struct, IRecurrentCell
{
    private static int Place => (TCell.Units + 3) / 4 * 4;

    public static void Run(RecurrentArguments layer)
    {
        var hidden = SharedMemory.Allocate1D<float, Stride1D.Dense>(2 * Place, default);
        var (first, step) = (Group.IdxX, Group.DimX);
        var width = layer.Samples * TCell.Units;
        for (var sample = Grid.IdxX; sample < layer.Samples; sample += Grid.DimX)
        {
            if (layer.StatesBefore != 0)
            {
                for (var unit = first; unit < TCell.Units; unit += step)
                    hidden[Place + unit] = layer.Hidden[layer.HiddenAt(-1, width) + (sample * TCell.Units) + unit];
                DeviceIntrinsics.Synchronize();
            }

            for (var t = 0; t < layer.Timesteps; t++)
            {
                var current = (t & 1) * Place;
                var previous = hidden.SubView(Place - current, Place);
                for (var unit = first; unit < TCell.Units; unit += step)
                {
                    var projected = RecurrentTimestep<TCell>.Projected(layer, t, sample, unit);
                    var recurrent = default(Quad);
                    if (TCell.HasRecurrentKernel && layer.HasStateBefore(t))
                        recurrent = Product(layer, previous, sample, unit);
                    hidden[current + unit] = RecurrentTimestep<TCell>.Forward(layer, t, sample, unit, projected, recurrent);
                }

                DeviceIntrinsics.Synchronize();
            }
        }
    }

    private static Quad Product(RecurrentArguments layer, ArrayView<float> state, int sample, int unit)
    {
        var sums = default(Quad);
        var quads = Quad.Aligned(state);
        for (var k = 0; k < TCell.Units / 4 * 4; k += 4)
        {
            var four = quads[k / 4];
            Add(layer, four.X, sample, k, unit, ref sums);
            Add(layer, four.Y, sample, k + 1, unit, ref sums);
            Add(layer, four.Z, sample, k + 2, unit, ref sums);
            Add(layer, four.W, sample, k + 3, unit, ref sums);
        }

        for (var k = TCell.Units / 4 * 4; k < TCell.Units; k++)
            Add(layer, state[k], sample, k, unit, ref sums);
        return sums;
    }

    private static void Add(RecurrentArguments layer, float state, int sample, int k, int unit, ref Quad sums)
    {
        var weights = Quad.Read(layer.RecurrentKernel, (k * TCell.Gates * TCell.Units) + unit, TCell.Units, TCell.Gates, isAligned: 0);
        sums.X = MultiplyAdd(layer, state, 0, sample, k, weights.X, sums.X);
        if (TCell.Gates > 1)
            sums.Y = MultiplyAdd(layer, state, 1, sample, k, weights.Y, sums.Y);
        if (TCell.Gates > 2)
            sums.Z = MultiplyAdd(layer, state, 2, sample, k, weights.Z, sums.Z);
        if (TCell.Gates > 3)
            sums.W = MultiplyAdd(layer, state, 3, sample, k, weights.W, sums.W);
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
    private static int Place => (TCell.Units + 3) / 4 * 4;

    public static void Run(RecurrentArguments layer)
    {
        var gradients = SharedMemory.Allocate1D<float, Stride1D.Dense>(2 * TCell.Gates * Place, default);
        var (first, step) = (Group.IdxX, Group.DimX);
        for (var sample = Grid.IdxX; sample < layer.Samples; sample += Grid.DimX)
        {
            for (var t = layer.Timesteps - 1; t >= 0; t--)
            {
                var current = (t & 1) * TCell.Gates * Place;
                var after = (TCell.Gates * Place) - current;
                for (var unit = first; unit < TCell.Units; unit += step)
                {
                    // A sum for each gate: four independent chains.
                    var sums = default(Quad);
                    if (TCell.HasRecurrentKernel && t < layer.Timesteps - 1)
                    {
                        sums.X = Product(layer, gradients.SubView(after, Place), 0, sample, unit);
                        if (TCell.Gates > 1)
                            sums.Y = Product(layer, gradients.SubView(after + Place, Place), 1, sample, unit);
                        if (TCell.Gates > 2)
                            sums.Z = Product(layer, gradients.SubView(after + (2 * Place), Place), 2, sample, unit);
                        if (TCell.Gates > 3)
                            sums.W = Product(layer, gradients.SubView(after + (3 * Place), Place), 3, sample, unit);
                    }

                    var written = RecurrentTimestep<TCell>.Backward(layer, t, sample, unit, sums.X + sums.Y + (sums.Z + sums.W));
                    gradients[current + unit] = written.X;
                    if (TCell.Gates > 1)
                        gradients[current + Place + unit] = written.Y;
                    if (TCell.Gates > 2)
                        gradients[current + (2 * Place) + unit] = written.Z;
                    if (TCell.Gates > 3)
                        gradients[current + (3 * Place) + unit] = written.W;
                }

                DeviceIntrinsics.Synchronize();
            }
        }
    }

    // What a gate's gradients send to a unit.
    private static float Product(RecurrentArguments layer, ArrayView<float> gradients, int gate, int sample, int unit)
    {
        var sum = 0f;
        var first = (gate * TCell.Units * TCell.Units) + unit;
        var quads = Quad.Aligned(gradients);
        for (var k = 0; k < TCell.Units / 4 * 4; k += 4)
        {
            var four = quads[k / 4];
            var weights = Quad.Read(layer.RecurrentKernel, first + (k * TCell.Units), TCell.Units, 4, isAligned: 0);
            sum = DeviceIntrinsics.FusedMultiplyAdd(four.X, weights.X, sum);
            sum = DeviceIntrinsics.FusedMultiplyAdd(four.Y, weights.Y, sum);
            sum = DeviceIntrinsics.FusedMultiplyAdd(four.Z, weights.Z, sum);
            sum = DeviceIntrinsics.FusedMultiplyAdd(four.W, weights.W, sum);
        }

        for (var k = TCell.Units / 4 * 4; k < TCell.Units; k++)
            sum = DeviceIntrinsics.FusedMultiplyAdd(gradients[k], layer.RecurrentKernel[first + (k * TCell.Units)], sum);
        return RecurrentTimestep<TCell>.Drop(layer, sum, gate, sample, unit);
    }
}
