using System.Runtime.CompilerServices;

namespace LstmDsl.CompilerServices;

/// <summary>target·prediction: what both have.</summary>
internal readonly struct SharedTerm : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> => target * prediction;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> => target;
}

/// <summary>The target alone.</summary>
internal readonly struct TargetTerm : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> => target;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> => TLanes.Constant(0);
}

/// <summary>The prediction alone.</summary>
internal readonly struct PredictionTerm : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> => prediction;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> => TLanes.Constant(1);
}

/// <summary>
/// slope·target·prediction + offset·prediction: its derivative is that of a function of the three sums, once these are known.
/// </summary>
internal readonly struct OverlapSlope(double slope, double offset) : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        prediction * Derivative(target, prediction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        (TLanes.Constant(slope) * target) + TLanes.Constant(offset);
}
