namespace LstmDsl;

/// <summary>What a fit was asked to do, once arrays and data sets are alike.</summary>
internal sealed record FitRequest
{
    public required BatchSource Training { get; init; }

    public required int BatchSize { get; init; }

    public required bool Shuffle { get; init; }

    public required BatchSource? Validation { get; init; }

    public required int Epochs { get; init; }

    public required int InitialEpoch { get; init; }

    public required int Verbose { get; init; }

    public required int Seed { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Batches in an epoch; the last may be partial.</summary>
    public int Batches => (Training.Count + BatchSize - 1) / BatchSize;

    /// <summary>Throws where a number makes no sense.</summary>
    public void Check()
    {
        if (BatchSize < 1)
            throw new ArgumentOutOfRangeException("batchSize", BatchSize, "A batch needs at least 1 sample.");
        if (InitialEpoch < 0)
            throw new ArgumentOutOfRangeException("initialEpoch", InitialEpoch, "Epochs are counted from 0.");
        if (Epochs < InitialEpoch)
            throw new ArgumentOutOfRangeException("epochs", Epochs, $"epochs is the index past the last epoch, so it cannot lie before initialEpoch, {InitialEpoch}.");
        if (Verbose is < 0 or > 2)
            throw new ArgumentOutOfRangeException("verbose", Verbose, "verbose is 0 (silent), 1 (progress bar) or 2 (a line an epoch).");
    }
}
