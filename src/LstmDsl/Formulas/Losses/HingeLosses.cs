using System.Runtime.CompilerServices;

namespace LstmDsl.CompilerServices;

/// <summary>max(0, 1 − label·prediction), with labels −1 and 1.</summary>
internal readonly struct HingeError : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Max(HingeLabels.Shortfall(target, prediction), TLanes.Constant(0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var zero = TLanes.Constant(0);
        return TLanes.WherePositive(HingeLabels.Shortfall(target, prediction), zero - HingeLabels.Signed(target), zero);
    }
}

/// <summary>The square of the hinge.</summary>
internal readonly struct SquaredHingeError : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var shortfall = TLanes.Max(HingeLabels.Shortfall(target, prediction), TLanes.Constant(0));
        return shortfall * shortfall;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Constant(-2) * HingeLabels.Signed(target) * TLanes.Max(HingeLabels.Shortfall(target, prediction), TLanes.Constant(0));
}

/// <summary>
/// Labels −1 and 1. A 0 counts as −1, label by label, so that what a sample costs does not depend on its batch; Keras turns labels of 0
/// and 1 round where a whole batch holds no others.
/// </summary>
internal static class HingeLabels
{
    /// <summary>The label, −1 where it is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Signed<TLanes>(TLanes target) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.WherePositive(TLanes.Abs(target), target, TLanes.Constant(-1));

    /// <summary>1 − label·prediction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Shortfall<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Constant(1) - (Signed(target) * prediction);
}
