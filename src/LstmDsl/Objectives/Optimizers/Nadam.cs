using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Adam with Nesterov's momentum (Dozat, 2015), as <c>keras.optimizers.Nadam</c>: m and v as in <see cref="Adam"/>;
/// uₜ = β₁·(1 − 0.96ᵗ/2); m̂ = uₜ₊₁·m / (1 − Πuᵢ₊₁) + (1 − uₜ)·g / (1 − Πuᵢ); v̂ = v / (1 − β₂ᵗ); w −= η·m̂ / (√v̂ + ε).
/// </summary>
public sealed record Nadam : AdamOptimizer
{
    private const double MomentumDecay = 0.96;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, a number above 0 or a schedule; 0.001 where it is not given.</param>
    /// <param name="beta1">β₁, how much of the mean gradient is kept; from 0 to below 1.</param>
    /// <param name="beta2">β₂, how much of the mean square is kept; from 0 to below 1.</param>
    /// <param name="epsilon">ε; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Nadam(Schedule? learningRate = null, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
        : base(learningRate, beta1, beta2, epsilon)
    {
    }

    /// <inheritdoc/>
    public override string Name => "nadam";

    /// <inheritdoc/>
    internal override void Step<TBackend>(ref TBackend backend, in UpdateStep step, in UpdateRegion region)
    {
        var momentum = Momentum(step.Iteration);
        var nextMomentum = Momentum(step.Iteration + 1);
        var product = MomentumProduct(step.Iteration);
        backend.Update(
            new Rule(
                step.LearningRate,
                nextMomentum / (1 - (product * nextMomentum)),
                (1 - momentum) / (1 - product),
                Correction(Beta2, step.Iteration),
                (float)Beta1,
                (float)Beta2,
                Epsilon),
            0,
            region.From,
            region.To);
    }

    // Keras takes β₁ and the decay as float32 holds them, here and in m and v, but not in the product.
    private double Momentum(long iteration) => (float)Beta1 * (1 - (0.5 * Math.Pow((float)MomentumDecay, iteration)));

    // Computed anew, so that no state has to travel in checkpoints. Beyond a thousand steps the schedule's factors are 1 in double.
    internal double MomentumProduct(long iteration)
    {
        var product = Math.Pow(Beta1, iteration);
        var decay = MomentumDecay;
        for (var index = 0; index < Math.Min(iteration, 1_000); index++, decay *= MomentumDecay)
            product *= 1 - (0.5 * decay);
        return product;
    }

    internal readonly struct Rule(
        double rate, double momentumFactor, double gradientFactor, double correction, double beta1, double beta2, double epsilon)
        : IUpdateRule
    {
        public static int SlotCount => 2;

        public static bool WritesGradient => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : unmanaged, ILanes<TLanes>
        {
            slot0 += (gradient - slot0) * TLanes.Constant(1 - beta1);
            slot1 += ((gradient * gradient) - slot1) * TLanes.Constant(1 - beta2);
            var mean = (TLanes.Constant(momentumFactor) * slot0) + (TLanes.Constant(gradientFactor) * gradient);
            weight -= TLanes.Constant(rate) * mean / (TLanes.Sqrt(slot1 / TLanes.Constant(correction)) + TLanes.Constant(epsilon));
        }
    }
}
