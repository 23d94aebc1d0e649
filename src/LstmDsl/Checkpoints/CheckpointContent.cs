namespace LstmDsl;

/// <summary>A tensor as a file holds it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape; empty for a single number.</param>
/// <param name="Values">float[], double[], int[] or long[], row-major; empty where the tensor fits nothing that is wanted and was not read.</param>
internal sealed record StoredTensor(string Name, int[] Shape, Array Values);

/// <summary>What a checkpoint holds, whatever its format.</summary>
internal sealed record CheckpointContent
{
    /// <summary>Weights, and, in a whole checkpoint, the optimizer's slots.</summary>
    public required IReadOnlyList<StoredTensor> Tensors { get; init; }

    /// <summary>Everything else, as one JSON object; null where another program wrote the file.</summary>
    public string? Metadata { get; init; }

    /// <summary>The trainer, of which other programs' files say how it was set up; null for weights alone, and where a file is read.</summary>
    public TrainerCheckpoint? Trainer { get; init; }

    /// <summary>What whoever goes on training should know of a file that was read; null where there is nothing.</summary>
    public string? Warning { get; init; }
}
