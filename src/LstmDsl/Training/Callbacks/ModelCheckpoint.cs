namespace LstmDsl;

/// <summary>
/// Writes the model to a file as it trains, as <c>keras.callbacks.ModelCheckpoint</c> does: after each epoch or every so many batches,
/// always or only where the monitored value is the best so far.
/// </summary>
/// <remarks>
/// <para>
/// The path may hold places for numbers in Python's notation: <c>{epoch}</c> and <c>{batch}</c> count from 1, other names are values of the
/// logs, each with a format if one is wanted: <c>"e{epoch:02d}-{val_loss:.2f}.safetensors"</c>. Formats are <c>d</c>, <c>.nf</c>, <c>.ne</c>
/// and <c>.ng</c>, with a width, filled with zeros if it begins with 0. <c>{batch}</c> is known only where the file is written by batches.
/// </para>
/// <para>
/// The folder is made where it is missing. A file is replaced as a whole or left as it was. <see cref="Best"/> survives from one run to the
/// next, so that training on never overwrites a better model with a worse one.
/// </para>
/// <para>
/// Unlike Keras, with <c>saveBestOnly</c> nothing is written at an epoch that lacks the monitored value (such as one without validation),
/// and a value that cannot be known when the file is written is an error before the first batch.
/// </para>
/// <para>
/// Files hold the weights that are trained with, so that training can go on from them. Where the optimizer averages them at the end of a fit
/// (<see cref="Optimizer.UseEma"/>) the best ones are not that average, which a warning says.
/// </para>
/// </remarks>
public sealed class ModelCheckpoint : Callback, IResumable
{
    private const string BatchName = "batch";
    private const string PathText = "path";
    private readonly FileNameTemplate template;
    private readonly Improvement improvement;
    private readonly bool monitorIsGiven;
    private readonly int verbose;
    private int batchesSinceSaving;

    /// <summary>Describes what to write and when.</summary>
    /// <param name="path">The file; its extension names the format.</param>
    /// <param name="monitor">What tells the best; <see cref="Monitored.ValLoss"/> where it is not given.</param>
    /// <param name="verbose">1 prints a line where it acts, 0 nothing.</param>
    /// <param name="saveBestOnly">Whether to write only where the monitored value is the best so far.</param>
    /// <param name="saveWeightsOnly">Whether to leave out the state of the optimizer and of the run.</param>
    /// <param name="mode">Which way the monitored value improves.</param>
    /// <param name="saveFrequency">When to write: at each epoch's end, or a number of batches.</param>
    /// <param name="initialValueThreshold">What the first file must improve on; null for nothing.</param>
    /// <param name="onWriteError">
    /// What becomes of the fit where the file cannot be written. By default it ends: this file is what the fit is for.
    /// </param>
    /// <exception cref="ArgumentException">The path or the monitor is empty, or a place in the path cannot be read.</exception>
    public ModelCheckpoint(
        string path,
        Monitored? monitor = null,
        int verbose = 0,
        bool saveBestOnly = false,
        bool saveWeightsOnly = false,
        Mode mode = Mode.Auto,
        SaveFrequency saveFrequency = default,
        double? initialValueThreshold = null,
        OnWriteError onWriteError = OnWriteError.Throw)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (initialValueThreshold is double.NaN)
            throw new ArgumentOutOfRangeException(nameof(initialValueThreshold), "NaN is no value to improve on.");
        template = new(path);
        Monitor = monitor ?? Monitored.ValLoss;
        monitorIsGiven = monitor is not null;
        improvement = new(nameof(ModelCheckpoint), Monitor, mode, minDelta: 0);
        this.verbose = verbose;
        SaveBestOnly = saveBestOnly;
        SaveWeightsOnly = saveWeightsOnly;
        SaveFrequency = saveFrequency;
        Best = initialValueThreshold;
        OnWriteError = onWriteError;
    }

    /// <summary>The path as it was given, with its places for numbers.</summary>
    public string PathTemplate => template.Text;

    /// <summary>What tells the best.</summary>
    public Monitored Monitor { get; }

    /// <summary>Whether a file is written only where the monitored value is the best so far.</summary>
    public bool SaveBestOnly { get; }

    /// <summary>Whether the state of the optimizer and of the run is left out.</summary>
    public bool SaveWeightsOnly { get; }

    /// <summary>When a file is written.</summary>
    public SaveFrequency SaveFrequency { get; }

    /// <summary>What becomes of the fit where the file cannot be written.</summary>
    public OnWriteError OnWriteError { get; }

    /// <summary>
    /// The best value so far, in the network's units: over all runs, beginning with the threshold; null before there is one, and where
    /// every epoch is written.
    /// </summary>
    public double? Best { get; private set; }

    /// <summary>The file that holds the best model, where only the best are written; null before there is one.</summary>
    public string? BestPath => SaveBestOnly ? LastPath : null;

    /// <summary>The file written last; null before there is one.</summary>
    public string? LastPath { get; private set; }

    /// <summary>Where the messages go; null for the console.</summary>
    internal TextWriter? Output { get; set; }

    private bool SavesByBatches => SaveFrequency.BatchCount > 0;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// The run never produces the monitored value or one that the path names (after each epoch, where each is written), or nothing says
    /// which way the monitored value improves.
    /// </exception>
    /// <exception cref="IOException">The folder cannot be made or written to, or the path is a folder.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var logged = SavesByBatches
            ? [.. context.LogNames.Where(name => !Improvement.IsOfValidation(name))]
            : context.LogNames;
        string[] places = SavesByBatches ? ["epoch", BatchName, .. logged] : ["epoch", .. logged];
        template.RequireKnown(places, nameof(ModelCheckpoint));
        context.RequireSavable(PathTemplate);
        if (SaveBestOnly)
        {
            improvement.RequireProduced(logged, SavesByBatches ? "a batch's end" : "an epoch's end");
            improvement.Resolve(context);
            if (context.EndsWithAverages)
            {
                context.Warn("ModelCheckpoint keeps the best weights as they are trained with; the optimizer averages them at the end of the fit alone. "
                    + "For the best epoch's average use EarlyStopping(restoreBestWeights: true) and save the model after the fit.");
            }
        }
        else if (monitorIsGiven)
        {
            improvement.RequireProduced(context.LogNames, "an epoch's end");
        }

        if (!SavesByBatches && !SaveBestOnly) RequireValidations(context);
        PrepareFolder();
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!SavesByBatches || ++batchesSinceSaving < SaveFrequency.BatchCount) return;
        batchesSinceSaving = 0;
        Try(context, context.Batch + 1);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!SavesByBatches) Try(context, batch: null);
    }

    /// <inheritdoc/>
    internal override bool WantsBatches => SavesByBatches;

    /// <inheritdoc/>
    string IResumable.StateName => SaveBestOnly ? $"model_checkpoint.{improvement.Name}" : "model_checkpoint";

    /// <inheritdoc/>
    CallbackState IResumable.SaveState()
    {
        var numbers = new Dictionary<string, double> { ["batches"] = batchesSinceSaving };
        if (Best is { } best) numbers["best"] = best;
        return new() { Numbers = numbers, Texts = LastPath is null ? [] : new Dictionary<string, string> { [PathText] = LastPath } };
    }

    /// <inheritdoc/>
    void IResumable.RestoreState(CallbackState state)
    {
        batchesSinceSaving = state.Count("batches");
        if (state.Numbers.TryGetValue("best", out var best)) Best = best;
        if (state.Texts.TryGetValue(PathText, out var path)) LastPath = path;
    }

    private void Try(TrainingContext context, int? batch) => WriteAttempt.Run(
        OnWriteError, context, nameof(ModelCheckpoint), "write", PathTemplate, () => SaveIfWanted(context, batch));

    private void SaveIfWanted(TrainingContext context, int? batch)
    {
        if (!SaveBestOnly)
        {
            Save(context, batch, path => Say($"Epoch {context.Epoch + 1}: saving model to {path}"));
            return;
        }

        if (!context.Logs.TryGetValue(improvement.Name, out var current)) return;
        var best = Best ?? improvement.Worst;
        if (!improvement.IsBetter(current, best))
        {
            Say($"Epoch {context.Epoch + 1}: {improvement.Name} did not improve from {best:F5}");
            return;
        }

        var before = Best;
        Best = current;
        try
        {
            Save(context, batch, path =>
                Say($"Epoch {context.Epoch + 1}: {improvement.Name} improved from {best:F5} to {current:F5}, saving model to {path}"));
        }
        catch
        {
            Best = before;
            throw;
        }
    }

    private void Save(TrainingContext context, int? batch, Action<string> announce)
    {
        var path = template.Format(context.Epoch + 1, batch, context.Logs);
        announce(path);
        if (!template.IsConstant) OutputFolder.Prepare(path, nameof(ModelCheckpoint));

        // The file holds this callback's state too, so it must stand before the file is written, and go where writing fails.
        var before = LastPath;
        LastPath = path;
        try
        {
            context.Save(path, SaveWeightsOnly);
        }
        catch
        {
            LastPath = before;
            throw;
        }
    }

    /// <summary>A file is due after each epoch, so whatever its name needs must be known after each.</summary>
    private void RequireValidations(TrainingContext context)
    {
        var name = template.Keys.FirstOrDefault(Improvement.IsOfValidation);
        for (var epoch = context.Epoch; name is not null && epoch < context.Epochs; epoch++)
        {
            if (context.ValidatesAfter(epoch)) continue;
            throw new InvalidOperationException(FormattableString.Invariant(
                $"ModelCheckpoint writes after each epoch, but \"{PathTemplate}\" names {name}, which epoch {epoch + 1} will not have: ")
                + "it is not validated. "
                + $"Set saveBestOnly, take {name} out of the name, or leave validationFreq at 1.");
        }
    }

    /// <summary>Tries the folder of the first file; of a folder that the numbers name, the one above it.</summary>
    private void PrepareFolder()
    {
        var known = template.LeadingText;
        var folder = Path.GetDirectoryName(known) ?? Path.GetPathRoot(known) ?? "";
        OutputFolder.Prepare(template.IsConstant ? known : Path.Combine(folder, "checkpoint"), nameof(ModelCheckpoint));
    }

    private void Say(FormattableString text)
    {
        if (verbose > 0) (Output ?? Console.Out).WriteLine(FormattableString.Invariant(text));
    }
}
