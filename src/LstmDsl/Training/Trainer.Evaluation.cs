namespace LstmDsl;

/// <content>What is measured outside of a fit, and single steps.</content>
public partial class Trainer<TModel>
{
    private int[] stepWindows = [];
    private TrainingSession? sessionBesideRun;

    /// <summary>
    /// Measures the model on a data set: loss and metrics as trained, and errors in the user's units beside the naive forecast's. Of a
    /// model that gives sequences, the errors are those of the last timestep; where an output is not the forecast of a target, as with
    /// classes or quantiles, there are none.
    /// </summary>
    /// <param name="data">The windows.</param>
    /// <exception cref="InvalidOperationException">There is no loss, or loss or metrics do not suit the model's output.</exception>
    /// <exception cref="ArgumentException">The data do not fit the model; the message says what was expected and found.</exception>
    public Evaluation Evaluate(WindowedDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var objective = RequiredObjective(data.Pipeline);
        var source = FitChecks.Dataset(State.Plan, objective, data, nameof(data));
        FitChecks.Pipelines(State, data, null);
        var version = State.Version;
        // Both passes begin in the same states, where layers are stateful.
        var states = State.LayerStates?.Copy();
        var measured = Measure(objective, source, data.BatchSize!.Value);
        if (objective.Loss.IsOfClasses || objective.TargetColumns != State.Plan.Shape.Outputs)
            return measured;
        if (states is not null)
            State.LayerStates!.Restore(states);
        var errors = DatasetPredictions.Measure(State, data);
        State.RequireVersion(version);
        return errors is { } found ? measured.WithUnits(found.All, found.ByColumn) : measured;
    }

    /// <summary>In the network's units: measures the model on arrays.</summary>
    /// <param name="x">Inputs, (samples, timesteps, features).</param>
    /// <param name="y">Targets in the output's shape, or as the loss takes them.</param>
    /// <param name="batchSize">Samples in a batch.</param>
    /// <param name="sampleWeight">What samples weigh, as in <c>Fit</c>.</param>
    /// <exception cref="InvalidOperationException">There is no loss, or loss or metrics do not suit the model's output.</exception>
    /// <exception cref="ArgumentException">The data do not fit the model; the message says what was expected and found.</exception>
    public Evaluation Evaluate(Samples x, Samples y, int batchSize = 32, Samples? sampleWeight = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        var objective = RequiredObjective();
        return Measure(objective, Weighted(objective, x, y, sampleWeight, "x", "y", nameof(sampleWeight)), batchSize);
    }

    /// <summary>
    /// In the network's units: makes one training step on all samples given, as one batch, and returns loss and metrics of that batch,
    /// taken before the update. Callbacks are not called. (Keras 3 returns running means over calls; here each call stands for itself.)
    /// </summary>
    /// <param name="x">Inputs, (samples, timesteps, features).</param>
    /// <param name="y">Targets in the output's shape, or as the loss takes them.</param>
    /// <param name="sampleWeight">What samples weigh, as in <c>Fit</c>.</param>
    /// <param name="classWeight">What samples weigh by their class, as in <c>Fit</c>.</param>
    /// <exception cref="InvalidOperationException">
    /// There is no loss, loss or metrics do not suit the model's output, or the model is being trained already.
    /// </exception>
    /// <exception cref="ArgumentException">The data do not fit the model; the message says what was expected and found.</exception>
    public Evaluation TrainOnBatch(Samples x, Samples y, Samples? sampleWeight = null, IReadOnlyDictionary<int, double>? classWeight = null)
    {
        State.RequireIdle();
        var objective = RequiredObjective();
        var samples = Weighted(objective, x, y, sampleWeight, "x", "y", nameof(sampleWeight));
        var source = SampleWeights.Weigh(State.Plan, objective, samples, classWeight);
        StatefulBatches.Check(State.Plan, source.Count, source.Count, "x and y");
        var running = Session(source.Count);
        running.Seed = LastSeed ?? State.Seed;
        State.BeginTraining(running);
        try
        {
            running.UploadParameters(State.Parameters.Span);
            running.BeginMetrics(objective.Metrics);
            if (stepWindows.Length != source.Count)
                stepWindows = [.. Enumerable.Range(0, source.Count)];
            var learningRate = LearningRate;
            running.Train(source, stepWindows, ++Iteration, learningRate);
            State.MarkTrained();
            return Evaluation(running, objective, source.Count);
        }
        finally
        {
            State.EndTraining();
        }
    }

    private Evaluation Measure(Objective objective, BatchSource source, int batchSize)
    {
        StatefulBatches.Check(State.Plan, batchSize, source.Count, "the data");
        State.RefuseWhileOccupied();
        var running = SessionToMeasure(Math.Min(batchSize, source.Count));
        using (State.HoldStill(out var parameters))
            running.UploadParameters(parameters.Span);
        running.BeginMetrics(objective.Metrics);
        BatchLoop.Evaluate(running, source, batchSize, steps: null);
        return Evaluation(running, objective, source.Count);
    }

    // While a fit runs, its session holds its optimizer's slots and what it has summed of its epoch: a callback's measuring leaves it alone.
    private TrainingSession SessionToMeasure(int batchSize)
    {
        if (runUnderWay is null)
            return Session(batchSize);
        if (sessionBesideRun is null || sessionBesideRun.Capacity < batchSize)
            sessionBesideRun = NewSession(batchSize);
        return sessionBesideRun;
    }

    private static Evaluation Evaluation(TrainingSession running, Objective objective, int samples)
    {
        var values = new Dictionary<string, double> { [Monitored.Loss.Name] = running.LossResult };
        for (var metric = 0; metric < objective.Metrics.Count; metric++)
            values[objective.Metrics[metric].Name] = running.MetricResult(metric);
        return new Evaluation(values, samples);
    }
}
