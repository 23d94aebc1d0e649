using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>A recurrent layer whose kernels a group holds, so that it multiplies its input itself.</summary>
internal struct HeldArguments
{
    public RecurrentArguments Layer;

    /// <summary>x, (T, n, inputs), in the order of time.</summary>
    public ArrayView<float> Input;

    /// <summary>W, (inputs, G·u).</summary>
    public ArrayView<float> Kernel;

    /// <summary>b, (G·u).</summary>
    public ArrayView<float> Bias;
}

/// <summary>What both passes of such a layer share: a kernel in shared memory, the weights of a unit's gates side by side.</summary>
internal static class HeldLayer<TCell> where TCell : struct, IRecurrentCell
{
    /// <summary>Bytes of shared memory for kernels, of the 48 KB that any device has: two groups fit side by side on most.</summary>
    private const int Bytes = 40 * 1024;

    /// <summary>Whether a group can hold kernel, bias and recurrent kernel.</summary>
    public static bool Fits => TCell.HasRecurrentKernel && !TCell.ResetsBefore
        && ((long)TCell.Inputs + 1 + TCell.Units) * TCell.Units * 4 * sizeof(float) <= Bytes;

    /// <summary>Floats of a kernel of so many rows.</summary>
    public static int Floats(int rows) => rows * TCell.Units * 4;

    /// <summary>Brings rows of a kernel, (rows, G·u), to shared memory, (rows, u) of four gates.</summary>
    public static void Hold(ArrayView<float> kernel, ArrayView<float> shared, int rows)
    {
        var held = Quad.Aligned(shared);
        for (var index = Group.IdxX; index < rows * TCell.Units; index += Group.DimX)
        {
            var first = (index / TCell.Units * TCell.Gates * TCell.Units) + (index % TCell.Units);
            held[index] = Quad.Read(kernel, first, TCell.Units, TCell.Gates, isAligned: 0);
        }
    }
}

/// <summary>
/// A recurrent layer that is so small that a group holds its kernels in shared memory: input and state are multiplied timestep by timestep,
/// and the numbers of the next timestep are on their way meanwhile.
/// </summary>
internal readonly struct HeldForwardKernel<TCell> : IDeviceKernel<HeldArguments> where TCell : struct, IRecurrentCell
{
    private static int Place => (TCell.Units + 3) / 4 * 4;

    public static void Run(HeldArguments arguments)
    {
        var kernel = SharedMemory.Allocate1D<float, Stride1D.Dense>(HeldLayer<TCell>.Floats(TCell.Inputs + 1), default);
        var recurrentKernel = SharedMemory.Allocate1D<float, Stride1D.Dense>(HeldLayer<TCell>.Floats(TCell.Units), default);
        var hidden = SharedMemory.Allocate1D<float, Stride1D.Dense>(2 * Place, default);
        var inputs = SharedMemory.Allocate1D<float, Stride1D.Dense>(2 * TCell.Inputs, default);
        var layer = arguments.Layer;
        var (first, step) = (Group.IdxX, Group.DimX);
        var width = layer.Samples * TCell.Units;
        HeldLayer<TCell>.Hold(arguments.Kernel, kernel, TCell.Inputs);
        if (TCell.UseBias)
            HeldLayer<TCell>.Hold(arguments.Bias, kernel.SubView(HeldLayer<TCell>.Floats(TCell.Inputs), HeldLayer<TCell>.Floats(1)), 1);
        HeldLayer<TCell>.Hold(layer.RecurrentKernel, recurrentKernel, TCell.Units);
        for (var sample = Grid.IdxX; sample < layer.Samples; sample += Grid.DimX)
        {
            for (var unit = first; layer.StatesBefore != 0 && unit < TCell.Units; unit += step)
                hidden[Place + unit] = layer.Hidden[layer.HiddenAt(-1, width) + (sample * TCell.Units) + unit];
            for (var index = first; index < TCell.Inputs; index += step)
                inputs[index] = arguments.Input[InputAt(layer, 0, sample) + index];
            DeviceIntrinsics.Synchronize();
            for (var t = 0; t < layer.Timesteps; t++)
            {
                var next = (t + 1) % 2 * TCell.Inputs;
                var ahead = IntrinsicMath.Min(t + 1, layer.Timesteps - 1);
                var mine = 0f;
                if (first < TCell.Inputs)
                    mine = arguments.Input[InputAt(layer, ahead, sample) + first];
                var current = (t & 1) * Place;
                for (var unit = first; unit < TCell.Units; unit += step)
                {
                    var projected = Project(kernel, inputs.SubView(t % 2 * TCell.Inputs, TCell.Inputs), unit);
                    var recurrent = default(Quad);
                    if (layer.HasStateBefore(t))
                        recurrent = Product(recurrentKernel, hidden.SubView(Place - current, Place), unit);
                    hidden[current + unit] = RecurrentTimestep<TCell>.Forward(layer, t, sample, unit, projected, recurrent);
                }

                if (first < TCell.Inputs)
                    inputs[next + first] = mine;
                for (var index = first + step; index < TCell.Inputs; index += step)
                    inputs[next + index] = arguments.Input[InputAt(layer, ahead, sample) + index];
                DeviceIntrinsics.Synchronize();
            }
        }
    }

    private static int InputAt(RecurrentArguments layer, int t, int sample) =>
        (((layer.GoesBackwards != 0 ? layer.Timesteps - 1 - t : t) * layer.Samples) + sample) * TCell.Inputs;

    private static Quad Project(ArrayView<float> kernel, ArrayView<float> input, int unit)
    {
        var held = Quad.Aligned(kernel);
        var sums = default(Quad);
        if (TCell.UseBias)
            sums = held[(TCell.Inputs * TCell.Units) + unit];
        for (var index = 0; index < TCell.Inputs; index++)
            sums.AddProduct(input[index], held[(index * TCell.Units) + unit]);
        return sums;
    }

    private static Quad Product(ArrayView<float> recurrentKernel, ArrayView<float> state, int unit)
    {
        var held = Quad.Aligned(recurrentKernel);
        var quads = Quad.Aligned(state);
        var sums = default(Quad);
        for (var k = 0; k < TCell.Units / 4 * 4; k += 4)
        {
            var four = quads[k / 4];
            sums.AddProduct(four.X, held[(k * TCell.Units) + unit]);
            sums.AddProduct(four.Y, held[((k + 1) * TCell.Units) + unit]);
            sums.AddProduct(four.Z, held[((k + 2) * TCell.Units) + unit]);
            sums.AddProduct(four.W, held[((k + 3) * TCell.Units) + unit]);
        }

        for (var k = TCell.Units / 4 * 4; k < TCell.Units; k++)
            sums.AddProduct(state[k], held[(k * TCell.Units) + unit]);
        return sums;
    }
}

/// <summary>
/// The backward pass of <see cref="HeldForwardKernel{TCell}"/>: shared memory holds the recurrent kernel transposed, and the gradients of
/// two timesteps' pre-activations, each unit's side by side.
/// </summary>
internal readonly struct HeldBackwardKernel<TCell> : IDeviceKernel<RecurrentArguments> where TCell : struct, IRecurrentCell
{
    public static void Run(RecurrentArguments layer)
    {
        var transposed = SharedMemory.Allocate1D<float, Stride1D.Dense>(HeldLayer<TCell>.Floats(TCell.Units), default);
        var gradients = SharedMemory.Allocate1D<float, Stride1D.Dense>(HeldLayer<TCell>.Floats(2), default);
        var (first, step) = (Group.IdxX, Group.DimX);
        var held = Quad.Aligned(transposed);
        var quads = Quad.Aligned(gradients);
        for (var index = first; index < TCell.Units * TCell.Units; index += step)
        {
            var (k, unit) = (index / TCell.Units, index % TCell.Units);
            held[index] = Quad.Read(layer.RecurrentKernel, (unit * TCell.Gates * TCell.Units) + k, TCell.Units, TCell.Gates, isAligned: 0);
        }

        DeviceIntrinsics.Synchronize();
        for (var sample = Grid.IdxX; sample < layer.Samples; sample += Grid.DimX)
        {
            for (var t = layer.Timesteps - 1; t >= 0; t--)
            {
                var current = (t & 1) * TCell.Units;
                var after = TCell.Units - current;
                for (var unit = first; unit < TCell.Units; unit += step)
                {
                    // A sum for each gate: four independent chains.
                    var sums = default(Quad);
                    for (var k = 0; t < layer.Timesteps - 1 && k < TCell.Units; k++)
                        sums.AddProducts(quads[after + k], held[(k * TCell.Units) + unit]);
                    quads[current + unit] = RecurrentTimestep<TCell>.Backward(
                        layer, t, sample, unit, sums.X + sums.Y + (sums.Z + sums.W));
                }

                DeviceIntrinsics.Synchronize();
            }
        }
    }
}
