namespace LstmDsl;

/// <summary>A moment at which a run calls its callbacks, or lies between two such.</summary>
internal enum RunMoment
{
    /// <summary>Before an epoch of which nothing has happened yet.</summary>
    BetweenEpochs,

    /// <summary>While callbacks learn that an epoch begins.</summary>
    EpochBegin,

    /// <summary>Between two batches.</summary>
    WithinEpoch,

    /// <summary>While callbacks learn that a batch is done.</summary>
    BatchEnd,

    /// <summary>While callbacks learn that an epoch is done.</summary>
    EpochEnd,
}

/// <summary>What a run that goes on must have in common with the one that stopped.</summary>
/// <param name="Samples">Samples to learn from.</param>
/// <param name="BatchSize">Samples of a batch.</param>
/// <param name="Batches">Batches of an epoch.</param>
/// <param name="Shuffle">Whether epochs take the samples in new orders.</param>
internal readonly record struct RunShape(int Samples, int BatchSize, int Batches, bool Shuffle);

/// <summary>Exactly where a run stands, so that another one can go on from there to the same bits.</summary>
internal sealed record RunPosition
{
    /// <summary>The epoch at hand; between epochs the one that comes next.</summary>
    public required int Epoch { get; init; }

    /// <summary>Batches of the epoch that are done.</summary>
    public int Batch { get; init; }

    /// <summary>The epoch whose order of samples is gone through; an epoch of few steps leaves the rest of its order to the next.</summary>
    public int Pass { get; init; }

    /// <summary>Samples of that order that have been seen; at the end another order begins.</summary>
    public int Seen { get; init; }

    /// <summary>What was going on.</summary>
    public RunMoment Moment { get; init; }

    /// <summary>Callbacks that the moment has called already; the others have still to be called.</summary>
    public int Called { get; init; }

    /// <summary>Who asked the run to stop, and why; null where nobody did.</summary>
    public string? StopReason { get; init; }

    /// <summary>Steps made before the run began.</summary>
    public long FirstIteration { get; init; }

    /// <summary>What loss and metrics have summed in the epoch.</summary>
    public double[] Sums { get; init; } = [];

    /// <summary>What stateful layers carry to the next batch.</summary>
    public double[] States { get; init; } = [];

    /// <summary>The run's shape; null between fits, where any may follow.</summary>
    public RunShape? Shape { get; init; }

    /// <summary>Whether it lies after one fit and before another.</summary>
    public bool IsBetweenFits => Shape is null;

    /// <summary>Where a trainer stands that no fit is under way of.</summary>
    /// <param name="nextEpoch">The epoch that comes next.</param>
    /// <param name="iteration">Steps made so far.</param>
    /// <param name="states">What the model's stateful layers carry; null where there are none.</param>
    public static RunPosition BetweenFits(int nextEpoch, long iteration, LayerStates? states) =>
        new() { Epoch = nextEpoch, FirstIteration = iteration, States = states?.Copy() ?? [] };
}

/// <summary>The epochs of a run, as a checkpoint keeps them: no durations, so that equal runs write equal files.</summary>
/// <param name="Epochs">Indices of the epochs.</param>
/// <param name="Values">Of each name a value an epoch; null where an epoch has none.</param>
/// <param name="Warnings">The warnings.</param>
internal sealed record RunRecord(
    IReadOnlyList<int> Epochs, IReadOnlyDictionary<string, double?[]> Values, IReadOnlyList<string> Warnings)
{
    /// <summary>A run without epochs.</summary>
    public static RunRecord Empty { get; } = new([], new Dictionary<string, double?[]>(), []);
}
