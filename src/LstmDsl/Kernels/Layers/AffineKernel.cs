using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Maps each feature by two numbers: constants, or weights that are not trained.
/// <code>
/// x, y (rows, u)   a, b (u): factors, of which variances v make max(√v, ε), and addends
/// forward     y = a·x + b     or     y = (x − b) / a
/// backward    dx = a·dy       or     dx = dy / a
/// </code>
/// </summary>
internal static unsafe class AffineKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>x → y.</summary>
    public static void Forward<TShape>(in HostBlocks<T> blocks, in AffineOffsets offsets, int rows) where TShape : struct, IAffineShape
    {
        var input = blocks.Activations + offsets.Input;
        var output = blocks.Activations + offsets.Output;
        for (var unit = 0; unit < TShape.Units; unit++)
        {
            var (factor, addend) = Numbers<TShape>(blocks, offsets, unit);
            for (var place = unit; place < rows * TShape.Units; place += TShape.Units)
                output[place] = AffineFormulas.Forward<Scalar<T>>(input[place], factor, addend, TShape.Divides).Value;
        }
    }

    /// <summary>dy → dx.</summary>
    public static void Backward<TShape>(in HostBlocks<T> blocks, in AffineOffsets offsets, int rows) where TShape : struct, IAffineShape
    {
        if (offsets.InputGradient < 0)
            return;

        var received = blocks.Activations + offsets.OutputGradient;
        var gradient = blocks.Activations + offsets.InputGradient;
        for (var unit = 0; unit < TShape.Units; unit++)
        {
            var (factor, _) = Numbers<TShape>(blocks, offsets, unit);
            for (var place = unit; place < rows * TShape.Units; place += TShape.Units)
                gradient[place] = AffineFormulas.Backward<Scalar<T>>(received[place], factor, TShape.Divides).Value;
        }
    }

    /// <summary>A feature's factor and addend.</summary>
    private static (Scalar<T> Factor, Scalar<T> Addend) Numbers<TShape>(in HostBlocks<T> blocks, in AffineOffsets offsets, int unit)
        where TShape : struct, IAffineShape
    {
        var place = TShape.SharesWeights ? 0 : unit;
        Scalar<T> factor = offsets.Variance < 0 ? T.CreateTruncating(TShape.Factor(unit)) : blocks.Parameters[offsets.Variance + place];
        Scalar<T> addend = offsets.Mean < 0 ? T.CreateTruncating(TShape.Addend(unit)) : blocks.Parameters[offsets.Mean + place];
        return (AffineFormulas.Factor(factor, TShape.TakesVariances), addend);
    }
}
