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
    /// <param name="learningRate">η; above 0.</param>
    /// <param name="momentum">μ; from 0 to below 1.</param>
    /// <param name="nesterov">Whether to use Nesterov's momentum.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Sgd(double learningRate = 0.01, double momentum = 0, bool nesterov = false) : base(learningRate)
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
    internal override IReadOnlyList<string> Slots => Momentum > 0 ? ["momentum"] : [];

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, double> HyperParameters => new Dictionary<string, double>
    {
        ["learning_rate"] = LearningRate,
        ["momentum"] = Momentum,
        ["nesterov"] = Nesterov ? 1 : 0,
    };

    /// <inheritdoc/>
    internal override void Step<TBackend>(ref TBackend backend, long iteration, double learningRate, int from, int to)
    {
        if (Momentum == 0)
            backend.Update(new PlainRule(learningRate), from, to);
        else if (Nesterov)
            backend.Update(new NesterovRule(learningRate, Momentum), from, to);
        else
            backend.Update(new MomentumRule(learningRate, Momentum), from, to);
    }

    internal readonly struct PlainRule(double learningRate) : IUpdateRule
    {
        public static int SlotCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes>(ref TLanes weight, TLanes gradient, ref TLanes slot0, ref TLanes slot1)
            where TLanes : unmanaged, ILanes<TLanes> => weight -= TLanes.Constant(learningRate) * gradient;
    }

    internal readonly struct MomentumRule(double learningRate, double momentum) : IUpdateRule
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes>(ref TLanes weight, TLanes gradient, ref TLanes slot0, ref TLanes slot1)
            where TLanes : unmanaged, ILanes<TLanes>
        {
            slot0 = (TLanes.Constant(momentum) * slot0) - (TLanes.Constant(learningRate) * gradient);
            weight += slot0;
        }
    }

    internal readonly struct NesterovRule(double learningRate, double momentum) : IUpdateRule
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes>(ref TLanes weight, TLanes gradient, ref TLanes slot0, ref TLanes slot1)
            where TLanes : unmanaged, ILanes<TLanes>
        {
            var step = TLanes.Constant(learningRate) * gradient;
            slot0 = (TLanes.Constant(momentum) * slot0) - step;
            weight += (TLanes.Constant(momentum) * slot0) - step;
        }
    }
}
