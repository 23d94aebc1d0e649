using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The formulas of normalisation, for one number or a vector of numbers that share their moments. With g the gradient of x̂, by a layer
/// (Ba, Kiros and Hinton, 2016) or, with γ beside it, by a batch (Ioffe and Szegedy, 2015).
/// </summary>
internal static class NormalizationFormulas
{
    /// <summary>x̂ = (x − μ) / √(v + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Normalize<TLanes>(TLanes x, TLanes mean, TLanes scale) where TLanes : unmanaged, ILanes<TLanes> =>
        (x - mean) * scale;

    /// <summary>y = γ·x̂ + β.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Forward<TLanes>(TLanes normalized, TLanes gamma, TLanes beta) where TLanes : unmanaged, ILanes<TLanes> =>
        (normalized * gamma) + beta;

    /// <summary>dx = (g − mean g − x̂ · mean g·x̂) / √(v + ε), the means taken over a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Backward<TLanes>(TLanes received, TLanes normalized, TLanes average, TLanes averageProduct, TLanes scale)
        where TLanes : unmanaged, ILanes<TLanes> =>
        (received - average - (normalized * averageProduct)) * scale;

    /// <summary>What of dy goes to the moments of a batch, of which the number is one of so many: (Σ dy + x̂ · Σ dy·x̂) / N.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Share<TLanes>(TLanes normalized, TLanes sum, TLanes product, TLanes count)
        where TLanes : unmanaged, ILanes<TLanes> =>
        (sum + (normalized * product)) / count;

    /// <summary>dx = (dy − <see cref="Share"/>) · γ / √(v + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes BatchBackward<TLanes>(TLanes received, TLanes share, TLanes gamma, TLanes scale)
        where TLanes : unmanaged, ILanes<TLanes> =>
        (received - share) * gamma * scale;
}
