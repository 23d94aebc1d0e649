using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Stochastic gradient descent, with or without momentum, as <c>keras.optimizers.SGD</c>: v = μ·v − η·g; w += v, or with Nesterov's
/// momentum w += μ·v − η·g.
/// </summary>
public sealed record Sgd : Optimizer
{
    private readonly double momentum;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, a number above 0 or a schedule; 0.01 where it is not given.</param>
    /// <param name="momentum">μ; from 0 to below 1.</param>
    /// <param name="nesterov">Whether to use Nesterov's momentum.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Sgd(Schedule? learningRate = null, double momentum = 0, bool nesterov = false) : base(learningRate ?? 0.01)
    {
        this.momentum = CheckFraction(momentum, nameof(momentum));
        Nesterov = nesterov;
    }

    /// <summary>μ, how much of the last step is kept.</summary>
    public double Momentum
    {
        get => momentum;
        init => momentum = CheckFraction(value, nameof(Momentum));
    }

    /// <summary>Whether Nesterov's momentum is used.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <inheritdoc/>
    internal override IReadOnlyList<string> OwnSlots => Momentum > 0 ? ["momentum"] : [];

    /// <inheritdoc/>
    internal override IEnumerable<(string Name, double Value)> OwnHyperParameters =>
        [("momentum", Momentum), ("nesterov", Nesterov ? 1 : 0)];

    /// <inheritdoc/>
    internal override void Step<TBackend>(ref TBackend backend, in UpdateStep step, in UpdateRegion region)
    {
        if (Momentum == 0)
            backend.Update(new DescentRule(step.LearningRate), 0, region.From, region.To);
        else if (Nesterov)
            backend.Update(new NesterovRule(step.LearningRate, Momentum), 0, region.From, region.To);
        else
            backend.Update(new MomentumRule(step.LearningRate, Momentum), 0, region.From, region.To);
    }

    internal readonly struct MomentumRule(double learningRate, double momentum) : IUpdateRule
    {
        public static int SlotCount => 1;

        public static bool WritesGradient => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : unmanaged, ILanes<TLanes>
        {
            slot0 = (TLanes.Constant(momentum) * slot0) - (TLanes.Constant(learningRate) * gradient);
            weight += slot0;
        }
    }

    internal readonly struct NesterovRule(double learningRate, double momentum) : IUpdateRule
    {
        public static int SlotCount => 1;

        public static bool WritesGradient => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : unmanaged, ILanes<TLanes>
        {
            var step = TLanes.Constant(learningRate) * gradient;
            slot0 = (TLanes.Constant(momentum) * slot0) - step;
            weight += (TLanes.Constant(momentum) * slot0) - step;
        }
    }
}
