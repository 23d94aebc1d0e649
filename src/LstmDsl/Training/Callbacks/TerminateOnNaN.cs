namespace LstmDsl;

/// <summary>
/// Stops training after the first batch whose loss is NaN or infinite, as <c>keras.callbacks.TerminateOnNaN</c> does, or whose update leaves
/// such a weight; <see cref="History.StoppedBy"/> says where. Unlike Keras it also finds out which layer, timestep, sample and gate came
/// first, and may go back and try with a lower learning rate.
/// </summary>
/// <remarks>
/// To explain a step it keeps the weights from before: a copy and a look at each weight a batch, which a device of its own memory must send
/// over first. Going back means to the beginning of the epoch (or to where a run went on within it): weights, the optimizer's state and the
/// order of the samples are as they were there.
/// </remarks>
public sealed class TerminateOnNaN : Callback, IResumable
{
    private const string RolledBackName = "rolled_back";
    private readonly bool explain;
    private float[]? before;
    private int rolledBack;

    /// <summary>Describes what to do.</summary>
    /// <param name="explain">Whether to look for the value that came first, and at weights as well as the loss.</param>
    /// <param name="rollBackFactor">
    /// What the learning rate is multiplied with to try the epoch again; above 0 and below 1. Null stops at once.
    /// </param>
    /// <param name="attempts">How often to go back in one run before it is stopped.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public TerminateOnNaN(bool explain = true, double? rollBackFactor = null, int attempts = 3)
    {
        if (rollBackFactor is { } factor && factor is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(rollBackFactor), factor, "A factor that lowers the rate lies between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        this.explain = explain;
        RollBackFactor = rollBackFactor;
        Attempts = attempts;
    }

    /// <summary>What the learning rate is multiplied with to try an epoch again; null where a run is stopped at once.</summary>
    public double? RollBackFactor { get; }

    /// <summary>How often to go back in one run.</summary>
    public int Attempts { get; }

    /// <summary>The value that came first when the run was last stopped or taken back; null where there was none, or it was not found.</summary>
    public NonFiniteValue? First { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The learning rate is to be lowered, but follows a schedule.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (RollBackFactor is not null)
            context.RequireSettableRate(nameof(TerminateOnNaN));
        First = null;
        rolledBack = 0;
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Keep(context);
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var loss = context.Logs[Monitored.Loss.Name];
        var isFinite = double.IsFinite(loss);
        if (isFinite && (!explain || context.Weights.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) < 0))
        {
            Keep(context);
            return;
        }

        First = explain && before is not null ? context.FindNonFinite(before) : null;
        var what = FormattableString.Invariant(
            $"{(isFinite ? "a weight is not finite" : FormattableString.Invariant($"the loss is {loss}"))} after batch {context.Batch + 1} of epoch {context.Epoch + 1}");
        if (First is not null)
            what += $"; first: {First}";
        if (RollBackFactor is { } factor && rolledBack < Attempts)
        {
            rolledBack++;
            var rate = context.LearningRate * factor;
            context.RollBack(rate);
            Keep(context);
            context.Warn(FormattableString.Invariant($"TerminateOnNaN: {what}. The epoch begins again with the learning rate {rate}."));
            return;
        }

        context.Stop($"TerminateOnNaN: {what}");
    }

    /// <inheritdoc/>
    internal override bool RollsBack => RollBackFactor is not null;

    /// <inheritdoc/>
    string IResumable.StateName => "terminate_on_nan";

    /// <inheritdoc/>
    CallbackState IResumable.SaveState() => new() { Numbers = new Dictionary<string, double> { [RolledBackName] = rolledBack } };

    /// <inheritdoc/>
    void IResumable.RestoreState(CallbackState state) => rolledBack = state.Count(RolledBackName);

    private void Keep(TrainingContext context)
    {
        if (!explain)
            return;
        var weights = context.Weights;
        if (before?.Length != weights.Length)
            before = new float[weights.Length];
        weights.CopyTo(before);
    }
}
