namespace LstmDsl;

/// <content>Where the run stands, and going on from where another one stood.</content>
internal sealed partial class TrainingRun<TModel>
{
    private readonly Resumption? resumption;
    private RunMoment moment;
    private int called;
    private bool isOver;
    private bool isCancelled;

    /// <inheritdoc/>
    internal override bool IsCancelled => isCancelled;

    /// <summary>Whether all callbacks know that the run has begun; before, they hold what is left of an earlier one.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The run's seed.</summary>
    public int Seed => request.Seed;

    /// <summary>The epochs so far, for a checkpoint.</summary>
    public RunRecord Record => history.ToRecord();

    /// <summary>Where the run stands; callbacks ask while they are called.</summary>
    public RunPosition Position()
    {
        // After the last epoch any fit may follow, and between two epochs the next one is told.
        if (isOver)
            return RunPosition.BetweenFits(trainer.NextEpoch, trainer.Iteration, state.LayerStates);
        return new()
        {
            Epoch = epoch,
            Batch = moment switch { RunMoment.BatchEnd => batch + 1, RunMoment.WithinEpoch => batch, _ => 0 },
            Pass = pass,
            Seen = position,
            Moment = moment,
            Called = moment is RunMoment.BetweenEpochs or RunMoment.WithinEpoch ? 0 : called,
            StopReason = stopReason,
            FirstIteration = iterationAtBegin,
            Sums = moment is RunMoment.BatchEnd or RunMoment.WithinEpoch ? session.CopySums() : [],
            States = state.LayerStates?.Copy() ?? [],
            Shape = Shape,
        };
    }

    private RunShape Shape => new(order.Length, request.BatchSize, request.Batches, request.Shuffle);

    /// <summary>Throws where this run cannot go on to the same bits as the one whose checkpoint was read.</summary>
    private void RequireSameRun()
    {
        if (resumption is not { Position: var from, Path: var path })
            return;
        var difference = Difference(from.Shape ?? Shape, Shape);
        if (difference is null && resumption.Seed != request.Seed)
            difference = $"the seed {resumption.Seed}, this one has {request.Seed}";
        if (difference is null && resumption.Loss is { } loss && loss != KerasLossObject.Text(request.Objective.Loss))
            difference = $"the loss {loss}, this one has {KerasLossObject.Text(request.Objective.Loss)}";
        if (difference is null && !resumption.Record.Values.Keys.ToHashSet().IsSubsetOf(logNames))
        {
            difference = $"the values {string.Join(", ", resumption.Record.Values.Keys)} in its history, "
                + $"this one has {string.Join(", ", logNames)}";
        }

        if (difference is null && from.Called > callbacks.Length)
            difference = $"{from.Called} callbacks or more, this one has {callbacks.Length}";
        if (difference is not null)
        {
            throw new InvalidOperationException(
                $"The run of '{path}' had {difference}, so it cannot go on where it stopped. Give Fit the same data and arguments, "
                + "or read the file with Load and begin at an epoch of your choice.");
        }

        if (from.Seen > order.Length || from.Batch > request.Batches
            || (from.Moment == RunMoment.EpochEnd && resumption.Record.Epochs.LastOrDefault(-1) != from.Epoch))
        {
            throw new InvalidDataException(
                $"'{path}' contradicts itself: its run stands in epoch {from.Epoch} at sample {from.Seen} of {order.Length}, "
                + $"batch {from.Batch} of {request.Batches}, after {resumption.Record.Epochs.Count} epochs.");
        }
    }

    private static string? Difference(RunShape had, RunShape has)
    {
        if (had.Samples != has.Samples)
            return $"{had.Samples} samples, this one has {has.Samples}";
        if (had.BatchSize != has.BatchSize)
            return $"batches of {had.BatchSize}, this one has {has.BatchSize}";
        if (had.Batches != has.Batches)
            return $"{had.Batches} batches an epoch, this one has {has.Batches}";
        return had.Shuffle == has.Shuffle ? null : had.Shuffle ? "shuffled samples, this one does not" : "samples in order, this one shuffles";
    }

    private void RestoreCallbacks()
    {
        if (trainer.LoadedCallbacks is not { } loaded)
            return;
        foreach (var (name, callback) in CallbackStates.Named(callbacks))
        {
            if (loaded.TryGetValue(name, out var kept))
                CallbackStates.Restore(callback, kept);
        }

        trainer.LoadedCallbacks = null;
    }

    /// <summary>Takes over history and position of the run whose checkpoint was read.</summary>
    /// <returns>Where that run stands within an epoch; null where the next one is to begin.</returns>
    private RunPosition? RestorePosition()
    {
        trainer.Resumption = null;
        if (resumption is not { Position: var from })
            return null;
        history.Restore(resumption.Record);
        epoch = from.Epoch;
        stopReason = from.StopReason;
        iterationAtBegin = from.FirstIteration;
        if (!from.IsBetweenFits)
        {
            state.LayerStates?.Restore(from.States);
            BeginPass(from.Pass);
            position = from.Seen;
        }

        return from.Moment == RunMoment.BetweenEpochs ? null : from;
    }

    /// <summary>Brings the epoch to its end in whose midst another run stopped; false where this one is cancelled in it.</summary>
    private bool GoOn(RunPosition from, CancellationToken cancellation)
    {
        if (from.Moment == RunMoment.EpochEnd)
        {
            foreach (var (name, value) in history.LastEpoch())
                logs[name] = value;
            batch = request.Batches;
            trainer.NextEpoch = epoch + 1;
            Call(RunMoment.EpochEnd, from.Called);
            return true;
        }

        BeginEpoch();
        if (from.Moment == RunMoment.EpochBegin)
            Call(RunMoment.EpochBegin, from.Called);
        session.BeginMetrics(metrics);
        batch = from.Batch;
        if (from.Sums.Length > 0)
            session.SetSums(from.Sums);
        KeepForRollBack();
        if (from.Moment == RunMoment.BatchEnd)
        {
            batch--;
            Report(session.LossResult, prefix: "");
            Call(RunMoment.BatchEnd, from.Called);
            batch = rollsBack ? RollBack() : batch + 1;
        }

        return RunBatches(cancellation) && EndEpoch();
    }

    // Callbacks may still write down where the run stands, which is not that somebody stopped it.
    private void Cancel()
    {
        isCancelled = true;
        foreach (var callback in callbacks)
            callback.OnCancelled(this);
        stopReason = moment == RunMoment.WithinEpoch
            ? $"cancelled in epoch {epoch + 1}, after batch {batch} of {request.Batches}"
            : $"cancelled before epoch {epoch + 1}";
    }
}
