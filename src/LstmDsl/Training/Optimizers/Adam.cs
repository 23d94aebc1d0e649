using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Adam (Kingma and Ba, 2015), as <c>keras.optimizers.Adam</c>: m = β₁·m + (1 − β₁)·g; v = β₂·v + (1 − β₂)·g²;
/// w −= η·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε), ε added to the uncorrected root.
/// </summary>
public sealed record Adam : Optimizer
{
    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η; above 0.</param>
    /// <param name="beta1">β₁, how much of the mean gradient is kept; from 0 to below 1.</param>
    /// <param name="beta2">β₂, how much of the mean square is kept; from 0 to below 1.</param>
    /// <param name="epsilon">ε; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Adam(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7) : base(learningRate)
    {
        this.beta1 = CheckFraction(beta1, nameof(beta1));
        this.beta2 = CheckFraction(beta2, nameof(beta2));
        this.epsilon = CheckPositive(epsilon, nameof(epsilon));
    }

    /// <summary>β₁, how much of the mean gradient is kept.</summary>
    public double Beta1
    {
        get => beta1;
        init => beta1 = CheckFraction(value, nameof(Beta1));
    }

    /// <summary>β₂, how much of the mean square is kept.</summary>
    public double Beta2
    {
        get => beta2;
        init => beta2 = CheckFraction(value, nameof(Beta2));
    }

    /// <summary>ε, added to the root.</summary>
    public double Epsilon
    {
        get => epsilon;
        init => epsilon = CheckPositive(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    public override string Name => "adam";

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Slots => ["momentum", "velocity"];

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, double> HyperParameters => new Dictionary<string, double>
    {
        ["learning_rate"] = LearningRate,
        ["beta_1"] = Beta1,
        ["beta_2"] = Beta2,
        ["epsilon"] = Epsilon,
    };

    /// <inheritdoc/>
    internal override void Step<TBackend>(ref TBackend backend, long iteration, double learningRate, int from, int to)
    {
        // Keras takes the powers of β as float32 holds it, whatever the precision of the weights; at the first step that is 2e-7 of the rate.
        var correction = Math.Sqrt(1 - Math.Pow((float)Beta2, iteration)) / (1 - Math.Pow((float)Beta1, iteration));
        backend.Update(new Rule(learningRate * correction, Beta1, Beta2, Epsilon), from, to);
    }

    internal readonly struct Rule(double rate, double beta1, double beta2, double epsilon) : IUpdateRule
    {
        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes>(ref TLanes weight, TLanes gradient, ref TLanes slot0, ref TLanes slot1)
            where TLanes : unmanaged, ILanes<TLanes>
        {
            slot0 += (gradient - slot0) * TLanes.Constant(1 - beta1);
            slot1 += ((gradient * gradient) - slot1) * TLanes.Constant(1 - beta2);
            weight -= slot0 * TLanes.Constant(rate) / (TLanes.Sqrt(slot1) + TLanes.Constant(epsilon));
        }
    }
}
