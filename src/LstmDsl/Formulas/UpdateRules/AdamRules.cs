using System.Runtime.CompilerServices;

namespace LstmDsl.CompilerServices;

/// <summary>m += (g − m)(1 − β₁); v += (g² − v)(1 − β₂); w −= m · rate / (√v + ε).</summary>
internal readonly struct AdamRule(double rate, double beta1, double beta2, double epsilon) : IUpdateRule
{
    public static int SlotCount => 2;

    public static bool WritesGradient => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        slot0 += (gradient - slot0) * TLanes.Constant(1 - beta1);
        slot1 += ((gradient * gradient) - slot1) * TLanes.Constant(1 - beta2);
        weight -= slot0 * TLanes.Constant(rate) / (TLanes.Sqrt(slot1) + TLanes.Constant(epsilon));
    }
}

/// <summary>The same with the largest v so far in the root.</summary>
internal readonly struct AmsGradRule(double rate, double beta1, double beta2, double epsilon) : IUpdateRule
{
    public static int SlotCount => 3;

    public static bool WritesGradient => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        slot0 += (gradient - slot0) * TLanes.Constant(1 - beta1);
        slot1 += ((gradient * gradient) - slot1) * TLanes.Constant(1 - beta2);
        slot2 = TLanes.Max(slot2, slot1);
        weight -= slot0 * TLanes.Constant(rate) / (TLanes.Sqrt(slot2) + TLanes.Constant(epsilon));
    }
}
