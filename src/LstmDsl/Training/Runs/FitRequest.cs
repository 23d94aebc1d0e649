namespace LstmDsl;

/// <summary>What a fit was asked to do, once arrays and data sets are alike.</summary>
internal sealed record FitRequest
{
    public required BatchSource Training { get; init; }

    public required Objective Objective { get; init; }

    public required int BatchSize { get; init; }

    public required bool Shuffle { get; init; }

    public required BatchSource? Validation { get; init; }

    public required int ValidationBatchSize { get; init; }

    public required int ValidationFrequency { get; init; }

    public required int? ValidationSteps { get; init; }

    public required int? StepsPerEpoch { get; init; }

    public required int Epochs { get; init; }

    public required int InitialEpoch { get; init; }

    public required int Verbose { get; init; }

    public required int Seed { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What a validation measures in the data's own units; null for nothing.</summary>
    public ErrorsInUnits? InUnits { get; init; }

    /// <summary>Batches in an epoch, unless the data run out; the last may be partial.</summary>
    public int Batches => StepsPerEpoch ?? (int)(((long)Training.Count + BatchSize - 1) / BatchSize);

    /// <summary>Whether any epoch ends with a validation.</summary>
    public bool Validates
    {
        get
        {
            for (var epoch = InitialEpoch; epoch < Epochs; epoch++)
            {
                if (ValidatesAfter(epoch))
                    return true;
            }

            return false;
        }
    }

    /// <summary>Samples of the largest batch.</summary>
    public int Capacity => Math.Max(
        Math.Min(BatchSize, Training.Count), Validation is null ? 0 : Math.Min(ValidationBatchSize, Validation.Count));

    /// <summary>Whether that epoch ends with a validation.</summary>
    public bool ValidatesAfter(int epoch) => Validation is not null && (epoch + 1L) % ValidationFrequency == 0;

    /// <summary>Throws where a number makes no sense.</summary>
    public void Check()
    {
        if (BatchSize < 1)
            throw new ArgumentOutOfRangeException("batchSize", BatchSize, "A batch needs at least 1 sample.");
        if (InitialEpoch < 0)
            throw new ArgumentOutOfRangeException("initialEpoch", InitialEpoch, "Epochs are counted from 0.");
        if (Epochs < 0)
            throw new ArgumentOutOfRangeException("epochs", Epochs, "Passes over the training data are counted from 0.");
        if (Epochs < InitialEpoch)
            throw new ArgumentOutOfRangeException("epochs", Epochs, $"epochs is the index past the last epoch, so it cannot lie before initialEpoch, {InitialEpoch}.");
        if (ValidationFrequency < 1)
        {
            throw new ArgumentOutOfRangeException(
                "validationFreq", ValidationFrequency, "validationFreq is the number of epochs from one validation to the next, 1 at least.");
        }

        if (StepsPerEpoch < 1)
            throw new ArgumentOutOfRangeException("stepsPerEpoch", StepsPerEpoch, "An epoch needs at least 1 step.");
        if (ValidationSteps < 1)
            throw new ArgumentOutOfRangeException("validationSteps", ValidationSteps, "A validation needs at least 1 step.");
        if (ValidationSteps is not null && Validation is null)
            throw new ArgumentException("There are validationSteps, but no validation data.", "validationSteps");
        if (Verbose is < 0 or > 2)
            throw new ArgumentOutOfRangeException("verbose", Verbose, "verbose is 0 (silent), 1 (progress bar) or 2 (a line an epoch).");
    }
}
