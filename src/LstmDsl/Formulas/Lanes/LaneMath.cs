using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>What formulas of several kinds compute with.</summary>
internal static class LaneMath
{
    /// <summary>Keras's <c>epsilon()</c>: what keeps logarithms and quotients finite.</summary>
    public const double Epsilon = 1e-7;

    /// <summary>The sign: 0 of 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Sign<TLanes>(TLanes x) where TLanes : unmanaged, ILanes<TLanes>
    {
        var zero = TLanes.Constant(0);
        return TLanes.WherePositive(x, TLanes.Constant(1), TLanes.WherePositive(zero - x, TLanes.Constant(-1), zero));
    }

    /// <summary>x within bounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Between<TLanes>(TLanes x, double low, double high) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Min(TLanes.Max(x, TLanes.Constant(low)), TLanes.Constant(high));
}
