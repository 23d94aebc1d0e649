using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Adagrad (Duchi, Hazan and Singer, 2011), as <c>keras.optimizers.Adagrad</c>: a += g²; w −= η·g / √(a + ε), ε inside the root.
/// </summary>
public sealed record Adagrad : Optimizer
{
    private readonly double initialAccumulatorValue;
    private readonly double epsilon;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, a number above 0 or a schedule; 0.001 where it is not given.</param>
    /// <param name="initialAccumulatorValue">What a is before the first step; not below 0.</param>
    /// <param name="epsilon">ε; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Adagrad(Schedule? learningRate = null, double initialAccumulatorValue = 0.1, double epsilon = 1e-7) : base(learningRate ?? 0.001)
    {
        this.initialAccumulatorValue = CheckNotNegative(initialAccumulatorValue, nameof(initialAccumulatorValue));
        this.epsilon = CheckPositive(epsilon, nameof(epsilon));
    }

    /// <summary>What a is before the first step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0.</exception>
    public double InitialAccumulatorValue
    {
        get => initialAccumulatorValue;
        init => initialAccumulatorValue = CheckNotNegative(value, nameof(InitialAccumulatorValue));
    }

    /// <summary>ε, added inside the root.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0.</exception>
    public double Epsilon
    {
        get => epsilon;
        init => epsilon = CheckPositive(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    public override string Name => "adagrad";

    /// <inheritdoc/>
    internal override IReadOnlyList<string> OwnSlots => ["accumulator"];

    /// <inheritdoc/>
    internal override IEnumerable<(string Name, double Value)> OwnHyperParameters =>
        [("initial_accumulator_value", InitialAccumulatorValue), ("epsilon", Epsilon)];

    /// <inheritdoc/>
    internal override double InitialValue(int slot) => slot == 0 ? InitialAccumulatorValue : 0;

    /// <inheritdoc/>
    internal override void Step<TBackend>(ref TBackend backend, in UpdateStep step, in UpdateRegion region) =>
        backend.Update(new Rule(step.LearningRate, Epsilon), 0, region.From, region.To);

    internal readonly struct Rule(double rate, double epsilon) : IUpdateRule
    {
        public static int SlotCount => 1;

        public static bool WritesGradient => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : unmanaged, ILanes<TLanes>
        {
            slot0 += gradient * gradient;
            weight -= TLanes.Constant(rate) * gradient / TLanes.Sqrt(slot0 + TLanes.Constant(epsilon));
        }
    }
}
