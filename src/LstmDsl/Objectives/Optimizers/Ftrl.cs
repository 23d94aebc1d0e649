using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Follow the regularized leader (McMahan and others, 2013), as <c>keras.optimizers.Ftrl</c>, p being the negative learning rate power:
/// n′ = n + g²; z += g + 2·λ·w − (n′ᵖ − nᵖ)/η · w; w = (min(max(z, −l₁), l₁) − z) / (n′ᵖ/η + 2·(l₂ + β/(2η))); n = n′.
/// </summary>
/// <remarks>Where a weight has no gradient yet and its accumulator began at 0, Keras divides 0 by 0; here the weight is 0.</remarks>
public sealed record Ftrl : Optimizer
{
    private readonly double learningRatePower;
    private readonly double initialAccumulatorValue;
    private readonly double l1;
    private readonly double l2;
    private readonly double l2Shrinkage;
    private readonly double beta;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, a number above 0 or a schedule; 0.001 where it is not given.</param>
    /// <param name="learningRatePower">How the rate falls as n grows, −p; at most 0, which keeps it fixed.</param>
    /// <param name="initialAccumulatorValue">What n is before the first step; not below 0.</param>
    /// <param name="l1">l₁, which makes small weights 0; not below 0.</param>
    /// <param name="l2">l₂, which holds weights near 0; not below 0.</param>
    /// <param name="l2Shrinkage">λ, a penalty on the weights' squares; not below 0.</param>
    /// <param name="beta">β; not below 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Ftrl(
        Schedule? learningRate = null,
        double learningRatePower = -0.5,
        double initialAccumulatorValue = 0.1,
        double l1 = 0,
        double l2 = 0,
        double l2Shrinkage = 0,
        double beta = 0)
        : base(learningRate ?? 0.001)
    {
        this.learningRatePower = CheckNotPositive(learningRatePower, nameof(learningRatePower));
        this.initialAccumulatorValue = CheckNotNegative(initialAccumulatorValue, nameof(initialAccumulatorValue));
        this.l1 = CheckNotNegative(l1, nameof(l1));
        this.l2 = CheckNotNegative(l2, nameof(l2));
        this.l2Shrinkage = CheckNotNegative(l2Shrinkage, nameof(l2Shrinkage));
        this.beta = CheckNotNegative(beta, nameof(beta));
    }

    /// <summary>How the rate falls as n grows, −p.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is above 0.</exception>
    public double LearningRatePower
    {
        get => learningRatePower;
        init => learningRatePower = CheckNotPositive(value, nameof(LearningRatePower));
    }

    /// <summary>What n is before the first step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0.</exception>
    public double InitialAccumulatorValue
    {
        get => initialAccumulatorValue;
        init => initialAccumulatorValue = CheckNotNegative(value, nameof(InitialAccumulatorValue));
    }

    /// <summary>l₁, which makes small weights 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0.</exception>
    public double L1
    {
        get => l1;
        init => l1 = CheckNotNegative(value, nameof(L1));
    }

    /// <summary>l₂, which holds weights near 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0.</exception>
    public double L2
    {
        get => l2;
        init => l2 = CheckNotNegative(value, nameof(L2));
    }

    /// <summary>λ, a penalty on the weights' squares.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0.</exception>
    public double L2Shrinkage
    {
        get => l2Shrinkage;
        init => l2Shrinkage = CheckNotNegative(value, nameof(L2Shrinkage));
    }

    /// <summary>β.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0.</exception>
    public double Beta
    {
        get => beta;
        init => beta = CheckNotNegative(value, nameof(Beta));
    }

    /// <inheritdoc/>
    public override string Name => "ftrl";

    /// <inheritdoc/>
    internal override IReadOnlyList<string> OwnSlots => ["accumulator", "linear"];

    /// <inheritdoc/>
    internal override IEnumerable<(string Name, double Value)> OwnHyperParameters =>
    [
        ("learning_rate_power", LearningRatePower),
        ("initial_accumulator_value", InitialAccumulatorValue),
        ("l1_regularization_strength", L1),
        ("l2_regularization_strength", L2),
        ("l2_shrinkage_regularization_strength", L2Shrinkage),
        ("beta", Beta),
    ];

    /// <inheritdoc/>
    internal override double InitialValue(int slot) => slot == 0 ? InitialAccumulatorValue : 0;

    /// <inheritdoc/>
    internal override void Step<TBackend>(ref TBackend backend, in UpdateStep step, in UpdateRegion region)
    {
        var l2 = 2 * (L2 + (Beta / (2 * step.LearningRate)));
        backend.Update(new Rule(step.LearningRate, -LearningRatePower, L1, l2, 2 * L2Shrinkage), 0, region.From, region.To);
    }

    private static double CheckNotPositive(double value, string name) =>
        double.IsFinite(value) && value <= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must not be above 0.");

    internal readonly struct Rule(double rate, double power, double l1, double l2, double shrinkage) : IUpdateRule
    {
        public static int SlotCount => 2;

        public static bool WritesGradient => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : unmanaged, ILanes<TLanes>
        {
            var (zero, eta, limit) = (TLanes.Constant(0), TLanes.Constant(rate), TLanes.Constant(l1));
            var before = Power(slot0);
            slot0 += gradient * gradient;
            var after = Power(slot0);
            slot1 += gradient + (TLanes.Constant(shrinkage) * weight) - ((after - before) / eta * weight);
            var divisor = (after / eta) + TLanes.Constant(l2);
            var clipped = TLanes.Min(TLanes.Max(slot1, zero - limit), limit);
            weight = TLanes.WherePositive(divisor, (clipped - slot1) / divisor, zero);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TLanes Power<TLanes>(TLanes value) where TLanes : unmanaged, ILanes<TLanes>
        {
            if (power == 0.5)
                return TLanes.Sqrt(value);
            return power == 0 ? TLanes.Constant(1) : TLanes.Exp(TLanes.Constant(power) * TLanes.Log(value));
        }
    }
}
