namespace LstmDsl;

/// <summary>
/// Sets the learning rate at each epoch's beginning, as <c>keras.callbacks.LearningRateScheduler</c> does; the logs get the rate as
/// <c>learning_rate</c>. For a rate that changes with each batch give the optimizer a <see cref="Schedule"/>.
/// </summary>
public sealed class LearningRateScheduler : Callback
{
    private readonly Func<int, double, double> schedule;
    private readonly int verbose;

    /// <summary>Describes the rates.</summary>
    /// <param name="schedule">The rate of an epoch, from the epoch's index (from 0).</param>
    /// <param name="verbose">1 prints a line an epoch, 0 nothing.</param>
    public LearningRateScheduler(Func<int, double> schedule, int verbose = 0)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        this.schedule = (epoch, _) => schedule(epoch);
        this.verbose = verbose;
    }

    /// <summary>Describes the rates, each made from the one before.</summary>
    /// <param name="schedule">The rate of an epoch, from the epoch's index (from 0) and the rate so far.</param>
    /// <param name="verbose">1 prints a line an epoch, 0 nothing.</param>
    public LearningRateScheduler(Func<int, double, double> schedule, int verbose = 0)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        this.schedule = schedule;
        this.verbose = verbose;
    }

    /// <summary>Where the messages go; null for the console.</summary>
    internal TextWriter? Output { get; set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The optimizer's own rate follows a schedule.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.RequireSettableRate(nameof(LearningRateScheduler));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The schedule gave a rate that is negative or not finite.</exception>
    public override void OnEpochBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var rate = schedule(context.Epoch, context.LearningRate);
        context.LearningRate = rate;
        if (verbose > 0)
        {
            (Output ?? Console.Out).WriteLine(FormattableString.Invariant(
                $"Epoch {context.Epoch + 1}: LearningRateScheduler setting learning rate to {rate}."));
        }
    }

    /// <inheritdoc/>
    internal override bool WantsBatches => false;

    /// <inheritdoc/>
    internal override bool LogsLearningRate => true;
}
