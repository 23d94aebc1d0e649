using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>What Adam and its relatives have in common: β₁, β₂ and ε.</summary>
public abstract record AdamOptimizer : Optimizer
{
    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;

    private protected AdamOptimizer(Schedule? learningRate, double beta1, double beta2, double epsilon) : base(learningRate ?? 0.001)
    {
        this.beta1 = CheckFraction(beta1, nameof(beta1));
        this.beta2 = CheckFraction(beta2, nameof(beta2));
        this.epsilon = CheckPositive(epsilon, nameof(epsilon));
    }

    /// <summary>β₁, how much of the mean gradient is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0, or 1 or more.</exception>
    public double Beta1
    {
        get => beta1;
        init => beta1 = CheckFraction(value, nameof(Beta1));
    }

    /// <summary>β₂, how much of the mean square (of Adamax's norm) is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0, or 1 or more.</exception>
    public double Beta2
    {
        get => beta2;
        init => beta2 = CheckFraction(value, nameof(Beta2));
    }

    /// <summary>ε, which keeps divisors from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0.</exception>
    public double Epsilon
    {
        get => epsilon;
        init => epsilon = CheckPositive(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<string> OwnSlots => ["momentum", "velocity"];

    /// <inheritdoc/>
    internal override IEnumerable<(string Name, double Value)> OwnHyperParameters =>
        [("beta_1", Beta1), ("beta_2", Beta2), ("epsilon", Epsilon)];

    /// <summary>
    /// 1 − βᵗ. Keras takes β as float32 holds it, whatever the precision of the weights; at the first step that is 2e-7 of the rate.
    /// </summary>
    private protected static double Correction(double beta, long iteration) => 1 - Math.Pow((float)beta, iteration);

    /// <summary>The step of <see cref="Adam"/> and <see cref="AdamW"/>.</summary>
    private protected void AdamStep<TBackend>(ref TBackend backend, in UpdateStep step, in UpdateRegion region, bool amsGrad)
        where TBackend : struct, ITrainingBackend
    {
        var rate = step.LearningRate * (Math.Sqrt(Correction(Beta2, step.Iteration)) / Correction(Beta1, step.Iteration));
        if (amsGrad)
            backend.Update(new AmsGradRule(rate, Beta1, Beta2, Epsilon), 0, region.From, region.To);
        else
            backend.Update(new AdamRule(rate, Beta1, Beta2, Epsilon), 0, region.From, region.To);
    }
}
