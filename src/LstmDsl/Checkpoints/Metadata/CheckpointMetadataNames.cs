namespace LstmDsl;

/// <summary>The words of the metadata's JSON, once for writing and reading. They are part of the file format.</summary>
internal static class CheckpointMetadataNames
{
    public const string Format = "format";
    public const string LibraryVersion = "library_version";
    public const string ModelName = "model";
    public const string Layers = "layers";
    public const string Fingerprint = "fingerprint";
    public const string VectorWidth = "vector_width";
    public const string Pipeline = "pipeline";

    public const string Training = "training";
    public const string Loss = "loss";
    public const string Optimizer = "optimizer";
    public const string HyperParameters = "hyper_parameters";
    public const string Iteration = "iteration";
    public const string LearningRate = "learning_rate";
    public const string Epoch = "epoch";
    public const string Seed = "seed";
    public const string Frozen = "frozen";
    public const string Callbacks = "callbacks";

    public const string CallbackTexts = "callback_texts";

    public const string Run = "run";
    public const string Batch = "batch";
    public const string Pass = "pass";
    public const string Seen = "seen";
    public const string Moment = "moment";
    public const string Called = "called";
    public const string StopReason = "stopped_by";
    public const string FirstIteration = "first_iteration";
    public const string Sums = "sums";
    public const string States = "states";
    public const string Samples = "samples";
    public const string BatchSize = "batch_size";
    public const string Batches = "batches";
    public const string Shuffle = "shuffle";

    public const string History = "history";
    public const string Epochs = "epochs";
    public const string Values = "values";
    public const string Warnings = "warnings";

    public const string NotANumber = "NaN";
    public const string PositiveInfinity = "Infinity";
    public const string NegativeInfinity = "-Infinity";

    /// <summary>The words for a run's moments.</summary>
    public static IReadOnlyList<(RunMoment Moment, string Name)> Moments { get; } =
    [
        (RunMoment.BetweenEpochs, "between_epochs"), (RunMoment.EpochBegin, "epoch_begin"), (RunMoment.WithinEpoch, "within_epoch"),
        (RunMoment.BatchEnd, "batch_end"), (RunMoment.EpochEnd, "epoch_end"),
    ];
}
