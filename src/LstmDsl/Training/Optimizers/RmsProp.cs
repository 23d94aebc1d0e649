using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// RMSprop (Hinton, 2012), as <c>keras.optimizers.RMSprop</c>: v = ρ·v + (1 − ρ)·g²; w −= η·g / √(v + ε), ε inside the root.
/// </summary>
public sealed record RmsProp : Optimizer
{
    private readonly double rho;
    private readonly double epsilon;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η; above 0.</param>
    /// <param name="rho">ρ, how much of the mean square is kept; from 0 to below 1.</param>
    /// <param name="epsilon">ε; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public RmsProp(double learningRate = 0.001, double rho = 0.9, double epsilon = 1e-7) : base(learningRate)
    {
        this.rho = CheckFraction(rho, nameof(rho));
        this.epsilon = CheckPositive(epsilon, nameof(epsilon));
    }

    /// <summary>ρ, how much of the mean square is kept.</summary>
    public double Rho
    {
        get => rho;
        init => rho = CheckFraction(value, nameof(Rho));
    }

    /// <summary>ε, added inside the root.</summary>
    public double Epsilon
    {
        get => epsilon;
        init => epsilon = CheckPositive(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    public override string Name => "rmsprop";

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Slots => ["velocity"];

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, double> HyperParameters => new Dictionary<string, double>
    {
        ["learning_rate"] = LearningRate,
        ["rho"] = Rho,
        ["epsilon"] = Epsilon,
    };

    /// <inheritdoc/>
    internal override void Step<TBackend>(ref TBackend backend, long iteration, double learningRate, int from, int to) =>
        backend.Update(new Rule(learningRate, Rho, Epsilon), from, to);

    internal readonly struct Rule(double learningRate, double rho, double epsilon) : IUpdateRule
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes>(ref TLanes weight, TLanes gradient, ref TLanes slot0, ref TLanes slot1)
            where TLanes : unmanaged, ILanes<TLanes>
        {
            slot0 = (TLanes.Constant(rho) * slot0) + (TLanes.Constant(1 - rho) * (gradient * gradient));
            weight -= TLanes.Constant(learningRate) * gradient / TLanes.Sqrt(slot0 + TLanes.Constant(epsilon));
        }
    }
}
