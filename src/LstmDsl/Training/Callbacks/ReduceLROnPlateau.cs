namespace LstmDsl;

/// <summary>
/// Lowers the learning rate when a value no longer improves, as <c>keras.callbacks.ReduceLROnPlateau</c> does: after <c>patience</c> epochs
/// in a row that were no better than the best so far, the rate is multiplied by <c>factor</c>; the next <c>cooldown</c> epochs do not count.
/// The logs get the rate of each epoch as <c>learning_rate</c>.
/// </summary>
/// <remarks>
/// Unlike Keras, a monitor that is never produced and a rate that follows a schedule are errors before the first batch, and NaN never
/// improves on anything.
/// </remarks>
public sealed class ReduceLROnPlateau : Callback, IResumable
{
    private readonly Improvement improvement;
    private readonly int verbose;
    private double best;
    private int wait;
    private int cooldownLeft;

    /// <summary>Describes when to lower the rate, and by how much.</summary>
    /// <param name="monitor">What to watch; <see cref="Monitored.ValLoss"/> where it is not given.</param>
    /// <param name="factor">What the rate is multiplied by; above 0 and below 1.</param>
    /// <param name="patience">Epochs without improvement after which the rate is lowered; 0 acts like 1.</param>
    /// <param name="verbose">1 prints a line where it acts, 0 nothing.</param>
    /// <param name="mode">Which way the value improves.</param>
    /// <param name="minDelta">By how much a value must be better to count; the sign does not matter.</param>
    /// <param name="cooldown">Epochs after a reduction that do not count.</param>
    /// <param name="minLearningRate">The lowest rate.</param>
    /// <exception cref="ArgumentException">The monitor has no name, or an argument is out of its range.</exception>
    public ReduceLROnPlateau(
        Monitored? monitor = null,
        double factor = 0.1,
        int patience = 10,
        int verbose = 0,
        Mode mode = Mode.Auto,
        double minDelta = 1e-4,
        int cooldown = 0,
        double minLearningRate = 0)
    {
        if (factor is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "A factor that lowers the rate lies between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        if (!(double.IsFinite(minLearningRate) && minLearningRate >= 0))
            throw new ArgumentOutOfRangeException(nameof(minLearningRate), minLearningRate, "The lowest rate must not be below 0.");
        Monitor = monitor ?? Monitored.ValLoss;
        improvement = new(nameof(ReduceLROnPlateau), Monitor, mode, minDelta);
        this.verbose = verbose;
        Factor = factor;
        Patience = patience;
        Cooldown = cooldown;
        MinLearningRate = minLearningRate;
    }

    /// <summary>What is watched.</summary>
    public Monitored Monitor { get; }

    /// <summary>What the rate is multiplied by.</summary>
    public double Factor { get; }

    /// <summary>Epochs without improvement after which the rate is lowered.</summary>
    public int Patience { get; }

    /// <summary>Epochs after a reduction that do not count.</summary>
    public int Cooldown { get; }

    /// <summary>The lowest rate.</summary>
    public double MinLearningRate { get; }

    /// <summary>Where the messages go; null for the console.</summary>
    internal TextWriter? Output { get; set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// The run never produces the monitored value, nothing says which way it improves, or the optimizer's rate follows a schedule.
    /// </exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.RequireSettableRate(nameof(ReduceLROnPlateau));
        improvement.RequireProduced(context.LogNames, "an epoch's end");
        improvement.Resolve(context);
        best = improvement.Worst;
        wait = 0;
        cooldownLeft = 0;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.Logs.TryGetValue(improvement.Name, out var current)) return;
        if (cooldownLeft > 0)
        {
            cooldownLeft--;
            wait = 0;
        }

        if (improvement.IsBetter(current, best))
        {
            best = current;
            wait = 0;
            return;
        }

        // The epoch that ends the cooldown counts already.
        if (cooldownLeft > 0 || ++wait < Patience || context.LearningRate <= MinLearningRate) return;
        var rate = Math.Max(context.LearningRate * Factor, MinLearningRate);
        context.LearningRate = rate;
        cooldownLeft = Cooldown;
        wait = 0;
        if (verbose > 0)
        {
            (Output ?? Console.Out).WriteLine(FormattableString.Invariant(
                $"Epoch {context.Epoch + 1}: ReduceLROnPlateau reducing learning rate to {rate}."));
        }
    }

    /// <inheritdoc/>
    internal override bool WantsBatches => false;

    /// <inheritdoc/>
    internal override bool LogsLearningRate => true;

    /// <inheritdoc/>
    string IResumable.StateName => $"reduce_lr_on_plateau.{improvement.Name}";

    /// <inheritdoc/>
    CallbackState IResumable.SaveState() =>
        new() { Numbers = new Dictionary<string, double> { ["wait"] = wait, ["cooldown"] = cooldownLeft, ["best"] = best } };

    /// <inheritdoc/>
    void IResumable.RestoreState(CallbackState state)
    {
        wait = state.Count("wait");
        cooldownLeft = state.Count("cooldown");
        best = state.Number("best");
    }
}
