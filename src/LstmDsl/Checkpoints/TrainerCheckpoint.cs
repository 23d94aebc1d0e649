namespace LstmDsl;

/// <summary>What a checkpoint holds of a trainer beside the model.</summary>
internal sealed record TrainerCheckpoint
{
    public required Optimizer Optimizer { get; init; }

    public required OptimizerSlots Slots { get; init; }

    public required long Iteration { get; init; }

    public required double LearningRate { get; init; }

    public required int NextEpoch { get; init; }

    public required int Seed { get; init; }

    /// <summary>Names of the layers that are not trained for now.</summary>
    public IReadOnlyList<string> Frozen { get; init; } = [];

    public required IReadOnlyDictionary<string, CallbackState> Callbacks { get; init; }

    public required RunPosition Run { get; init; }

    public required RunRecord History { get; init; }

    public required int? VectorWidth { get; init; }

    /// <summary>What was minimised; null where there was nothing yet.</summary>
    public Loss? Loss { get; init; }

    /// <summary>What was reported beside the loss.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>What was reported beside the loss and saw weights.</summary>
    public IReadOnlyList<Metric> WeightedMetrics { get; init; } = [];
}
