using System.Runtime.CompilerServices;

namespace LstmDsl.CompilerServices;

/// <summary>What several losses compute with.</summary>
internal static class LossMath
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
    public static TLanes Clip<TLanes>(TLanes x, double low, double high) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Min(TLanes.Max(x, TLanes.Constant(low)), TLanes.Constant(high));

    /// <summary>The derivative where <see cref="Clip"/> leaves x as it is, else 0.</summary>
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
        _ => TLanes.Exp(TLanes.Constant(exponent) * TLanes.Log(TLanes.Max(x, TLanes.Constant(Epsilon)))),
    };

    /// <summary>1 in the lanes where a number is that whole number, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes IsIndex<TLanes>(TLanes number, int index) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.WherePositive(TLanes.Constant(0.5) - TLanes.Abs(number - TLanes.Constant(index)), TLanes.Constant(1), TLanes.Constant(0));
}
