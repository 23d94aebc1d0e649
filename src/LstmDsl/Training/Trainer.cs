using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Trains a model, with the meaning of Keras's <c>fit</c>. The optimizer's state and the learning rate live on from one fit to the next.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
public partial class Trainer<TModel> where TModel : class, IRecurrentModel<TModel>
{
    private readonly Device device;
    private Pipeline? pipelineUnderWay;
    private TrainingSession? session;
    private OptimizerSlots? loadedSlots;
    private string? widthWarning;
    private string? optimizerWarning;

    /// <summary>Makes a trainer.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="device">What to train on; default: <see cref="Device.Cpu"/>.</param>
    public Trainer(TModel model, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        this.device = device ?? Device.Cpu;
    }

    /// <summary>The model.</summary>
    public TModel Model { get; }

    /// <summary>How gradients become new weights. Default: <see cref="RmsProp"/>, as in Keras.</summary>
    public Optimizer Optimizer { get; init; } = new RmsProp();

    /// <summary>What is minimised. There is no default: <c>Fit</c> and <c>Evaluate</c> refuse to run without one.</summary>
    public Loss? Loss { get; init; }

    /// <summary>What is reported beside the loss.</summary>
    public IList<Metric> Metrics { get; } = [];

    /// <summary>
    /// What is reported beside the loss and sees sample and class weights: a mean divides by their sum, unlike the loss. A name that
    /// <see cref="Metrics"/> has too begins with <c>weighted_</c>.
    /// </summary>
    public IList<Metric> WeightedMetrics { get; } = [];

    /// <summary>What is called during training, in this order.</summary>
    public IList<Callback> Callbacks { get; } = [];

    /// <summary>Steps made so far, over all fits.</summary>
    public long Iteration { get; internal set; }

    /// <summary>Index of the next epoch: where a fit that goes on after <see cref="Load"/> takes its <c>initialEpoch</c> from.</summary>
    public int NextEpoch { get; internal set; }

    /// <summary>The learning rate of the next step: the optimizer's, until a callback changes one that follows no schedule.</summary>
    public double LearningRate
    {
        get => CurrentLearningRate ?? Optimizer.LearningRate.At(Iteration);
        internal set => CurrentLearningRate = value;
    }

    /// <summary>
    /// The table that Keras's <c>model.summary()</c> prints of a compiled model: with the optimizer's parameters, and what is
    /// <see cref="Frozen"/> for now among the non-trainable ones.
    /// </summary>
    public string Summary => ModelSummary.Format(State.Plan, Optimizer.Slots.Count, frozen);

    /// <summary>The model's weights.</summary>
    internal ModelState<TModel> State => Model.State;

    /// <summary>The learning rate that a callback or a checkpoint has set; null for the optimizer's own.</summary>
    internal double? CurrentLearningRate { get; set; }

    /// <summary>The seed of the last fit, or of the checkpoint; null before there was one.</summary>
    internal int? LastSeed { get; set; }

    /// <summary>What a checkpoint said of the callbacks, until a fit hands it to them.</summary>
    internal IReadOnlyDictionary<string, CallbackState>? LoadedCallbacks { get; set; }

    /// <summary>The device's lanes, for checkpoints.</summary>
    internal int? VectorWidth => device.VectorWidth;

    /// <summary>Trains on a data set.</summary>
    /// <param name="training">The windows to learn from; they carry their batch size and whether to shuffle.</param>
    /// <param name="validation">Windows that are measured after each epoch; null for none.</param>
    /// <param name="epochs">Index past the last epoch.</param>
    /// <param name="initialEpoch">Index of the first epoch.</param>
    /// <param name="verbose">0: silent; 1: a progress bar (plain lines where the output is no terminal); 2: a line an epoch.</param>
    /// <param name="seed">Seed of the shuffling; default: the data set's own, else the model's.</param>
    /// <param name="classWeight">What samples weigh in training, by the class of their target; 1 where a class is not listed.</param>
    /// <param name="validationFreq">Epochs from one validation to the next.</param>
    /// <param name="stepsPerEpoch">
    /// Batches of an epoch; default: all. The next epoch goes on where this one stopped; where the data run out it ends early.
    /// </param>
    /// <param name="validationSteps">Batches of a validation, from the first; default: all.</param>
    /// <param name="cancellation">Ends training after the current batch, with the history so far.</param>
    /// <returns>Losses and metrics, epoch by epoch, in the network's units.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is no loss, loss or metrics do not suit the model's output, or the model is being trained already.
    /// </exception>
    /// <exception cref="ArgumentException">The data do not fit the model; the message says what was expected and found.</exception>
    public History Fit(
        WindowedDataset training,
        WindowedDataset? validation = null,
        int epochs = 1,
        int initialEpoch = 0,
        int verbose = 1,
        int? seed = null,
        IReadOnlyDictionary<int, double>? classWeight = null,
        int validationFreq = 1,
        int? stepsPerEpoch = null,
        int? validationSteps = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        State.RequireIdle();
        ResumeFromCallback();
        var objective = RequiredObjective(training.Pipeline);
        var source = FitChecks.Dataset(State.Plan, objective, training, nameof(training));
        var request = new FitRequest
        {
            Objective = objective,
            Training = SampleWeights.Weigh(State.Plan, objective, source, classWeight),
            BatchSize = training.BatchSize!.Value,
            Shuffle = training.Shuffle,
            Validation = validation is null ? null : FitChecks.Dataset(State.Plan, objective, validation, nameof(validation)),
            ValidationBatchSize = validation?.BatchSize ?? training.BatchSize!.Value,
            ValidationFrequency = validationFreq,
            ValidationSteps = validationSteps,
            StepsPerEpoch = stepsPerEpoch,
            Epochs = epochs,
            InitialEpoch = initialEpoch,
            Verbose = verbose,
            Seed = seed ?? training.Seed ?? LastSeed ?? State.Seed,
            Warnings = [.. training.Warnings],
            InUnits = validation is null ? null : InUnits(validation),
        };
        FitChecks.Pipelines(State, training, validation);
        return Run(request, training.Pipeline?.WithUnitsOf(State.Pipeline), cancellation);
    }

    /// <summary>In the network's units: trains on arrays.</summary>
    /// <param name="x">Inputs, (samples, timesteps, features); the last axis may be left out where it is 1.</param>
    /// <param name="y">Targets in the output's shape; a last axis of 1 may be left out.</param>
    /// <param name="batchSize">Samples in a batch; the last one may have fewer.</param>
    /// <param name="epochs">Index past the last epoch.</param>
    /// <param name="validationSplit">The part of the samples, at the end, that is measured after each epoch instead of learnt from.</param>
    /// <param name="validation">Samples that are measured after each epoch; overrides <paramref name="validationSplit"/>.</param>
    /// <param name="shuffle">Whether each epoch takes the samples in a new order.</param>
    /// <param name="initialEpoch">Index of the first epoch.</param>
    /// <param name="verbose">0: silent; 1: a progress bar (plain lines where the output is no terminal); 2: a line an epoch.</param>
    /// <param name="seed">Seed of the shuffling; default: the model's.</param>
    /// <param name="sampleWeight">
    /// What samples weigh: (samples), for all of a sample's timesteps, or (samples, timesteps) where the output is a sequence. Split with
    /// <paramref name="validationSplit"/>, unlike class weights, which validation never sees.
    /// </param>
    /// <param name="validationSampleWeight">The same for <paramref name="validation"/>.</param>
    /// <param name="classWeight">
    /// What samples weigh in training, by the class of their target: its value, or the place of its highest one; 1 where a class is not
    /// listed. Not beside <paramref name="sampleWeight"/>, and not where the output is a sequence.
    /// </param>
    /// <param name="validationFreq">Epochs from one validation to the next.</param>
    /// <param name="stepsPerEpoch">
    /// Batches of an epoch; default: all. The next epoch goes on where this one stopped; where the data run out it ends early.
    /// </param>
    /// <param name="validationSteps">Batches of a validation, from the first; default: all.</param>
    /// <param name="cancellation">Ends training after the current batch, with the history so far.</param>
    /// <returns>Losses and metrics, epoch by epoch.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is no loss, loss or metrics do not suit the model's output, or the model is being trained already.
    /// </exception>
    /// <exception cref="ArgumentException">The data do not fit the model; the message says what was expected and found.</exception>
    public History Fit(
        Samples x,
        Samples y,
        int batchSize = 32,
        int epochs = 1,
        double validationSplit = 0,
        (Samples X, Samples Y)? validation = null,
        bool shuffle = true,
        int initialEpoch = 0,
        int verbose = 1,
        int? seed = null,
        Samples? sampleWeight = null,
        Samples? validationSampleWeight = null,
        IReadOnlyDictionary<int, double>? classWeight = null,
        int validationFreq = 1,
        int? stepsPerEpoch = null,
        int? validationSteps = null,
        CancellationToken cancellation = default)
    {
        State.RequireIdle();
        ResumeFromCallback();
        var objective = RequiredObjective();
        var all = Weighted(objective, x, y, sampleWeight, "x", "y", nameof(sampleWeight));
        var (training, split) = FitChecks.Split(all, validation is null ? validationSplit : 0);
        if (validationSampleWeight is not null && validation is null)
            throw new ArgumentException("There are validation sample weights, but no validation data.", nameof(validationSampleWeight));
        var request = new FitRequest
        {
            Objective = objective,
            Training = SampleWeights.Weigh(State.Plan, objective, training, classWeight),
            BatchSize = batchSize,
            Shuffle = shuffle,
            Validation = validation is { } given
                ? Weighted(
                    objective, given.X, given.Y, validationSampleWeight, "validation.X", "validation.Y", nameof(validationSampleWeight))
                : split,
            ValidationBatchSize = batchSize,
            ValidationFrequency = validationFreq,
            ValidationSteps = validationSteps,
            StepsPerEpoch = stepsPerEpoch,
            Epochs = epochs,
            InitialEpoch = initialEpoch,
            Verbose = verbose,
            Seed = seed ?? LastSeed ?? State.Seed,
        };
        return Run(request, pipeline: null, cancellation);
    }

    /// <summary>A session with room for batches of that size, in the state in which the last one was left.</summary>
    internal TrainingSession Session(int batchSize)
    {
        if (session is not null && session.Capacity >= batchSize)
            return session;

        var slots = session is null ? loadedSlots : Download(session);
        loadedSlots = null;
        session = NewSession(batchSize);
        for (var slot = 0; slots is not null && slot < Optimizer.Slots.Count; slot++)
            session.UploadSlot(slot, slots.Block(slot));
        return session;
    }

    private TrainingSession NewSession(int batchSize) =>
        device.CreateTrainingSession<TModel>(new TrainingSetup(Optimizer, RequiredLoss(), batchSize) { States = State.LayerStates, Frozen = frozen });

    /// <summary>The loss where none was set; null where there is no usual one.</summary>
    /// <param name="pipeline">The way that the data went; null where they are arrays.</param>
    private protected virtual Loss? UsualLoss(Pipeline? pipeline) => null;

    /// <summary>Throws where windows were cut for a model of another declaration.</summary>
    /// <param name="pipeline">The way that the data went; null where they are arrays.</param>
    /// <exception cref="ArgumentException">They were; the message says what differs.</exception>
    private protected virtual void RequireOwn(Pipeline? pipeline)
    {
        if (pipeline?.Forecast is not null)
        {
            throw new ArgumentException(
                $"These windows were cut as a declared forecast's; {State.Plan.Name} is declared with [Input] and takes those of "
                + "series.Split(…).Standardize().Windows(…).");
        }
    }

    /// <summary>The metrics that are measured in the network's units.</summary>
    /// <param name="pipeline">The way that the data went; null where they are arrays.</param>
    private protected virtual IEnumerable<Metric> MetricsOf(Pipeline? pipeline) => Metrics;

    /// <summary>What is measured of a validation in the data's own units; null for nothing.</summary>
    private protected virtual ErrorsInUnits? InUnits(WindowedDataset validation) => null;

    private Objective RequiredObjective(Pipeline? pipeline = null)
    {
        RequireOwn(pipeline);
        pipelineUnderWay = pipeline;
        return new(State.Plan, RequiredLoss(), TrackedMetric.Of(MetricsOf(pipeline), WeightedMetrics));
    }

    private Loss RequiredLoss() => Loss ?? UsualLoss(pipelineUnderWay ?? State.Pipeline) ?? throw new InvalidOperationException(
        "The trainer has no loss. Set one: new Trainer(model) { Loss = Loss.MeanSquaredError }, or MeanAbsoluteError, Huber(), "
        + "Quantile(0.9) for numbers, BinaryCrossentropy(), CategoricalCrossentropy(), SparseCategoricalCrossentropy() for classes, Loss.Of<MyLoss>() …");

    private BatchSource Weighted(
        Objective objective, Samples x, Samples y, Samples? weights, string xName, string yName, string weightsName) =>
        SampleWeights.Weigh(State.Plan, objective, FitChecks.Arrays(State.Plan, objective, x, y, xName, yName), weights, weightsName);

    private History Run(FitRequest request, Pipeline? pipeline, CancellationToken cancellation)
    {
        request.Check();
        StatefulBatches.RequireOrder(State.Plan, request.Shuffle);
        StatefulBatches.Check(State.Plan, request.BatchSize, request.Training.Count, "the training data");
        if (request.Validation is { } validation)
            StatefulBatches.Check(State.Plan, request.ValidationBatchSize, validation.Count, "the validation data");
        request = request with { Warnings = [.. request.Warnings, .. new[] { widthWarning, optimizerWarning, NothingIsTrained() }.OfType<string>()] };
        (widthWarning, optimizerWarning) = (null, null);
        runUnderWay = new(this, request);
        try
        {
            return runUnderWay.Run(pipeline, cancellation);
        }
        finally
        {
            lastRun = runUnderWay.Record;
            runUnderWay = null;
            sessionBesideRun = null;
        }
    }
}
