using System.ComponentModel;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// How training turns gradients into new weights, as <c>keras.optimizers</c> defines it; an immutable description. At each update the
/// gradients are clipped, then the weights decay, then they take their step, then their average follows.
/// </summary>
public abstract record Optimizer
{
    private readonly double? weightDecay;
    private readonly double? clipNorm;
    private readonly double? clipValue;
    private readonly double? globalClipNorm;
    private readonly double emaMomentum = 0.99;
    private readonly double? emaGrowth;
    private readonly int? emaOverwriteFrequency;
    private readonly int? gradientAccumulationSteps;

    private protected Optimizer(Schedule learningRate) => LearningRate = learningRate;

    /// <summary>There to say what to write instead.</summary>
    /// <param name="name">Keras's name.</param>
    [Obsolete("An optimizer is a value, not a name: new Adam() for \"adam\", new RmsProp(), new Sgd() and so on.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static implicit operator Optimizer(string name) => KerasWords.Refuse<Optimizer>(name);

    /// <summary>The learning rate: a number, or a <see cref="Schedule"/> that gives one for each batch.</summary>
    public Schedule LearningRate
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(LearningRate));
    }

    /// <summary>By how much of itself, times the learning rate, each weight shrinks before its step; null or 0 for not at all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or not finite.</exception>
    public double? WeightDecay
    {
        get => weightDecay;
        init => weightDecay = value is { } decay ? CheckNotNegative(decay, nameof(WeightDecay)) : null;
    }

    /// <summary>What the norm of each tensor's gradient is scaled down to where it is larger; null for no limit.</summary>
    /// <exception cref="ArgumentException">The number is not above 0, or gradients are clipped in another way already.</exception>
    public double? ClipNorm
    {
        get => clipNorm;
        init => clipNorm = CheckClip(value, nameof(ClipNorm), clipValue ?? globalClipNorm);
    }

    /// <summary>The largest magnitude of a gradient's values; null for no limit.</summary>
    /// <exception cref="ArgumentException">The number is not above 0, or gradients are clipped in another way already.</exception>
    public double? ClipValue
    {
        get => clipValue;
        init => clipValue = CheckClip(value, nameof(ClipValue), clipNorm ?? globalClipNorm);
    }

    /// <summary>What the norm of all gradients together is scaled down to where it is larger; null for no limit.</summary>
    /// <exception cref="ArgumentException">The number is not above 0, or gradients are clipped in another way already.</exception>
    public double? GlobalClipNorm
    {
        get => globalClipNorm;
        init => globalClipNorm = CheckClip(value, nameof(GlobalClipNorm), clipNorm ?? clipValue);
    }

    /// <summary>
    /// Whether an exponential moving average of the weights is kept. It takes the weights' place at the end of <c>Fit</c>, and every
    /// <see cref="EmaOverwriteFrequency"/> updates.
    /// </summary>
    public bool UseEma { get; init; }

    /// <summary>How much of the average is kept at each batch; 0.99 unless given, from 0 to below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number lies outside its range.</exception>
    public double EmaMomentum
    {
        get => emaMomentum;
        init => emaMomentum = CheckFraction(value, nameof(EmaMomentum));
    }

    /// <summary>
    /// Where it is given, update t keeps 1 − (growth + 1) / (t + growth) of the average in place of <see cref="EmaMomentum"/>
    /// (polynomial-decay averaging; Shamir and Zhang, 2013): the average spans the last 1 / (growth + 1) of the updates, however many they are.
    /// Keras has no such option and goes on with the momentum. Default: null.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0.</exception>
    public double? EmaGrowth
    {
        get => emaGrowth;
        init => emaGrowth = value is null or (> 0 and < double.PositiveInfinity)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(EmaGrowth), value, "The growth is a number above 0.");
    }

    /// <summary>Updates after which the weights become their average; null for the end of <c>Fit</c> alone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int? EmaOverwriteFrequency
    {
        get => emaOverwriteFrequency;
        init => emaOverwriteFrequency = CheckAtLeast(value, 1, nameof(EmaOverwriteFrequency));
    }

    /// <summary>
    /// Batches whose mean gradient makes one update; null for 1. Schedules and <see cref="Trainer{TModel}.Iteration"/> count batches.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 2.</exception>
    public int? GradientAccumulationSteps
    {
        get => gradientAccumulationSteps;
        init => gradientAccumulationSteps = CheckAtLeast(value, 2, nameof(GradientAccumulationSteps));
    }

    /// <summary>Keras's name: <c>rmsprop</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Names of the values that are kept for each weight, in the order in which a backend stores them; as files call them.
    /// </summary>
    internal IReadOnlyList<string> Slots =>
    [
        .. OwnSlots,
        .. UseEma ? ["average"] : Array.Empty<string>(),
        .. GradientAccumulationSteps is null ? Array.Empty<string>() : ["gradient_accumulator"],
    ];

    /// <summary>Which of these is the average, where one is kept.</summary>
    internal int AverageSlot => OwnSlots.Count;

    /// <summary>The numbers that describe it, by Keras's names, for checkpoints.</summary>
    internal IReadOnlyDictionary<string, double> HyperParameters
    {
        get
        {
            var numbers = new Dictionary<string, double>();
            foreach (var (name, value) in LearningRate.Numbers)
                numbers.Add(LearningRate.IsConstant ? "learning_rate" : $"learning_rate.{name}", value);
            foreach (var (name, value) in OwnHyperParameters)
                numbers.Add(name, value);
            foreach (var (name, value) in new (string, double?)[]
            {
                ("weight_decay", WeightDecay),
                ("clipnorm", ClipNorm),
                ("clipvalue", ClipValue),
                ("global_clipnorm", GlobalClipNorm),
                ("ema_momentum", UseEma ? EmaMomentum : null),
                ("ema_growth", UseEma ? EmaGrowth : null),
                ("ema_overwrite_frequency", UseEma ? EmaOverwriteFrequency : null),
                ("gradient_accumulation_steps", GradientAccumulationSteps),
            })
            {
                if (value is { } number)
                    numbers.Add(name, number);
            }

            return numbers;
        }
    }

    /// <summary>The slots of the step itself, three at most; they come before those of averages and accumulation.</summary>
    internal abstract IReadOnlyList<string> OwnSlots { get; }

    /// <summary>Whether a step looks at whole tensors rather than at each weight alone.</summary>
    internal virtual bool WorksOnTensors => false;

    /// <summary>What an optimizer adds to <see cref="HyperParameters"/>.</summary>
    internal abstract IEnumerable<(string Name, double Value)> OwnHyperParameters { get; }

    /// <summary>What a slot holds before the first step.</summary>
    internal virtual double InitialValue(int slot) => 0;

    /// <summary>Runs a step over part of the flat parameter block: a tensor where it works on tensors, else any stretch.</summary>
    internal abstract void Step<TBackend>(ref TBackend backend, in UpdateStep step, in UpdateRegion region)
        where TBackend : struct, ITrainingBackend;

    /// <summary>The value, if it is finite and above zero.</summary>
    private protected static double CheckPositive(double value, string name) =>
        double.IsFinite(value) && value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0.");

    /// <summary>The value, if it is finite and not below zero.</summary>
    private protected static double CheckNotNegative(double value, string name) =>
        double.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must not be below 0.");

    /// <summary>The value, if it lies in [0, 1).</summary>
    private protected static double CheckFraction(double value, string name) =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must lie between 0 and 1 (1 excluded).");

    private static int? CheckAtLeast(int? value, int least, string name) =>
        value >= least || value is null ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least} or more.");

    private static double? CheckClip(double? value, string name, double? other)
    {
        if (value is not { } limit)
            return null;
        if (other is not null)
        {
            throw new ArgumentException(
                $"Gradients are clipped in one way at most: {nameof(ClipNorm)}, {nameof(ClipValue)} or {nameof(GlobalClipNorm)}.", name);
        }

        return CheckPositive(limit, name);
    }
}
