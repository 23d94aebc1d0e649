using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Marks padding in a block of n samples.
/// <code>
/// x, y (T, n, u)   m (T, n)
/// forward     m is 0 where all of a row of x equal the mask value, else 1;   y = m·x
/// backward    dx = m·dy
/// </code>
/// </summary>
internal static unsafe class MaskingKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>x → m, y.</summary>
    public static void Forward<TShape>(in HostBlocks<T> blocks, in WeightlessOffsets offsets, int rows) where TShape : struct, IMaskingShape
    {
        var mask = blocks.Activations + offsets.Mask;
        for (var row = 0; row < rows; row++)
        {
            var values = new HostNumbers<T>(blocks.Activations + offsets.Input + (row * TShape.Units), TShape.Units);
            mask[row] = MaskingFormulas.Mask<HostNumbers<T>, Scalar<T>>(values, TShape.MaskValue).Value;
        }

        Multiply(mask, blocks.Activations + offsets.Input, blocks.Activations + offsets.Output, rows, TShape.Units);
    }

    /// <summary>dy → dx.</summary>
    public static void Backward<TShape>(in HostBlocks<T> blocks, in WeightlessOffsets offsets, int rows)
        where TShape : struct, IMaskingShape
    {
        if (offsets.InputGradient < 0)
            return;
        Multiply(
            blocks.Activations + offsets.Mask, blocks.Activations + offsets.OutputGradient, blocks.Activations + offsets.InputGradient,
            rows, TShape.Units);
    }

    private static void Multiply(T* mask, T* source, T* destination, int rows, int units)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var unit = row * units; unit < (row + 1) * units; unit++)
                destination[unit] = mask[row] * source[unit];
        }
    }
}
