namespace LstmDsl;

/// <summary>
/// Stops training when a value no longer improves, as <c>keras.callbacks.EarlyStopping</c> does. At each epoch's end that has the value:
/// where it is better than the best so far by more than <c>minDelta</c>, it becomes the best; otherwise training stops once
/// <c>patience</c> epochs in a row were no better (never at the very first epoch, so that patience 0 and 1 act alike). With a baseline,
/// an improvement that stays worse than the baseline does not start the patience anew.
/// </summary>
/// <remarks>
/// <para>
/// Unlike Keras, a monitor that is never produced is an error before the first batch, NaN never improves on anything, and each run
/// starts with no best value.
/// </para>
/// <para>
/// An optimizer that averages (<see cref="Optimizer.UseEma"/>) leaves the average at the end of a fit. The best epoch's weights that
/// <c>restoreBestWeights</c> puts back are averaged, too: the model is as a fit of so many epochs would have left it. Keras puts those back that
/// were trained with, and so loses the average. What is watched during the fit is of weights that are not averaged in either.
/// </para>
/// </remarks>
public sealed class EarlyStopping : Callback, IResumable
{
    private readonly Improvement improvement;
    private readonly int verbose;
    private int wait;
    private double best;
    private int? bestEpoch;
    private float[]? bestWeights;
    private bool bestWeightsAreElsewhere;

    /// <summary>Describes when to stop.</summary>
    /// <param name="monitor">What to watch; <see cref="Monitored.ValLoss"/> where it is not given.</param>
    /// <param name="minDelta">By how much a value must be better to count; the sign does not matter.</param>
    /// <param name="patience">Epochs without improvement after which training stops.</param>
    /// <param name="verbose">1 prints a line where it acts, 0 nothing.</param>
    /// <param name="mode">Which way the value improves.</param>
    /// <param name="baseline">A value that must be beaten for the patience to start anew; null for none.</param>
    /// <param name="restoreBestWeights">
    /// Whether the model gets the best epoch's weights back at the end of training, also where training was not stopped. The state of
    /// the optimizer stays as it is.
    /// </param>
    /// <param name="startFromEpoch">Index of the first epoch to look at; those before it are a warm-up.</param>
    /// <exception cref="ArgumentException">The monitor has no name, or an argument is out of its range.</exception>
    public EarlyStopping(
        Monitored? monitor = null,
        double minDelta = 0,
        int patience = 0,
        int verbose = 0,
        Mode mode = Mode.Auto,
        double? baseline = null,
        bool restoreBestWeights = false,
        int startFromEpoch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(startFromEpoch);
        Monitor = monitor ?? Monitored.ValLoss;
        improvement = new(nameof(EarlyStopping), Monitor, mode, minDelta);
        this.verbose = verbose;
        Patience = patience;
        Baseline = baseline;
        RestoreBestWeights = restoreBestWeights;
        StartFromEpoch = startFromEpoch;
    }

    /// <summary>What is watched.</summary>
    public Monitored Monitor { get; }

    /// <summary>Epochs without improvement after which training stops.</summary>
    public int Patience { get; }

    /// <summary>A value that must be beaten for the patience to start anew.</summary>
    public double? Baseline { get; }

    /// <summary>Whether the best epoch's weights are put back at the end.</summary>
    public bool RestoreBestWeights { get; }

    /// <summary>Index of the first epoch to look at, from 0.</summary>
    public int StartFromEpoch { get; }

    /// <summary>The best value of the run, in the network's units; null before there is one.</summary>
    public double? Best => double.IsFinite(best) && bestEpoch is not null ? best : null;

    /// <summary>Index of the best epoch, from 0; null before there is one.</summary>
    public int? BestEpoch => bestEpoch;

    /// <summary>Index of the epoch after which training was stopped, from 0; null where it was not.</summary>
    public int? StoppedEpoch { get; private set; }

    /// <summary>Where the messages go; null for the console.</summary>
    internal TextWriter? Output { get; set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// The run never produces the monitored value, or nothing says which way it improves.
    /// </exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        improvement.RequireProduced(context.LogNames, "an epoch's end");
        improvement.Resolve(context);
        wait = 0;
        best = improvement.Worst;
        bestEpoch = null;
        bestWeights = null;
        bestWeightsAreElsewhere = false;
        StoppedEpoch = null;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Epoch < StartFromEpoch || !context.Logs.TryGetValue(improvement.Name, out var current)) return;

        // The first epoch's weights are kept even where its value is NaN, so that there is something to put back.
        if (RestoreBestWeights && bestWeights is null && !bestWeightsAreElsewhere) Keep(context);

        wait++;
        if (improvement.IsBetter(current, best))
        {
            best = current;
            Keep(context);
            if (Baseline is not { } baseline || improvement.IsBetter(current, baseline)) wait = 0;
            return;
        }

        if (wait < Patience || context.Epoch == 0) return;
        StoppedEpoch = context.Epoch;
        context.Stop(Reason());
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (StoppedEpoch is { } stopped) Say($"Epoch {stopped + 1}: early stopping");
        if (bestWeightsAreElsewhere)
        {
            context.Warn(FormattableString.Invariant(
                $"EarlyStopping could not restore the weights of the best epoch, {bestEpoch + 1}: the checkpoint that the run went on from lacks them."));
        }

        if (bestWeights is null) return;
        Say($"Restoring model weights from the end of the best epoch: {bestEpoch + 1}.");
        context.SetWeights(bestWeights);
    }

    /// <inheritdoc/>
    internal override bool WantsBatches => false;

    /// <inheritdoc/>
    string IResumable.StateName => $"early_stopping.{improvement.Name}";

    /// <inheritdoc/>
    CallbackState IResumable.SaveState()
    {
        var numbers = new Dictionary<string, double> { ["wait"] = wait };
        if (bestEpoch is { } epoch) numbers["best_epoch"] = epoch;
        if (Best is { } value) numbers["best"] = value;
        if (StoppedEpoch is { } stopped) numbers["stopped_epoch"] = stopped;
        return new() { Numbers = numbers, Weights = bestWeights };
    }

    /// <inheritdoc/>
    void IResumable.RestoreState(CallbackState state)
    {
        wait = state.Count("wait");
        if (state.Numbers.TryGetValue("best", out var value)) best = value;
        if (state.Numbers.ContainsKey("stopped_epoch")) StoppedEpoch = state.Count("stopped_epoch");
        if (state.Numbers.ContainsKey("best_epoch")) bestEpoch = state.Count("best_epoch");
        bestWeights = state.Weights;
        bestWeightsAreElsewhere = RestoreBestWeights && bestEpoch is not null && bestWeights is null;
    }

    private void Keep(TrainingContext context)
    {
        bestEpoch = context.Epoch;
        if (!RestoreBestWeights) return;
        bestWeights = context.CopyWeightsOfFitEndedHere();
        bestWeightsAreElsewhere = false;
    }

    private string Reason()
    {
        var epochs = wait == 1 ? "epoch" : "epochs";
        var text = FormattableString.Invariant($"EarlyStopping: {improvement.Name} did not improve for {wait} {epochs}");
        return Best is { } value ? FormattableString.Invariant($"{text} (best {value:G4} in epoch {bestEpoch + 1})") : text;
    }

    private void Say(FormattableString text)
    {
        if (verbose > 0) (Output ?? Console.Out).WriteLine(FormattableString.Invariant(text));
    }
}
