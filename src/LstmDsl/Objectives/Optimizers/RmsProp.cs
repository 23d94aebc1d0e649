using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// RMSprop (Hinton, 2012), as <c>keras.optimizers.RMSprop</c>: v = ρ·v + (1 − ρ)·g²; s = η·g / √(v + ε), ε inside the root; w −= s. Centred,
/// the square of the mean gradient is taken off v in the root. With momentum b = μ·b + s; w −= b.
/// </summary>
public sealed record RmsProp : Optimizer
{
    private readonly double rho;
    private readonly double momentum;
    private readonly double epsilon;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, a number above 0 or a schedule; 0.001 where it is not given.</param>
    /// <param name="rho">ρ, how much of the mean square is kept; from 0 to below 1.</param>
    /// <param name="epsilon">ε; above 0.</param>
    /// <param name="momentum">μ, how much of the last step is kept; from 0 to below 1.</param>
    /// <param name="centered">Whether gradients are divided by their estimated variance rather than by their mean square.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public RmsProp(Schedule? learningRate = null, double rho = 0.9, double epsilon = 1e-7, double momentum = 0, bool centered = false)
        : base(learningRate ?? 0.001)
    {
        this.rho = CheckFraction(rho, nameof(rho));
        this.momentum = CheckFraction(momentum, nameof(momentum));
        this.epsilon = CheckPositive(epsilon, nameof(epsilon));
        Centered = centered;
    }

    /// <summary>ρ, how much of the mean square is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0, or 1 or more.</exception>
    public double Rho
    {
        get => rho;
        init => rho = CheckFraction(value, nameof(Rho));
    }

    /// <summary>μ, how much of the last step is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0, or 1 or more.</exception>
    public double Momentum
    {
        get => momentum;
        init => momentum = CheckFraction(value, nameof(Momentum));
    }

    /// <summary>ε, added inside the root.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0.</exception>
    public double Epsilon
    {
        get => epsilon;
        init => epsilon = CheckPositive(value, nameof(Epsilon));
    }

    /// <summary>Whether gradients are divided by their estimated variance rather than by their mean square.</summary>
    public bool Centered { get; init; }

    /// <inheritdoc/>
    public override string Name => "rmsprop";

    /// <inheritdoc/>
    internal override IReadOnlyList<string> OwnSlots => (Momentum > 0, Centered) switch
    {
        (false, false) => ["velocity"],
        (true, false) => ["velocity", "momentum"],
        (false, true) => ["velocity", "average_gradient"],
        (true, true) => ["velocity", "average_gradient", "momentum"],
    };

    /// <inheritdoc/>
    internal override IEnumerable<(string Name, double Value)> OwnHyperParameters =>
        [("rho", Rho), ("momentum", Momentum), ("epsilon", Epsilon), ("centered", Centered ? 1 : 0)];

    /// <inheritdoc/>
    internal override void Step<TBackend>(ref TBackend backend, in UpdateStep step, in UpdateRegion region)
    {
        if (Centered && Momentum > 0)
            backend.Update(new CenteredRmsPropMomentumRule(step.LearningRate, Rho, Epsilon, Momentum), 0, region.From, region.To);
        else if (Centered)
            backend.Update(new CenteredRmsPropRule(step.LearningRate, Rho, Epsilon), 0, region.From, region.To);
        else if (Momentum > 0)
            backend.Update(new RmsPropMomentumRule(step.LearningRate, Rho, Epsilon, Momentum), 0, region.From, region.To);
        else
            backend.Update(new RmsPropRule(step.LearningRate, Rho, Epsilon), 0, region.From, region.To);
    }
}
