using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Which rows are padding.</summary>
internal static class MaskingFormulas
{
    /// <summary>0 where all numbers of a row equal the mask value, else 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TNumber Mask<TNumbers, TNumber>(TNumbers row, double maskValue)
        where TNumbers : struct, INumbers<TNumber>
        where TNumber : unmanaged, IOneLane<TNumber>
    {
        var padding = TNumber.ToDouble(TNumber.Constant(maskValue));
        for (var place = 0; place < row.Length; place++)
        {
            if (TNumber.ToDouble(row[place]) != padding)
                return TNumber.Constant(1);
        }

        return TNumber.Constant(0);
    }
}
