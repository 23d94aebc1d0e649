using ILGPU;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>What some gates of a recurrent layer multiply with a kernel: its input, or its state.</summary>
internal readonly record struct GatedOperand()
{
    /// <summary>(rows, width).</summary>
    public ArrayView<float> Values { get; init; }

    /// <summary>Columns of the values, and rows of the kernel.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of the values: timesteps of all samples.</summary>
    public required int Rows { get; init; }

    /// <summary>The kernel, (width, gates · units), in the parameter block.</summary>
    public required int Kernel { get; init; }

    /// <summary>Dropout's masks, (gates, samples, width), in the activation block, where the layer has any.</summary>
    public required int Masks { get; init; }

    /// <summary>The bias whose gradient comes with the kernel's, in the parameter block; −1 for none.</summary>
    public int Bias { get; init; } = Offset.None;

    /// <summary>The first gate.</summary>
    public int FromGate { get; init; }

    /// <summary>The gate behind the last.</summary>
    public int ToGate { get; init; }

    /// <summary>How many gates a product takes.</summary>
    public int GatesAtOnce(in SizedRecurrentOffsets offsets) => offsets.Drops ? 1 : ToGate - FromGate;

    /// <summary>The states before all timesteps; without those before the first, where they are zeros.</summary>
    public static GatedOperand StatesBefore(DeviceProgram program, in SizedRecurrentOffsets offsets)
    {
        var rows = offsets.Rows - (offsets.FirstWithState * offsets.Samples);
        var first = offsets.Hidden - (offsets.Continues ? offsets.Samples * offsets.Units : 0);
        return new GatedOperand
        {
            Values = rows == 0 ? default : program.Activation(first, (long)rows * offsets.Units),
            Width = offsets.Units,
            Rows = rows,
            Kernel = offsets.RecurrentKernel,
            Masks = offsets.StateMasks,
        };
    }
}

/// <summary>
/// The products of a recurrent layer over all timesteps: all gates at once, or one after the other where recurrent dropout gives each gate
/// a mask (Gal and Ghahramani, 2016).
/// </summary>
internal static class GatedProducts
{
    /// <summary>result (rows, G·u) = b + (m·v)·W.</summary>
    public static void Project(DeviceProgram program, in SizedRecurrentOffsets offsets, in GatedOperand operand, ArrayView<float> result)
    {
        var left = offsets.Drops ? program.TakeScratch((long)operand.Rows * operand.Width) : operand.Values;
        var step = operand.GatesAtOnce(offsets);
        for (var gate = operand.FromGate; gate < operand.ToGate; gate += step)
        {
            var (first, columns) = (gate * offsets.Units, step * offsets.Units);
            if (offsets.Drops)
                DeviceDropout.Multiply(program, offsets, operand, gate, operand.Values, left, adds: false);
            program.Multiply<NoEpilogue>(new ProductArguments
            {
                Operands = new ProductOperands
                {
                    Left = left,
                    LeftRowStride = operand.Width,
                    LeftDepthStride = 1,
                    Right = program.Parameter(operand.Kernel + first, ((long)operand.Width * offsets.Columns) - first),
                    RightDepthStride = offsets.Columns,
                    RightColumnStride = 1,
                    Rows = operand.Rows,
                    Columns = columns,
                    Depth = operand.Width,
                },
                Result = program.Part(result, first, ((long)operand.Rows * offsets.Columns) - first),
                ResultRowStride = offsets.Columns,
                Start = program.Parameter(offsets.Bias < 0 ? Offset.None : offsets.Bias + first, columns),
                HasStart = offsets.Bias >= 0 ? 1 : 0,
            });
        }
    }

    /// <summary>The operand's values take, or add, Σ m · (dz·Wᵀ).</summary>
    public static void SendBack(
        DeviceProgram program, in SizedRecurrentOffsets offsets, in GatedOperand operand, ArrayView<float> gradients, bool adds)
    {
        var product = offsets.Drops ? program.TakeScratch((long)operand.Rows * operand.Width) : operand.Values;
        var step = operand.GatesAtOnce(offsets);
        for (var gate = operand.FromGate; gate < operand.ToGate; gate += step)
        {
            var (first, columns) = (gate * offsets.Units, step * offsets.Units);
            program.Multiply<NoEpilogue>(new ProductArguments
            {
                Operands = new ProductOperands
                {
                    Left = program.Part(gradients, first, ((long)operand.Rows * offsets.Columns) - first),
                    LeftRowStride = offsets.Columns,
                    LeftDepthStride = 1,
                    Right = program.Parameter(operand.Kernel + first, ((long)operand.Width * offsets.Columns) - first),
                    RightDepthStride = 1,
                    RightColumnStride = offsets.Columns,
                    Rows = operand.Rows,
                    Columns = operand.Width,
                    Depth = columns,
                },
                Result = product,
                Start = product,
                StartRowStride = operand.Width,
                HasStart = adds && !offsets.Drops ? 1 : 0,
            });
            if (offsets.Drops)
                DeviceDropout.Multiply(program, offsets, operand, gate, product, operand.Values, adds || gate > operand.FromGate);
        }
    }

    /// <summary>dW += (m·v)ᵀ·dz, and db += Σ dz where the operand has the bias.</summary>
    public static void AddGradients(
        DeviceProgram program, in SizedRecurrentOffsets offsets, in GatedOperand operand, ArrayView<float> gradients)
    {
        var left = offsets.Drops ? program.TakeScratch((long)operand.Rows * operand.Width) : operand.Values;
        var step = operand.GatesAtOnce(offsets);
        for (var gate = operand.FromGate; gate < operand.ToGate; gate += step)
        {
            var (first, columns) = (gate * offsets.Units, step * offsets.Units);
            if (offsets.Drops)
                DeviceDropout.Multiply(program, offsets, operand, gate, operand.Values, left, adds: false);
            program.AddGradient(new GradientProduct
            {
                Result = program.Gradient(operand.Kernel + first, ((long)operand.Width * offsets.Columns) - first),
                Left = left,
                Inputs = operand.Width,
                Right = program.Part(gradients, first, ((long)operand.Rows * offsets.Columns) - first),
                Columns = columns,
                Rows = operand.Rows,
                Stride = offsets.Columns,
                HasBias = operand.Bias >= 0,
                BiasResult = program.Gradient(operand.Bias < 0 ? Offset.None : operand.Bias + first, columns),
            });
            // The next gate's product of masks takes the place of this one's.
            if (offsets.Drops)
                program.LaunchGradients();
        }
    }
}
