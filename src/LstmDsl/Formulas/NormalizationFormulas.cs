using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>The formulas of normalisation, for one number or a vector of numbers that share their moments.</summary>
internal static class NormalizationFormulas
{
    /// <summary>1 / √(v + ε): one over the deviation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Scale(double variance, double epsilon) => 1 / Math.Sqrt(variance + epsilon);

    /// <summary>x̂ = (x − μ) / √(v + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Normalize<TLanes>(TLanes x, TLanes mean, TLanes scale) where TLanes : unmanaged, ILanes<TLanes> =>
        (x - mean) * scale;

    /// <summary>(g − mean g − x̂ · mean g·x̂) / √(v + ε): the gradient of x from that of x̂, and means over what is normalised.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Backward<TLanes>(TLanes received, TLanes normalized, TLanes average, TLanes averageProduct, TLanes scale)
        where TLanes : unmanaged, ILanes<TLanes> =>
        (received - average - (normalized * averageProduct)) * scale;
}
