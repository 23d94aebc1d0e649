namespace LstmDsl;

/// <summary>What a checkpoint holds beside tensors: where it comes from, how its data were prepared, where its training stands.</summary>
internal sealed record CheckpointMetadata
{
    /// <summary>The version of this record's JSON that is written, and the newest that is read.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the library that wrote the file.</summary>
    public required string LibraryVersion { get; init; }

    /// <summary>Name of the model.</summary>
    public required string ModelName { get; init; }

    /// <summary>The model's layers, as <see cref="LayerTexts"/> says them; none in older files.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>
    /// The plan's fingerprint: where it is the model's, so are the layers, which need not be looked at then, option by option. 0 in older files.
    /// </summary>
    public ulong Fingerprint { get; init; }

    /// <summary>Bits of the vectors that the weights were trained with; null where none were, as on the reference devices.</summary>
    public int? VectorWidth { get; init; }

    /// <summary>The pipeline, as the text of one JSON object; null for a model that no data set has met.</summary>
    public string? PipelineJson { get; init; }

    /// <summary>Where training stands; null in a file of weights alone.</summary>
    public TrainingMetadata? Training { get; init; }

    /// <summary>The JSON that a checkpoint holds.</summary>
    /// <exception cref="ArgumentException"><see cref="PipelineJson"/> is not the text of one JSON object.</exception>
    public string ToJson() => CheckpointMetadataWriter.Write(this);

    /// <summary>Takes back what <see cref="ToJson"/> gave. Members that are not known are left aside.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="file">The file that it comes from, for messages.</param>
    /// <exception cref="InvalidDataException">The text is not such JSON, or a newer library wrote it.</exception>
    public static CheckpointMetadata FromJson(string json, string file) => CheckpointMetadataReader.Read(json, file);
}

/// <summary>Where a training run stands, beside the optimizer's slots, which are tensors.</summary>
internal sealed record TrainingMetadata
{
    /// <summary>Name of the optimizer.</summary>
    public required string Optimizer { get; init; }

    /// <summary>The optimizer's hyper-parameters, by name.</summary>
    public IReadOnlyDictionary<string, double> HyperParameters { get; init; } = new Dictionary<string, double>();

    /// <summary>What was minimised, as <see cref="KerasLossObject.Text"/> says it; null where there was nothing yet, or in older files.</summary>
    public string? Loss { get; init; }

    /// <summary>Updates made so far.</summary>
    public required long Iteration { get; init; }

    /// <summary>Learning rate of the next update; callbacks may have changed it.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Index of the epoch that comes next.</summary>
    public required int Epoch { get; init; }

    /// <summary>The run's seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Names of the layers that are not trained for now.</summary>
    public IReadOnlyList<string> Frozen { get; init; } = [];

    /// <summary>What each callback needs to go on, by the callback's name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Callbacks { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, double>>();

    /// <summary>Those of the callbacks' values that are texts.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> CallbackTexts { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Exactly where the run stands; null in a file of before there was this.</summary>
    public RunPosition? Run { get; init; }

    /// <summary>The run's epochs.</summary>
    public RunRecord History { get; init; } = RunRecord.Empty;
}
