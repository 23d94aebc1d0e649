using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The formulas of layers that map each feature by two numbers, in the order of Keras's <c>Normalization.call</c> and
/// <c>Rescaling.call</c>.
/// </summary>
internal static class AffineFormulas
{
    /// <summary>A factor that stands as a number, or as a variance v: max(√v, ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Factor<TLanes>(TLanes number, bool isVariance) where TLanes : unmanaged, ILanes<TLanes> =>
        isVariance ? TLanes.Max(TLanes.Sqrt(number), TLanes.Constant(LaneMath.Epsilon)) : number;

    /// <summary>x·factor + addend, or (x − addend) / factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Forward<TLanes>(TLanes x, TLanes factor, TLanes addend, bool divides) where TLanes : unmanaged, ILanes<TLanes> =>
        divides ? (x - addend) / factor : (x * factor) + addend;

    /// <summary>The gradient of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Backward<TLanes>(TLanes received, TLanes factor, bool divides) where TLanes : unmanaged, ILanes<TLanes> =>
        divides ? received / factor : received * factor;
}
