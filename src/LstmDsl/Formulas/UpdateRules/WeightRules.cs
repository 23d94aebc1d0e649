using System.Runtime.CompilerServices;

namespace LstmDsl.CompilerServices;

/// <summary>w −= w · decay · rate.</summary>
internal readonly struct DecayRule(double decay, double rate) : IUpdateRule
{
    public static int SlotCount => 0;

    public static bool WritesGradient => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes> => weight -= weight * TLanes.Constant(decay) * TLanes.Constant(rate);
}

/// <summary>w −= rate · g: plain gradient descent, and the end of updates that have made the gradient their step.</summary>
internal readonly struct DescentRule(double rate) : IUpdateRule
{
    public static int SlotCount => 0;

    public static bool WritesGradient => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes> => weight -= TLanes.Constant(rate) * gradient;
}

/// <summary>w̄ = μ · w̄ + (1 − μ) · w.</summary>
internal readonly struct AverageRule(double momentum) : IUpdateRule
{
    public static int SlotCount => 1;

    public static bool WritesGradient => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes> =>
        slot0 = (TLanes.Constant(momentum) * slot0) + (TLanes.Constant(1 - momentum) * weight);
}

/// <summary>w = μ · w + (1 − μ) · g: a moving average in the place of a weight, and what it follows in that of its gradient.</summary>
internal readonly struct MovingAverageRule(double momentum) : IUpdateRule
{
    public static int SlotCount => 0;

    public static bool WritesGradient => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes> =>
        weight = (TLanes.Constant(momentum) * weight) + (TLanes.Constant(1 - momentum) * gradient);
}

/// <summary>w = w̄.</summary>
internal readonly struct TakeAverageRule : IUpdateRule
{
    public static int SlotCount => 1;

    public static bool WritesGradient => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes> => weight = slot0;
}
