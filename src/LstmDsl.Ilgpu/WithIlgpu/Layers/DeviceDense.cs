using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>A dense layer in launches.</summary>
internal static class DeviceDense<TShape> where TShape : struct, IDenseShape
{
    /// <summary>y = φ(b + x·W).</summary>
    public static void Forward(DeviceProgram program, in DenseOffsets offsets, int rows)
    {
        program.BeginLayer();
        var product = new ProductArguments
        {
            Operands = new ProductOperands
            {
                Left = program.Activation(offsets.Input, (long)rows * TShape.Inputs),
                LeftRowStride = TShape.Inputs,
                LeftDepthStride = 1,
                Right = program.Parameter(offsets.Kernel, (long)TShape.Inputs * TShape.Units),
                RightDepthStride = TShape.Units,
                RightColumnStride = 1,
                Rows = rows,
                Columns = TShape.Units,
                Depth = TShape.Inputs,
            },
            Result = program.Activation(offsets.Output, (long)rows * TShape.Units),
            Start = program.Parameter(offsets.Bias, TShape.Units),
            HasStart = TShape.UseBias ? 1 : 0,
        };
        // Without an activation it is the kernel of all other products, which is compiled in any case.
        if (TShape.Activation == Activation.Linear)
            program.Multiply<NoEpilogue>(product);
        else
            program.Multiply<DenseEpilogue<TShape>>(product);
    }

    /// <summary>dz = dy · φ′ in the place of dy; dx = dz·Wᵀ.</summary>
    public static void Backward(DeviceProgram program, in DenseOffsets offsets, int rows)
    {
        program.BeginLayer();
        var gradient = program.Activation(offsets.OutputGradient, (long)rows * TShape.Units);
        if (TShape.Activation != Activation.Linear)
        {
            program.LaunchElements<DenseBackwardKernel<TShape>, DenseBackwardArguments>(rows * TShape.Units, new DenseBackwardArguments
            {
                Output = program.Activation(offsets.Output, (long)rows * TShape.Units),
                OutputGradient = gradient,
                Length = rows * TShape.Units,
            });
        }

        if (offsets.InputGradient < 0)
            return;
        program.Multiply<NoEpilogue>(new ProductArguments
        {
            Operands = new ProductOperands
            {
                Left = gradient,
                LeftRowStride = TShape.Units,
                LeftDepthStride = 1,
                Right = program.Parameter(offsets.Kernel, (long)TShape.Inputs * TShape.Units),
                RightDepthStride = 1,
                RightColumnStride = TShape.Units,
                Rows = rows,
                Columns = TShape.Inputs,
                Depth = TShape.Units,
            },
            Result = program.Activation(offsets.InputGradient, (long)rows * TShape.Inputs),
        });
    }

    /// <summary>dW += xᵀ·dz, db += Σ dz.</summary>
    public static void Gradients(DeviceProgram program, in DenseOffsets offsets, int rows)
    {
        program.BeginLayer();
        var gradient = program.Activation(offsets.OutputGradient, (long)rows * TShape.Units);
        program.AddGradient(new GradientProduct
        {
            Result = program.Gradient(offsets.Kernel, (long)TShape.Inputs * TShape.Units),
            Left = program.Activation(offsets.Input, (long)rows * TShape.Inputs),
            Inputs = TShape.Inputs,
            Right = gradient,
            Columns = TShape.Units,
            Rows = rows,
            HasBias = TShape.UseBias,
            BiasResult = program.Gradient(offsets.Bias, TShape.Units),
        });
    }
}
