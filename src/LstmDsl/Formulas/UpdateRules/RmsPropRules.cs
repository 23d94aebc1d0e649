using System.Runtime.CompilerServices;

namespace LstmDsl.CompilerServices;

/// <summary>The moments of RMSprop and the step that they give, which its four rules share.</summary>
internal readonly struct RmsPropStep(double rate, double rho, double epsilon)
{
    /// <summary>v = ρ·v + (1 − ρ)·g²; η·g / √(v + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Plain<TLanes>(TLanes gradient, ref TLanes square) where TLanes : unmanaged, ILanes<TLanes>
    {
        square = Mean(square, gradient * gradient);
        return TLanes.Constant(rate) * gradient / TLanes.Sqrt(square + TLanes.Constant(epsilon));
    }

    /// <summary>ḡ = ρ·ḡ + (1 − ρ)·g too; η·g / √(v − ḡ² + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Centered<TLanes>(TLanes gradient, ref TLanes square, ref TLanes average) where TLanes : unmanaged, ILanes<TLanes>
    {
        square = Mean(square, gradient * gradient);
        average = Mean(average, gradient);
        return TLanes.Constant(rate) * gradient / TLanes.Sqrt(square - (average * average) + TLanes.Constant(epsilon));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Mean<TLanes>(TLanes mean, TLanes value) where TLanes : unmanaged, ILanes<TLanes> =>
        (TLanes.Constant(rho) * mean) + (TLanes.Constant(1 - rho) * value);
}

/// <summary>w −= s.</summary>
internal readonly struct RmsPropRule(double rate, double rho, double epsilon) : IUpdateRule
{
    private readonly RmsPropStep step = new(rate, rho, epsilon);

    public static int SlotCount => 1;

    public static bool WritesGradient => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes> => weight -= step.Plain(gradient, ref slot0);
}

/// <summary>b = μ·b + s; w −= b.</summary>
internal readonly struct RmsPropMomentumRule(double rate, double rho, double epsilon, double momentum) : IUpdateRule
{
    private readonly RmsPropStep step = new(rate, rho, epsilon);

    public static int SlotCount => 2;

    public static bool WritesGradient => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        slot1 = (TLanes.Constant(momentum) * slot1) + step.Plain(gradient, ref slot0);
        weight -= slot1;
    }
}

/// <summary>w −= s of the centred moments.</summary>
internal readonly struct CenteredRmsPropRule(double rate, double rho, double epsilon) : IUpdateRule
{
    private readonly RmsPropStep step = new(rate, rho, epsilon);

    public static int SlotCount => 2;

    public static bool WritesGradient => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes> => weight -= step.Centered(gradient, ref slot0, ref slot1);
}

/// <summary>b = μ·b + s of the centred moments; w −= b.</summary>
internal readonly struct CenteredRmsPropMomentumRule(double rate, double rho, double epsilon, double momentum) : IUpdateRule
{
    private readonly RmsPropStep step = new(rate, rho, epsilon);

    public static int SlotCount => 3;

    public static bool WritesGradient => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        slot2 = (TLanes.Constant(momentum) * slot2) + step.Centered(gradient, ref slot0, ref slot1);
        weight -= slot2;
    }
}
