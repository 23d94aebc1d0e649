using System.Diagnostics;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>One run of <c>Fit</c>: the loop over epochs and batches, and what callbacks see of it.</summary>
internal sealed partial class TrainingRun<TModel> : TrainingContext where TModel : class, IRecurrentModel<TModel>
{
    private const string LearningRateName = "learning_rate";
    private readonly Trainer<TModel> trainer;
    private readonly FitRequest request;
    private readonly TrainingSession session;
    private readonly ModelState<TModel> state;
    private readonly History history = new();
    private readonly ProgressDisplay progress;
    private readonly IReadOnlyList<TrackedMetric> metrics;
    private readonly Callback[] callbacks;
    private readonly Dictionary<string, double> logs = [];
    private readonly List<string> logNames = [];
    private readonly int[] order;
    private readonly bool wantsBatches;
    private readonly bool logsLearningRate;
    private int epoch;
    private int batch;
    private int pass;
    private int position;
    private int batchStart;
    private long epochBegun;
    private string? stopReason;
    private long uploadedVersion;
    private long iterationAtBegin;

    public TrainingRun(Trainer<TModel> trainer, FitRequest request)
    {
        this.trainer = trainer;
        this.request = request;
        state = trainer.State;
        metrics = request.Objective.Metrics;
        callbacks = [.. trainer.Callbacks];
        wantsBatches = Array.Exists(callbacks, callback => callback.WantsBatches);
        session = trainer.Session(request.Capacity);
        session.Seed = request.Seed;
        order = new int[request.Training.Count];
        position = order.Length;
        epoch = request.InitialEpoch;
        resumption = trainer.Resumption;

        logNames.Add(Monitored.Loss.Name);
        foreach (var metric in metrics)
            logNames.Add(metric.Name);
        foreach (var name in request.Validates ? logNames.ToArray() : [])
            logNames.Add("val_" + name);
        foreach (var name in request.Validates && request.InUnits is { } inUnits ? inUnits.Names : [])
            logNames.Add("val_" + name);
        logsLearningRate = Array.Exists(callbacks, callback => callback.LogsLearningRate);
        if (logsLearningRate)
            logNames.Add(LearningRateName);
        progress = ProgressDisplay.ForConsole(request.Verbose, logNames);
    }

    /// <inheritdoc/>
    public override string ModelName => state.Plan.Name;

    /// <inheritdoc/>
    public override void RequireSavable(string path)
    {
        base.RequireSavable(path);
        CheckpointFormat.For(path).RequireDescribable(path, state.Plan);
    }

    /// <inheritdoc/>
    public override int Epoch => epoch;

    /// <inheritdoc/>
    public override int Epochs => request.Epochs;

    /// <inheritdoc/>
    public override int Batch => batch;

    /// <inheritdoc/>
    public override int BatchesPerEpoch => request.Batches;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Logs => logs;

    /// <inheritdoc/>
    public override IReadOnlyList<string> LogNames => logNames;

    /// <inheritdoc/>
    public override int Verbose => request.Verbose;

    /// <inheritdoc/>
    public override double LearningRate
    {
        get => trainer.LearningRate;
        set
        {
            if (FollowsSchedule)
                throw new InvalidOperationException("The learning rate follows the optimizer's schedule, so it cannot be set.");
            if (!(double.IsFinite(value) && value >= 0))
                throw new ArgumentOutOfRangeException(nameof(value), value, "A learning rate must be finite and not below 0.");
            trainer.LearningRate = value;
        }
    }

    /// <inheritdoc/>
    public override bool FollowsSchedule => !trainer.Optimizer.LearningRate.IsConstant;

    /// <inheritdoc/>
    public override bool ValidatesAfter(int epoch) => request.ValidatesAfter(epoch);

    /// <inheritdoc/>
    public override bool StopRequested => stopReason is not null;

    /// <summary>Runs to the end, to a stop, or to a cancellation.</summary>
    public History Run(Pipeline? pipeline, CancellationToken cancellation)
    {
        RequireSameRun();
        state.BeginTraining(session);
        try
        {
            Upload();
            iterationAtBegin = trainer.Iteration;
            history.Begin(logNames, DirectionOf);
            foreach (var warning in request.Warnings)
                Warn(warning);
            foreach (var callback in callbacks)
                callback.OnTrainBegin(this);
            HasBegun = true;
            RestoreCallbacks();
            var goesOn = RestorePosition();
            // Only now is everything checked, and the model becomes one of these data.
            state.Pipeline = pipeline ?? state.Pipeline;
            trainer.LastSeed = request.Seed;

            while (goesOn is not null || (epoch < request.Epochs && stopReason is null && !cancellation.IsCancellationRequested))
            {
                if (!(goesOn is null ? RunEpoch(cancellation) : GoOn(goesOn, cancellation)))
                    break;
                goesOn = null;
                epoch++;
            }

            if (stopReason is null && epoch < request.Epochs)
                Cancel();
            isOver = true;
            TakeAverages();
            foreach (var callback in callbacks)
                callback.OnTrainEnd(this);
            UploadWhereChanged();
            WarnWhereWeightsAreNotFinite();
        }
        finally
        {
            progress.BreakLine();
            state.EndTraining();
        }

        history.StoppedBy = stopReason;
        return history;
    }

    /// <inheritdoc/>
    public override Direction? DirectionOf(string name)
    {
        var plain = name.StartsWith("val_", StringComparison.Ordinal) ? name[4..] : name;
        if (plain == Monitored.Loss.Name)
            return Direction.Minimize;
        if (request.InUnits?.Names.Contains(plain) == true)
            return Direction.Minimize;
        return metrics.FirstOrDefault(metric => metric.Name == plain)?.Metric.Direction;
    }

    /// <inheritdoc/>
    public override void Stop(string reason) => stopReason ??= reason;

    /// <inheritdoc/>
    public override float[] CopyWeights() => state.Parameters.Span.ToArray();

    /// <inheritdoc/>
    internal override bool EndsWithAverages => trainer.Optimizer is { UseEma: true, EmaOverwriteFrequency: null };

    /// <inheritdoc/>
    internal override float[] CopyWeightsOfFitEndedHere()
    {
        var weights = CopyWeights();
        if (!trainer.Optimizer.UseEma || trainer.Iteration == iterationAtBegin)
            return weights;
        var averages = new float[weights.Length];
        session.DownloadSlot(trainer.Optimizer.AverageSlot, averages);
        foreach (var tensor in state.Plan.Tensors.Where(tensor => tensor.IsTrained && !trainer.Frozen.Contains(tensor.DeclaredLayer)))
            averages.AsSpan(tensor.Offset, tensor.Length).CopyTo(weights.AsSpan(tensor.Offset));
        return weights;
    }

    /// <inheritdoc/>
    public override void SetWeights(ReadOnlySpan<float> weights) => state.SetParameters(weights);

    /// <inheritdoc/>
    public override void Save(string path, bool weightsOnly) =>
        ModelFile.Write(state, path, weightsOnly ? null : trainer.ToCheckpoint());

    /// <inheritdoc/>
    public override void Warn(string text) => Warn(text, isOfThisMachine: false);

    /// <inheritdoc/>
    internal override void WarnOfThisMachine(string text) => Warn(text, isOfThisMachine: true);

    private void Warn(string text, bool isOfThisMachine)
    {
        if (!history.Warn(text, isOfThisMachine) || request.Verbose == 0)
            return;
        progress.BreakLine();
        Console.Error.WriteLine("warning: " + text);
    }

    private bool RunEpoch(CancellationToken cancellation)
    {
        if (position == order.Length)
        {
            BeginPass(epoch);
            position = 0;
        }

        BeginEpoch();
        Call(RunMoment.EpochBegin);
        session.BeginMetrics(metrics);
        KeepForRollBack();
        return RunBatches(cancellation) && EndEpoch();
    }

    private void BeginEpoch()
    {
        logs.Clear();
        batch = 0;
        progress.EpochBegin(epoch, request.Epochs, request.Batches);
        epochBegun = Stopwatch.GetTimestamp();
    }

    private bool RunBatches(CancellationToken cancellation)
    {
        moment = RunMoment.WithinEpoch;
        while (batch < request.Batches && position < order.Length && stopReason is null)
        {
            if (cancellation.IsCancellationRequested)
                return false;
            var windows = order.AsSpan(position, Math.Min(request.BatchSize, order.Length - position));
            batchStart = position;
            var learningRate = trainer.LearningRate;
            session.Train(request.Training, windows, ++trainer.Iteration, learningRate);
            position += windows.Length;
            state.MarkTrained();
            uploadedVersion = state.Version;
            if (wantsBatches || session.HasLossAtHand)
                WarnWhereDiverged("loss", session.LossResult, batch);
            // The running means cost a little, so they are only made for somebody.
            var redraw = progress.IsDue(batch + 1);
            if (wantsBatches || redraw)
            {
                Report(session.LossResult, prefix: "");
                if (redraw)
                    progress.Batch(batch + 1, logs);
                if (wantsBatches)
                    Call(RunMoment.BatchEnd);
            }

            batch = rollsBack ? RollBack() : batch + 1;
        }

        return true;
    }

    private bool EndEpoch()
    {
        if (batch < request.Batches && stopReason is null)
        {
            Warn($"The data ran out after {batch} of {request.Batches} batches, so the epoch ended early. Give no stepsPerEpoch, "
                + "or one that divides the number of batches.");
        }

        var loss = session.LossResult;
        Report(loss, prefix: "");
        WarnWhereDiverged("loss", loss, batch: null);
        if (request.ValidatesAfter(epoch))
        {
            session.BeginMetrics(metrics);
            var validationLoss = BatchLoop.Evaluate(session, request.Validation!, request.ValidationBatchSize, request.ValidationSteps);
            Report(validationLoss, "val_");
            WarnWhereDiverged("validation loss", validationLoss, batch: null);
            ReportInUnits();
        }

        if (logsLearningRate)
            logs[LearningRateName] = LearningRate;
        trainer.NextEpoch = epoch + 1;
        history.Add(epoch, logs, Stopwatch.GetElapsedTime(epochBegun));
        progress.EpochEnd(batch, logs);
        Call(RunMoment.EpochEnd);
        return true;
    }

    // Where an epoch goes on in the data, these are still to be seen; where they were all seen, another order begins.
    private void BeginPass(int epoch)
    {
        pass = epoch;
        if (request.Shuffle)
        {
            Shuffling.Fill(order, request.Seed, epoch);
            return;
        }

        for (var index = 0; index < order.Length; index++)
            order[index] = index;
    }

    private void Report(double loss, string prefix)
    {
        logs[prefix + Monitored.Loss.Name] = loss;
        for (var metric = 0; metric < metrics.Count; metric++)
            logs[prefix + metrics[metric].Name] = session.MetricResult(metric);
    }

    private void ReportInUnits()
    {
        if (request.InUnits is not { } inUnits)
            return;
        var measured = inUnits.Measure();
        for (var index = 0; index < measured.Count; index++)
            logs["val_" + inUnits.Names[index]] = measured[index];
    }

    // A checkpoint that a callback writes says who has been called, so that a run that goes on from it calls the others.
    private void Call(RunMoment moment, int first = 0)
    {
        this.moment = moment;
        for (called = first; called < callbacks.Length;)
        {
            var callback = callbacks[called++];
            switch (moment)
            {
                case RunMoment.EpochBegin:
                    callback.OnEpochBegin(this);
                    break;
                case RunMoment.BatchEnd:
                    callback.OnBatchEnd(this);
                    break;
                case RunMoment.EpochEnd:
                    callback.OnEpochEnd(this);
                    break;
            }
        }

        this.moment = moment == RunMoment.EpochEnd ? RunMoment.BetweenEpochs : RunMoment.WithinEpoch;
        UploadWhereChanged();
    }

    private void UploadWhereChanged()
    {
        if (state.Version != uploadedVersion)
            Upload();
    }

    // As in Keras, at the end of every fit that made a step.
    private void TakeAverages()
    {
        if (!trainer.Optimizer.UseEma || trainer.Iteration == iterationAtBegin)
            return;
        session.TakeAverages();
        state.MarkTrained();
        uploadedVersion = state.Version;
    }

    // A callback, or whoever trained before, may have written weights that the device does not have.
    private void Upload()
    {
        session.UploadParameters(state.Parameters.Span);
        uploadedVersion = state.Version;
    }
}
