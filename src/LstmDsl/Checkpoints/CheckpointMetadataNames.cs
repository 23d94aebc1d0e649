namespace LstmDsl;

/// <summary>The words of the metadata's JSON, once for writing and reading. They are part of the file format.</summary>
internal static class CheckpointMetadataNames
{
    public const string Format = "format";
    public const string LibraryVersion = "library_version";
    public const string ModelName = "model";
    public const string VectorWidth = "vector_width";
    public const string Pipeline = "pipeline";

    public const string Training = "training";
    public const string Optimizer = "optimizer";
    public const string HyperParameters = "hyper_parameters";
    public const string Iteration = "iteration";
    public const string LearningRate = "learning_rate";
    public const string Epoch = "epoch";
    public const string Seed = "seed";
    public const string Callbacks = "callbacks";

    public const string NotANumber = "NaN";
    public const string PositiveInfinity = "Infinity";
    public const string NegativeInfinity = "-Infinity";
}
