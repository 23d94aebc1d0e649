using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Adamax (Kingma and Ba, 2015), as <c>keras.optimizers.Adamax</c>: m = β₁·m + (1 − β₁)·g; u = max(β₂·u, |g|);
/// w −= η·m / ((1 − β₁ᵗ)·(u + ε)).
/// </summary>
public sealed record Adamax : AdamOptimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, a number above 0 or a schedule; 0.001 where it is not given.</param>
    /// <param name="beta1">β₁, how much of the mean gradient is kept; from 0 to below 1.</param>
    /// <param name="beta2">β₂, how much of the norm is kept; from 0 to below 1.</param>
    /// <param name="epsilon">ε; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Adamax(Schedule? learningRate = null, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
        : base(learningRate, beta1, beta2, epsilon)
    {
    }

    /// <inheritdoc/>
    public override string Name => "adamax";

    /// <inheritdoc/>
    internal override IReadOnlyList<string> OwnSlots => ["momentum", "norm"];

    /// <inheritdoc/>
    internal override void Step<TBackend>(ref TBackend backend, in UpdateStep step, in UpdateRegion region) => backend.Update(
        new Rule(step.LearningRate, Correction(Beta1, step.Iteration), Beta1, Beta2, Epsilon), 0, region.From, region.To);

    internal readonly struct Rule(double rate, double correction, double beta1, double beta2, double epsilon) : IUpdateRule
    {
        public static int SlotCount => 2;

        public static bool WritesGradient => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : unmanaged, ILanes<TLanes>
        {
            slot0 += (gradient - slot0) * TLanes.Constant(1 - beta1);
            slot1 = TLanes.Max(TLanes.Constant(beta2) * slot1, TLanes.Abs(gradient));
            weight -= TLanes.Constant(rate) * slot0 / (TLanes.Constant(correction) * (slot1 + TLanes.Constant(epsilon)));
        }
    }
}
