namespace LstmDsl;

/// <content>Checkpoints, and going on from them.</content>
public partial class Trainer<TModel>
{
    private RunRecord lastRun = RunRecord.Empty;
    private TrainingRun<TModel>? runUnderWay;

    /// <summary>The run that <see cref="Resume"/> has read, until a fit goes on with it.</summary>
    internal Resumption? Resumption { get; set; }

    /// <summary>
    /// Writes a checkpoint that training can go on from: weights, pipeline, optimizer, seed, where the run stands, its history, what stateful
    /// layers carry, and what the callbacks remember. Equal runs write equal files.
    /// </summary>
    /// <param name="path">The file; it is replaced as a whole, or left as it was. Its extension names the format.</param>
    /// <exception cref="ArgumentException">No format has that extension.</exception>
    /// <exception cref="InvalidOperationException">No file could give back what a callback remembers as it is.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void Save(string path) => ModelFile.Write(State, path, ToCheckpoint());

    /// <summary>
    /// Reads a checkpoint that <see cref="Save"/> or a <see cref="ModelCheckpoint"/> wrote: weights, optimizer and what callbacks remember.
    /// The next fit begins where its <c>initialEpoch</c> says; <see cref="NextEpoch"/> is the epoch that the file stands before.
    /// </summary>
    /// <param name="path">
    /// The file. Weights alone are read too: then the optimizer starts afresh. So it does, with a warning in the next fit's history, where
    /// Keras compiled a model and never trained it, or trained it with an optimizer whose state is not read here.
    /// </param>
    /// <remarks>
    /// While it reads, what other threads ask of the model (predictions included) is an <see cref="InvalidOperationException"/>, as it is
    /// during <c>Fit</c>. Who renews a model that others predict with makes a second one and swaps the reference.
    /// </remarks>
    /// <exception cref="InvalidDataException">The file is damaged, or of another model or optimizer; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model is being trained, be it by this thread, or its weights are being replaced.
    /// </exception>
    public void Load(string path)
    {
        Read(path, exactly: false);
        Resumption = null;
    }

    /// <summary>
    /// Reads a checkpoint so that the next fit, given the data and arguments of the fit that wrote it, goes on at the very batch where that
    /// one stood and ends with the same bits, history and files as if it had never stopped. Its history holds the earlier epochs too, and
    /// <c>initialEpoch</c> is not looked at. More <c>epochs</c> may be given. Between fits the file stands before the epoch
    /// <see cref="NextEpoch"/>, and the model's stateful layers have at once what they carried there, until its states are reset.
    /// </summary>
    /// <param name="path">
    /// The file, of <see cref="Save"/>, a <see cref="BackupAndRestore"/> or a <see cref="ModelCheckpoint"/> that writes more than weights.
    /// </param>
    /// <remarks>
    /// Same bits are promised for the same version of the library, vector width and kind of device; a warning says where these differ.
    /// A callback of one's own that remembers something from batch to batch gets it back where it is an <see cref="IResumable"/>.
    /// Weights lie in files as floats, so a run on <see cref="Device.ReferenceDouble"/> goes on from rounded ones.
    /// </remarks>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, of another model, of an optimizer with other settings, or holds no run; nothing was changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The model is being trained, be it by this thread, or its weights are being replaced.
    /// </exception>
    public void Resume(string path)
    {
        var (training, writtenBy) = Read(path, exactly: true);
        Resumption = new(path, training!.Run!, training.History, training.Seed, training.Loss);
        NextEpoch = training.Epoch;
        if (widthWarning is null && writtenBy != ModelFile.LibraryVersion)
        {
            widthWarning = $"{path} was written by LstmDsl {writtenBy}, this is {ModelFile.LibraryVersion}: "
                + "training goes on, but perhaps not to the same bits.";
        }
    }

    /// <summary>What a checkpoint holds of the trainer.</summary>
    internal TrainerCheckpoint ToCheckpoint() => new()
    {
        Optimizer = Optimizer,
        Slots = session is null ? loadedSlots ?? new(State.Plan, Optimizer) : Download(session),
        Iteration = Iteration,
        LearningRate = LearningRate,
        NextEpoch = NextEpoch,
        Frozen = [.. frozen],
        Seed = runUnderWay?.Seed ?? LastSeed ?? State.Seed,
        Callbacks = LoadedCallbacks ?? (runUnderWay is { HasBegun: false }
            ? CallbackStates.None
            : CallbackStates.Of(Callbacks, State.Plan.ParameterFloats)),
        VectorWidth = VectorWidth,
        Loss = Loss ?? UsualLoss(pipelineUnderWay ?? State.Pipeline),
        Metrics = [.. Metrics],
        WeightedMetrics = [.. WeightedMetrics],
        // A run that was read and not gone on with yet is written as it was read, but that between fits the model has what layers carry.
        Run = Resumption?.Position is { } read
            ? read.IsBetweenFits ? read with { States = State.LayerStates?.Copy() ?? [] } : read
            : runUnderWay?.Position() ?? RunPosition.BetweenFits(NextEpoch, Iteration, State.LayerStates),
        History = Resumption?.Record ?? runUnderWay?.Record ?? lastRun,
    };

    private (TrainingMetadata? Training, string? WrittenBy) Read(string path, bool exactly)
    {
        State.RequireIdle();
        using var replacing = State.BeginReplacing();
        var slots = new OptimizerSlots(State.Plan, Optimizer);
        var read = ModelFile.Read(State, path, Optimizer, slots, exactly);
        var training = read.Metadata?.Training;
        optimizerWarning = read.Warning;
        session = null;
        lastRun = RunRecord.Empty;
        Iteration = training?.Iteration ?? 0;
        NextEpoch = training?.Epoch ?? 0;
        CurrentLearningRate = Optimizer.LearningRate.IsConstant ? training?.LearningRate : null;
        LastSeed = training?.Seed;
        LoadedCallbacks = read.Callbacks;
        TakeFrozen(training?.Frozen ?? []);
        var writtenWith = read.Metadata?.VectorWidth;
        widthWarning = training is not null && writtenWith != VectorWidth
            ? $"{path} was written with {Lanes(writtenWith)}, this device has {Lanes(VectorWidth)}: training goes on, but not to the same bits."
            : null;
        loadedSlots = training is null ? null : slots;
        // Between fits what layers carry is the model's: it may be predicted with or reset before the next fit.
        if (exactly && training?.Run is { IsBetweenFits: true } run)
            State.LayerStates?.Restore(run.States);
        return (training, read.Metadata?.LibraryVersion);
    }

    // A run that was killed left its backup behind: this fit is to go on with it.
    private void ResumeFromCallback()
    {
        CallbackStates.RequireNoGap(Callbacks, nameof(Callbacks));
        CallbackStates.RequireNames(Callbacks);
        if (Resumption is null && Callbacks.Select(callback => callback.ResumesFrom).FirstOrDefault(path => path is not null) is { } path)
            Resume(path);
    }

    private OptimizerSlots Download(TrainingSession session)
    {
        var slots = new OptimizerSlots(State.Plan, Optimizer);
        for (var slot = 0; slot < Optimizer.Slots.Count; slot++)
            session.DownloadSlot(slot, slots.Block(slot));
        return slots;
    }

    private static string Lanes(int? width) => width is null ? "no vectors" : $"{width}-bit vectors";
}
