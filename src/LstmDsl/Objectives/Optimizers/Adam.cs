using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Adam (Kingma and Ba, 2015), as <c>keras.optimizers.Adam</c>: m = β₁·m + (1 − β₁)·g; v = β₂·v + (1 − β₂)·g²;
/// w −= η·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε), ε added to the uncorrected root.
/// </summary>
public sealed record Adam : AdamOptimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, a number above 0 or a schedule; 0.001 where it is not given.</param>
    /// <param name="beta1">β₁, how much of the mean gradient is kept; from 0 to below 1.</param>
    /// <param name="beta2">β₂, how much of the mean square is kept; from 0 to below 1.</param>
    /// <param name="epsilon">ε; above 0.</param>
    /// <param name="amsGrad">Whether the largest v so far stands in the root (Reddi, Kale and Kumar, 2018).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Adam(Schedule? learningRate = null, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, bool amsGrad = false)
        : base(learningRate, beta1, beta2, epsilon) => AmsGrad = amsGrad;

    /// <summary>Whether the largest v so far stands in the root.</summary>
    public bool AmsGrad { get; init; }

    /// <inheritdoc/>
    public override string Name => "adam";

    /// <inheritdoc/>
    internal override IReadOnlyList<string> OwnSlots => AmsGrad ? [.. base.OwnSlots, "velocity_hat"] : base.OwnSlots;

    /// <inheritdoc/>
    internal override IEnumerable<(string Name, double Value)> OwnHyperParameters =>
        [.. base.OwnHyperParameters, ("amsgrad", AmsGrad ? 1 : 0)];

    /// <inheritdoc/>
    internal override void Step<TBackend>(ref TBackend backend, in UpdateStep step, in UpdateRegion region) =>
        AdamStep(ref backend, step, region, AmsGrad);
}
