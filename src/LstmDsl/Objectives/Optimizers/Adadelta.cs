using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Adadelta (Zeiler, 2012), as <c>keras.optimizers.Adadelta</c>: a = ρ·a + (1 − ρ)·g²; s = g·√(d + ε) / √(a + ε); d = ρ·d + (1 − ρ)·s²;
/// w −= η·s.
/// </summary>
public sealed record Adadelta : Optimizer
{
    private readonly double rho;
    private readonly double epsilon;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, a number above 0 or a schedule; 0.001 where it is not given, while the paper's is 1.</param>
    /// <param name="rho">ρ, how much of the means is kept; from 0 to below 1.</param>
    /// <param name="epsilon">ε; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Adadelta(Schedule? learningRate = null, double rho = 0.95, double epsilon = 1e-7) : base(learningRate ?? 0.001)
    {
        this.rho = CheckFraction(rho, nameof(rho));
        this.epsilon = CheckPositive(epsilon, nameof(epsilon));
    }

    /// <summary>ρ, how much of the means is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0, or 1 or more.</exception>
    public double Rho
    {
        get => rho;
        init => rho = CheckFraction(value, nameof(Rho));
    }

    /// <summary>ε, added inside the roots.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0.</exception>
    public double Epsilon
    {
        get => epsilon;
        init => epsilon = CheckPositive(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    public override string Name => "adadelta";

    /// <inheritdoc/>
    internal override IReadOnlyList<string> OwnSlots => ["accumulated_grad", "accumulated_delta_var"];

    /// <inheritdoc/>
    internal override IEnumerable<(string Name, double Value)> OwnHyperParameters => [("rho", Rho), ("epsilon", Epsilon)];

    /// <inheritdoc/>
    internal override void Step<TBackend>(ref TBackend backend, in UpdateStep step, in UpdateRegion region) =>
        backend.Update(new Rule(step.LearningRate, Rho, Epsilon), 0, region.From, region.To);

    internal readonly struct Rule(double rate, double rho, double epsilon) : IUpdateRule
    {
        public static int SlotCount => 2;

        public static bool WritesGradient => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : unmanaged, ILanes<TLanes>
        {
            var (keep, take, small) = (TLanes.Constant(rho), TLanes.Constant(1 - rho), TLanes.Constant(epsilon));
            slot0 = (keep * slot0) + (take * (gradient * gradient));
            var delta = TLanes.Sqrt(slot1 + small) * gradient / TLanes.Sqrt(slot0 + small);
            slot1 = (keep * slot1) + (take * (delta * delta));
            weight -= TLanes.Constant(rate) * delta;
        }
    }
}
