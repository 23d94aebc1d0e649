using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Adafactor (Shazeer and Stern, 2018), as <c>keras.optimizers.Adafactor</c>: of each matrix it keeps the means of g² + ε₁ over rows (r)
/// and columns (c), of a vector (v) each value's own, all with β = 1 − tᵈ; v = r·c / mean(r); u = g/√v;
/// w −= max(ε₂, rms(w)) · min(η, 1/√t) · u / max(1, rms(u)/threshold).
/// </summary>
/// <remarks>Keras's <c>relative_step</c> is not here: with it or without, its rate is at most 1/√t.</remarks>
public sealed record Adafactor : Optimizer
{
    private readonly double beta2Decay;
    private readonly double epsilon1;
    private readonly double epsilon2;
    private readonly double clipThreshold;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, a number above 0 or a schedule; 0.001 where it is not given.</param>
    /// <param name="beta2Decay">d, how fast β nears 1; below 0.</param>
    /// <param name="epsilon1">ε₁, which keeps divisors from 0; above 0.</param>
    /// <param name="epsilon2">ε₂, the least that a step is measured by; above 0.</param>
    /// <param name="clipThreshold">The root mean square above which a tensor's step is scaled down; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Adafactor(
        Schedule? learningRate = null, double beta2Decay = -0.8, double epsilon1 = 1e-30, double epsilon2 = 1e-3, double clipThreshold = 1)
        : base(learningRate ?? 0.001)
    {
        this.beta2Decay = CheckNegative(beta2Decay, nameof(beta2Decay));
        this.epsilon1 = CheckPositive(epsilon1, nameof(epsilon1));
        this.epsilon2 = CheckPositive(epsilon2, nameof(epsilon2));
        this.clipThreshold = CheckPositive(clipThreshold, nameof(clipThreshold));
    }

    /// <summary>d, how fast β nears 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not below 0.</exception>
    public double Beta2Decay
    {
        get => beta2Decay;
        init => beta2Decay = CheckNegative(value, nameof(Beta2Decay));
    }

    /// <summary>ε₁, which keeps divisors from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0.</exception>
    public double Epsilon1
    {
        get => epsilon1;
        init => epsilon1 = CheckPositive(value, nameof(Epsilon1));
    }

    /// <summary>ε₂, the least that a step is measured by.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0.</exception>
    public double Epsilon2
    {
        get => epsilon2;
        init => epsilon2 = CheckPositive(value, nameof(Epsilon2));
    }

    /// <summary>The root mean square above which a tensor's step is scaled down.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0.</exception>
    public double ClipThreshold
    {
        get => clipThreshold;
        init => clipThreshold = CheckPositive(value, nameof(ClipThreshold));
    }

    /// <inheritdoc/>
    public override string Name => "adafactor";

    /// <summary>
    /// r of a matrix, one value a row from the tensor's beginning on, or v of a vector; and c of a matrix, one value a column.
    /// </summary>
    internal override IReadOnlyList<string> OwnSlots => ["row_velocity", "column_velocity"];

    /// <inheritdoc/>
    internal override IEnumerable<(string Name, double Value)> OwnHyperParameters =>
    [
        ("beta_2_decay", Beta2Decay),
        ("epsilon_1", Epsilon1),
        ("epsilon_2", Epsilon2),
        ("clip_threshold", ClipThreshold),
    ];

    /// <inheritdoc/>
    internal override bool WorksOnTensors => true;

    /// <inheritdoc/>
    internal override void Step<TBackend>(ref TBackend backend, in UpdateStep step, in UpdateRegion region)
    {
        var length = region.To - region.From;
        var measure = Math.Max(Epsilon2, Math.Sqrt(backend.SumOfSquares(UpdateBlock.Weights, region.From, region.To) / length));
        var rate = Math.Min(step.LearningRate, 1 / Math.Sqrt(step.Iteration));
        var keep = 1 - Math.Pow(step.Iteration, Beta2Decay);
        if (region.IsMatrix)
            backend.NormalizeByFactors(region, keep, Epsilon1);
        else
            backend.Update(new VectorRule(keep, Epsilon1), 0, region.From, region.To);
        var spread = Math.Sqrt(backend.SumOfSquares(UpdateBlock.Gradients, region.From, region.To) / length);
        backend.Update(new DescentRule(measure * rate / Math.Max(1, spread / ClipThreshold)), 0, region.From, region.To);
    }

    private static double CheckNegative(double value, string name) =>
        double.IsFinite(value) && value < 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be below 0.");

    /// <summary>v = β·v + (1 − β)·(g² + ε₁); makes the gradient g/√v.</summary>
    internal readonly struct VectorRule(double keep, double epsilon) : IUpdateRule
    {
        public static int SlotCount => 1;

        public static bool WritesGradient => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : unmanaged, ILanes<TLanes>
        {
            slot0 = (TLanes.Constant(keep) * slot0) + (TLanes.Constant(1 - keep) * ((gradient * gradient) + TLanes.Constant(epsilon)));
            gradient /= TLanes.Sqrt(slot0);
        }
    }
}
