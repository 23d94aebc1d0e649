using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Lion (Chen and others, 2023), as <c>keras.optimizers.Lion</c>: w −= η·sign(β₁·m + (1 − β₁)·g); m = β₂·m + (1 − β₂)·g.
/// </summary>
public sealed record Lion : Optimizer
{
    private readonly double beta1;
    private readonly double beta2;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, a number above 0 or a schedule; 0.001 where it is not given. It should be lower than Adam's.</param>
    /// <param name="beta1">β₁, what the mean gradient counts for in a step; above 0 and at most 1.</param>
    /// <param name="beta2">β₂, how much of the mean gradient is kept; from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Lion(Schedule? learningRate = null, double beta1 = 0.9, double beta2 = 0.99) : base(learningRate ?? 0.001)
    {
        this.beta1 = CheckBeta1(beta1, nameof(beta1));
        this.beta2 = CheckFraction(beta2, nameof(beta2));
    }

    /// <summary>β₁, what the mean gradient counts for in a step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0, or above 1.</exception>
    public double Beta1
    {
        get => beta1;
        init => beta1 = CheckBeta1(value, nameof(Beta1));
    }

    /// <summary>β₂, how much of the mean gradient is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0, or 1 or more.</exception>
    public double Beta2
    {
        get => beta2;
        init => beta2 = CheckFraction(value, nameof(Beta2));
    }

    /// <inheritdoc/>
    public override string Name => "lion";

    /// <inheritdoc/>
    internal override IReadOnlyList<string> OwnSlots => ["momentum"];

    /// <inheritdoc/>
    internal override IEnumerable<(string Name, double Value)> OwnHyperParameters => [("beta_1", Beta1), ("beta_2", Beta2)];

    /// <inheritdoc/>
    internal override void Step<TBackend>(ref TBackend backend, in UpdateStep step, in UpdateRegion region) =>
        backend.Update(new Rule(step.LearningRate, Beta1, Beta2), 0, region.From, region.To);

    private static double CheckBeta1(double value, string name) =>
        value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0 and at most 1.");

    internal readonly struct Rule(double rate, double beta1, double beta2) : IUpdateRule
    {
        public static int SlotCount => 1;

        public static bool WritesGradient => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : unmanaged, ILanes<TLanes>
        {
            var zero = TLanes.Constant(0);
            var step = TLanes.Constant(rate);
            var direction = (TLanes.Constant(beta1) * slot0) + (TLanes.Constant(1 - beta1) * gradient);
            // What is neither above nor below 0 is 0, or NaN, which stays.
            weight -= TLanes.WherePositive(direction, step, TLanes.WherePositive(zero - direction, zero - step, direction));
            slot0 = (TLanes.Constant(beta2) * slot0) + (TLanes.Constant(1 - beta2) * gradient);
        }
    }
}
