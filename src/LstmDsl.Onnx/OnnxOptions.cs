namespace LstmDsl;

/// <summary>How a model is written as ONNX.</summary>
public sealed record OnnxOptions
{
    /// <summary>The oldest operator set that has all operators.</summary>
    public const int OldestOpset = 17;

    /// <summary>The newest operator set in which the operators mean what they meant in the oldest.</summary>
    public const int NewestOpset = 22;

    /// <summary>
    /// Version of the operator set, from <see cref="OldestOpset"/> to <see cref="NewestOpset"/>. Default: the oldest, which the most
    /// programs read.
    /// </summary>
    public int Opset { get; init; } = OldestOpset;

    /// <summary>
    /// Number of samples that the graph takes at once, at least 1; null where any number may be given. Default: null.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>
    /// Whether the model's transforms are part of the graph, so that it takes raw values of the pipeline's columns and gives raw values of
    /// its targets; else both are in the network's units. Default: false. A declared forecast then takes raw rows in the order of its columns
    /// (parts of the date as sine and cosine, a category as 1 among zeros), as many before the window as a season or a change needs, and the
    /// known ones of the steps ahead; it gives its targets in their units, levels in their order. Rows are counted by steps, not by the clock.
    /// </summary>
    public bool IncludePipeline { get; init; }
}
