namespace LstmDsl;

/// <summary>
/// Keeps a checkpoint of the run and, where one lies there as a fit begins, goes on from it, as
/// <c>keras.callbacks.BackupAndRestore</c> does: a program that was killed is simply started again, and ends with the same bits, history
/// and files as if it had run through. At the end the checkpoint is deleted; of a fit that was cancelled it stays.
/// </summary>
/// <remarks>
/// <para>
/// At every instant one whole checkpoint lies on the disk (see <see cref="Trainer{TModel}.Save"/>). Where one cannot be written (the disk is
/// full, the file is held by another process) the run gives a warning, goes on with the last one in place, and tries again when the next is
/// due; with <see cref="OnWriteError.Throw"/> it ends. That the file cannot be deleted at the end is a warning in any case.
/// </para>
/// <para>
/// The fit that goes on needs the data and arguments of the one that stopped: see <see cref="Trainer{TModel}.Resume"/>. The path belongs
/// to one run at a time.
/// </para>
/// </remarks>
public sealed class BackupAndRestore : Callback, IResumable
{
    private const string Batches = "batches";
    private readonly string path;
    private int batchesSinceSaving;
    private long lastSaving;

    /// <summary>Describes what to write and when.</summary>
    /// <param name="path">The file; its extension names the format.</param>
    /// <param name="saveFrequency">When to write: at each epoch's end, or a number of batches.</param>
    /// <param name="interval">Also at the first batch's end after so much time without writing; null for never.</param>
    /// <param name="deleteCheckpoint">Whether the file goes once the run has ended.</param>
    /// <param name="onWriteError">What becomes of the fit where the file cannot be written.</param>
    /// <exception cref="ArgumentException">The path is empty, or the interval is not positive.</exception>
    public BackupAndRestore(
        string path,
        SaveFrequency saveFrequency = default,
        TimeSpan? interval = null,
        bool deleteCheckpoint = true,
        OnWriteError onWriteError = OnWriteError.Warn)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (interval <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(interval), interval, "The time between two checkpoints must be positive.");
        this.path = path;
        SaveFrequency = saveFrequency;
        Interval = interval;
        DeleteCheckpoint = deleteCheckpoint;
        OnWriteError = onWriteError;
    }

    /// <summary>When the file is written.</summary>
    public SaveFrequency SaveFrequency { get; }

    /// <summary>The longest time without writing, within an epoch; null where batches alone count.</summary>
    public TimeSpan? Interval { get; }

    /// <summary>Whether the file goes once the run has ended.</summary>
    public bool DeleteCheckpoint { get; }

    /// <summary>What becomes of the fit where the file cannot be written.</summary>
    public OnWriteError OnWriteError { get; }

    /// <summary>The clock.</summary>
    internal TimeProvider Time { get; set; } = TimeProvider.System;

    /// <inheritdoc/>
    /// <exception cref="IOException">The folder cannot be made or written to, or the path is a folder.</exception>
    /// <exception cref="ArgumentException">No format has the path's extension.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.RequireSavable(path);
        OutputFolder.Prepare(path, nameof(BackupAndRestore));
        batchesSinceSaving = 0;
        lastSaving = Time.GetTimestamp();
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        batchesSinceSaving++;
        var isDue = SaveFrequency.BatchCount > 0 && batchesSinceSaving >= SaveFrequency.BatchCount;
        if (isDue || (Interval is { } interval && Time.GetElapsedTime(lastSaving) >= interval))
            Save(context);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (SaveFrequency.BatchCount == 0)
            Save(context);
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!DeleteCheckpoint || context.IsCancelled)
            return;
        WriteAttempt.Run(OnWriteError.Warn, context, nameof(BackupAndRestore), "delete", path, () => File.Delete(path));
    }

    /// <inheritdoc/>
    internal override void OnCancelled(TrainingContext context) => Save(context);

    /// <inheritdoc/>
    internal override string? ResumesFrom => File.Exists(path) ? path : null;

    /// <inheritdoc/>
    internal override bool WantsBatches => SaveFrequency.BatchCount > 0 || Interval is not null;

    /// <inheritdoc/>
    string IResumable.StateName => "backup_and_restore";

    /// <inheritdoc/>
    CallbackState IResumable.SaveState() => new() { Numbers = new Dictionary<string, double> { [Batches] = batchesSinceSaving } };

    /// <inheritdoc/>
    void IResumable.RestoreState(CallbackState state) => batchesSinceSaving = state.Count(Batches);

    // The file holds this callback's state too, so the count begins anew before it is written.
    private void Save(TrainingContext context)
    {
        batchesSinceSaving = 0;
        lastSaving = Time.GetTimestamp();
        WriteAttempt.Run(
            OnWriteError, context, nameof(BackupAndRestore), "write", path, () => context.Save(path, weightsOnly: false));
    }
}
