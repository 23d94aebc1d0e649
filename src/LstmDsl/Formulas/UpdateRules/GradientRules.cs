using System.Runtime.CompilerServices;

namespace LstmDsl.CompilerServices;

/// <summary>Keeps a gradient for a later update: Σ += g.</summary>
internal readonly struct AccumulateRule : IUpdateRule
{
    public static int SlotCount => 1;

    public static bool WritesGradient => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes> => slot0 += gradient;
}

/// <summary>Ends an accumulation: g = (g + Σ) / n, Σ = 0.</summary>
internal readonly struct MeanGradientRule(int batches) : IUpdateRule
{
    public static int SlotCount => 1;

    public static bool WritesGradient => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        gradient = (gradient + slot0) / TLanes.Constant(batches);
        slot0 = TLanes.Constant(0);
    }
}

/// <summary>g = g · factor / divisor: one rounding each, as Keras clips by a norm.</summary>
internal readonly struct ScaleGradientRule(double factor, double divisor) : IUpdateRule
{
    public static int SlotCount => 0;

    public static bool WritesGradient => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes> => gradient = gradient * TLanes.Constant(factor) / TLanes.Constant(divisor);
}

/// <summary>g = min(max(g, −limit), limit).</summary>
internal readonly struct ClampGradientRule(double limit) : IUpdateRule
{
    public static int SlotCount => 0;

    public static bool WritesGradient => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes> =>
        gradient = TLanes.Min(TLanes.Max(gradient, TLanes.Constant(-limit)), TLanes.Constant(limit));
}
