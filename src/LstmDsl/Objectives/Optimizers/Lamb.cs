using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Layer-wise adaptive moments (You and others, 2020), as <c>keras.optimizers.Lamb</c>: m and v as in <see cref="Adam"/>;
/// u = m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε); w −= η·(‖w‖/‖u‖)·u, the norms those of each tensor and their ratio 1 where either is 0.
/// </summary>
public sealed record Lamb : AdamOptimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, a number above 0 or a schedule; 0.001 where it is not given.</param>
    /// <param name="beta1">β₁, how much of the mean gradient is kept; from 0 to below 1.</param>
    /// <param name="beta2">β₂, how much of the mean square is kept; from 0 to below 1.</param>
    /// <param name="epsilon">ε; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Lamb(Schedule? learningRate = null, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
        : base(learningRate, beta1, beta2, epsilon)
    {
    }

    /// <inheritdoc/>
    public override string Name => "lamb";

    /// <inheritdoc/>
    internal override bool WorksOnTensors => true;

    /// <inheritdoc/>
    internal override void Step<TBackend>(ref TBackend backend, in UpdateStep step, in UpdateRegion region)
    {
        var rule = new Rule(Correction(Beta1, step.Iteration), Correction(Beta2, step.Iteration), Beta1, Beta2, Epsilon);
        backend.Update(rule, 0, region.From, region.To);
        var weights = Math.Sqrt(backend.SumOfSquares(UpdateBlock.Weights, region.From, region.To));
        var update = Math.Sqrt(backend.SumOfSquares(UpdateBlock.Gradients, region.From, region.To));
        var trust = weights > 0 && update > 0 ? weights / update : 1;
        backend.Update(new DescentRule(trust * step.LearningRate), 0, region.From, region.To);
    }

    /// <summary>Makes the gradient the update that Adam would take.</summary>
    internal readonly struct Rule(double correction1, double correction2, double beta1, double beta2, double epsilon) : IUpdateRule
    {
        public static int SlotCount => 2;

        public static bool WritesGradient => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : unmanaged, ILanes<TLanes>
        {
            slot0 += (gradient - slot0) * TLanes.Constant(1 - beta1);
            slot1 += ((gradient * gradient) - slot1) * TLanes.Constant(1 - beta2);
            gradient = slot0 / TLanes.Constant(correction1)
                / (TLanes.Sqrt(slot1 / TLanes.Constant(correction2)) + TLanes.Constant(epsilon));
        }
    }
}
