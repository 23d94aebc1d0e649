using System.Runtime.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.CompilerServices;

/// <summary>What several losses compute with.</summary>
internal static class LossMath
{
    /// <summary>The derivative where <see cref="LaneMath.Between"/> leaves x as it is, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes WhereInside<TLanes>(TLanes x, double low, double high, TLanes derivative) where TLanes : unmanaged, ILanes<TLanes>
    {
        var zero = TLanes.Constant(0);
        var below = TLanes.WherePositive(TLanes.Constant(low) - x, zero, derivative);
        return TLanes.WherePositive(x - TLanes.Constant(high), zero, below);
    }

    /// <summary>x to a power, for x from 0 on; 0 counts as the smallest number that keeps negative powers finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Power<TLanes>(TLanes x, double exponent) where TLanes : unmanaged, ILanes<TLanes> => exponent switch
    {
        0 => TLanes.Constant(1),
        1 => x,
        2 => x * x,
        _ => TLanes.Exp(TLanes.Constant(exponent) * TLanes.Log(TLanes.Max(x, TLanes.Constant(LaneMath.Epsilon)))),
    };

    /// <summary>1 in the lanes where a number is that whole number, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes IsIndex<TLanes>(TLanes number, int index) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.WherePositive(TLanes.Constant(0.5) - TLanes.Abs(number - TLanes.Constant(index)), TLanes.Constant(1), TLanes.Constant(0));
}
