using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// A dense layer over rows (samples, or timesteps × samples).
/// <code>
/// x (rows, F)   W (F, u)   b (u)   y (rows, u)
/// forward     y = φ(b + x·W)
/// backward    dz = dy · φ′ (from y)    dx = dz·Wᵀ
/// gradients   dW += xᵀ·dz    db += Σ dz
/// </code>
/// dz overwrites dy; nothing else overlaps.
/// </summary>
internal static unsafe class DenseKernel
{
    /// <summary>Runs the layer.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Forward<TShape, TLanes>(in HostBlocks<float> blocks, in DenseOffsets offsets, int rows)
        where TShape : struct, IDenseShape
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var output = blocks.Activations + offsets.Output;
        Product<TShape, TLanes>(blocks, offsets, output, rows);
        if (TShape.Activation == Activation.Linear) return;
        var step = new ForwardStep<TShape>(output);
        ColumnSweep.Run<TLanes, ForwardStep<TShape>>(ref step, 0, rows * TShape.Units);
    }

    [MethodImpl(KernelCompilation.Loop)]
    private static void Product<TShape, TLanes>(in HostBlocks<float> blocks, in DenseOffsets offsets, float* output, int rows)
        where TShape : struct, IDenseShape
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var bias = HasBias<TShape>(offsets) ? blocks.Parameters + offsets.Bias : null;
        var input = blocks.Activations + offsets.Input;
        if (TShape.Units == 1)
        {
            for (var row = 0; row < rows; row++, input += TShape.Inputs)
                output[row] = DotProduct.Run<TLanes>(bias == null ? 0 : *bias, input, blocks.Parameters + offsets.Kernel, TShape.Inputs);
        }
        else if (rows == 1)
        {
            new RowProduct
            {
                Result = output,
                Start = bias,
                Left = input,
                Right = blocks.Parameters + offsets.Kernel,
                Columns = TShape.Units,
                Depth = TShape.Inputs,
            }.Run<TLanes>();
        }
        else
        {
            new MatrixProduct
            {
                Result = output,
                ResultStride = TShape.Units,
                Start = bias,
                StartStride = 0,
                Left = input,
                LeftRowStride = TShape.Inputs,
                LeftDepthStride = 1,
                Panels = blocks.Packed!.Matrix(offsets.Kernel).Panels,
                Rows = rows,
                Columns = TShape.Units,
                Depth = TShape.Inputs,
            }.Run<TLanes>();
        }
    }

    /// <summary>Runs the layer's backward pass.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Backward<TShape, TLanes>(in HostBlocks<float> blocks, in DenseOffsets offsets, int rows)
        where TShape : struct, IDenseShape
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var gradient = blocks.Activations + offsets.OutputGradient;
        if (TShape.Activation != Activation.Linear)
        {
            var step = new BackwardStep<TShape>(blocks.Activations + offsets.Output, gradient);
            ColumnSweep.Run<TLanes, BackwardStep<TShape>>(ref step, 0, rows * TShape.Units);
        }
        if (offsets.InputGradient < 0) return;
        new MatrixProduct
        {
            Result = blocks.Activations + offsets.InputGradient,
            ResultStride = TShape.Inputs,
            Start = null,
            StartStride = 0,
            Left = gradient,
            LeftRowStride = TShape.Units,
            LeftDepthStride = 1,
            Panels = blocks.Packed!.Matrix(offsets.Kernel).TransposedPanels,
            Rows = rows,
            Columns = TShape.Inputs,
            Depth = TShape.Units,
        }.Run<TLanes>();
    }

    /// <summary>Adds this share of the gradients of the weights.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Gradients<TShape, TLanes>(in HostBlocks<float> blocks, in DenseOffsets offsets, int rows)
        where TShape : struct, IDenseShape
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var hasBias = HasBias<TShape>(offsets);
        var share = new GradientShare(blocks, GradientShare.KernelRows(TShape.Inputs, TShape.Units), hasBias ? 1 : 0);
        var gradient = blocks.Activations + offsets.OutputGradient;
        share.AddKernel<TLanes>(
            blocks.Gradients + offsets.Kernel, blocks.Activations + offsets.Input, TShape.Inputs, gradient, TShape.Units, rows);
        if (hasBias) share.AddBias<TLanes>(blocks.Gradients + offsets.Bias, gradient, TShape.Units, rows);
    }

    private static bool HasBias<TShape>(in DenseOffsets offsets) where TShape : struct, IDenseShape => TShape.UseBias && offsets.Bias >= 0;

    private readonly struct ForwardStep<TShape>(float* output) : IColumnStep where TShape : struct, IDenseShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes> =>
            TLanes.Store(Activations.Apply(TShape.Activation, TLanes.Load(output + column)), output + column);
    }

    private readonly struct BackwardStep<TShape>(float* output, float* gradient) : IColumnStep where TShape : struct, IDenseShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            var derivative = Activations.Derivative(TShape.Activation, TLanes.Load(output + column));
            TLanes.Store(TLanes.Load(gradient + column) * derivative, gradient + column);
        }
    }
}
