namespace LstmDsl;

/// <summary>
/// A learning rate for each batch, as <c>keras.optimizers.schedules</c> defines it; an immutable description. It stands wherever an
/// optimizer takes a learning rate, and so does a number, which is a schedule that never changes:
/// <c>new Adam { LearningRate = Schedule.CosineDecay(0.01, decaySteps: 1_000) }</c>, <c>new Adam(0.01)</c>.
/// </summary>
public abstract record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>Whether it is a number that never changes, so that callbacks may change it.</summary>
    public bool IsConstant => this is ConstantRate;

    /// <summary>The numbers that describe it, by Keras's names.</summary>
    internal abstract IEnumerable<(string Name, double Value)> Numbers { get; }

    /// <summary>The learning rate of a batch.</summary>
    /// <param name="step">Batches before it, over all fits.</param>
    public abstract double At(long step);

    /// <summary>initial · rate^(step / decaySteps), the exponent rounded down with <paramref name="staircase"/>.</summary>
    /// <param name="initialLearningRate">The rate of the first batch; not below 0.</param>
    /// <param name="decaySteps">Batches in which the rate falls to <paramref name="decayRate"/> of itself; at least 1.</param>
    /// <param name="decayRate">What the rate falls to; above 0.</param>
    /// <param name="staircase">Whether it falls at once after so many batches rather than with each.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static Schedule ExponentialDecay(double initialLearningRate, int decaySteps, double decayRate, bool staircase = false)
    {
        RequireRate(initialLearningRate, nameof(initialLearningRate));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(decaySteps);
        RequirePositive(decayRate, nameof(decayRate));
        return new ExponentialDecayRate(initialLearningRate, decaySteps, decayRate, staircase);
    }

    /// <summary>initial / (1 + rate · step / decaySteps), the quotient rounded down with <paramref name="staircase"/>.</summary>
    /// <param name="initialLearningRate">The rate of the first batch; not below 0.</param>
    /// <param name="decaySteps">Batches that count as one; at least 1.</param>
    /// <param name="decayRate">How fast the rate falls; not below 0.</param>
    /// <param name="staircase">Whether it falls at once after so many batches rather than with each.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static Schedule InverseTimeDecay(double initialLearningRate, int decaySteps, double decayRate, bool staircase = false)
    {
        RequireRate(initialLearningRate, nameof(initialLearningRate));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(decaySteps);
        RequireRate(decayRate, nameof(decayRate));
        return new InverseTimeDecayRate(initialLearningRate, decaySteps, decayRate, staircase);
    }

    /// <summary>One rate up to and with the step of the first boundary, another up to and with the second, and so on.</summary>
    /// <param name="boundaries">Steps, ascending; at least one.</param>
    /// <param name="values">Rates, one more than boundaries; none below 0.</param>
    /// <exception cref="ArgumentException">There are not as many as needed, or they do not ascend, or a rate is below 0.</exception>
    public static Schedule PiecewiseConstantDecay(IReadOnlyList<long> boundaries, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        ArgumentNullException.ThrowIfNull(values);
        if (boundaries.Count == 0 || values.Count != boundaries.Count + 1)
        {
            throw new ArgumentException(
                $"Between {boundaries.Count} boundaries lie {boundaries.Count + 1} values, not {values.Count}; there is at least one boundary.",
                nameof(values));
        }

        for (var index = 1; index < boundaries.Count; index++)
        {
            if (boundaries[index] <= boundaries[index - 1])
                throw new ArgumentException($"Boundaries ascend; {boundaries[index]} follows {boundaries[index - 1]}.", nameof(boundaries));
        }

        foreach (var value in values)
            RequireRate(value, nameof(values));
        return new PiecewiseConstantRate([.. boundaries], [.. values]);
    }

    /// <summary>
    /// (initial − end) · (1 − step / decaySteps)^power + end, and end after that; with <paramref name="cycle"/> decaySteps is always the
    /// next multiple of itself instead.
    /// </summary>
    /// <param name="initialLearningRate">The rate of the first batch; not below 0.</param>
    /// <param name="decaySteps">Batches until the end; at least 1.</param>
    /// <param name="endLearningRate">The rate at the end; not below 0.</param>
    /// <param name="power">The curve's power, 1 for a line; above 0.</param>
    /// <param name="cycle">Whether the rate rises again after the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static Schedule PolynomialDecay(
        double initialLearningRate, int decaySteps, double endLearningRate = 0.0001, double power = 1, bool cycle = false)
    {
        RequireRate(initialLearningRate, nameof(initialLearningRate));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(decaySteps);
        RequireRate(endLearningRate, nameof(endLearningRate));
        RequirePositive(power, nameof(power));
        return new PolynomialDecayRate(initialLearningRate, decaySteps, endLearningRate, power, cycle);
    }

    /// <summary>
    /// A line from the initial rate to <paramref name="warmupTarget"/>, where there is one, then half a wave of a cosine down to
    /// <paramref name="alpha"/> of it (Loshchilov and Hutter, 2017).
    /// </summary>
    /// <param name="initialLearningRate">The rate of the first batch; not below 0.</param>
    /// <param name="decaySteps">Batches of the fall; at least 1.</param>
    /// <param name="alpha">The part of the rate that remains; from 0 to 1.</param>
    /// <param name="warmupTarget">The rate after the warm-up; null for none.</param>
    /// <param name="warmupSteps">Batches of the warm-up.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static Schedule CosineDecay(
        double initialLearningRate, int decaySteps, double alpha = 0, double? warmupTarget = null, int warmupSteps = 0)
    {
        RequireRate(initialLearningRate, nameof(initialLearningRate));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(decaySteps);
        RequirePart(alpha, nameof(alpha));
        if (warmupTarget is { } target)
            RequireRate(target, nameof(warmupTarget));
        ArgumentOutOfRangeException.ThrowIfNegative(warmupSteps);
        return new CosineDecayRate(initialLearningRate, decaySteps, alpha, warmupTarget, warmupSteps);
    }

    /// <summary>Half a wave of a cosine after the other, each longer and lower than the one before (Loshchilov and Hutter, 2017).</summary>
    /// <param name="initialLearningRate">The rate of the first batch; not below 0.</param>
    /// <param name="firstDecaySteps">Batches of the first fall; at least 1.</param>
    /// <param name="tMul">How many times as long the next fall is; at least 1.</param>
    /// <param name="mMul">What the next fall begins with, as a part of this one's rate; not below 0.</param>
    /// <param name="alpha">The part of the initial rate that remains; from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static Schedule CosineDecayRestarts(
        double initialLearningRate, int firstDecaySteps, double tMul = 2, double mMul = 1, double alpha = 0)
    {
        RequireRate(initialLearningRate, nameof(initialLearningRate));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(firstDecaySteps);
        if (!(double.IsFinite(tMul) && tMul >= 1))
            throw new ArgumentOutOfRangeException(nameof(tMul), tMul, "tMul must be 1 or more.");
        RequireRate(mMul, nameof(mMul));
        RequirePart(alpha, nameof(alpha));
        return new CosineDecayRestartsRate(initialLearningRate, firstDecaySteps, tMul, mMul, alpha);
    }

    /// <summary>A number stands for a learning rate that never changes but by callbacks.</summary>
    /// <param name="learningRate">The rate; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not above 0.</exception>
    public static implicit operator Schedule(double learningRate)
    {
        RequirePositive(learningRate, nameof(learningRate));
        return new ConstantRate(learningRate);
    }

    private static void RequirePositive(double value, string name)
    {
        if (!(double.IsFinite(value) && value > 0))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0.");
    }

    private static void RequireRate(double value, string name)
    {
        if (!(double.IsFinite(value) && value >= 0))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must not be below 0.");
    }

    private static void RequirePart(double value, string name)
    {
        if (value is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must lie between 0 and 1.");
    }
}
