namespace LstmDsl;

/// <summary>What a training run produced, epoch by epoch.</summary>
public sealed class History
{
    /// <summary>Who stopped the run and why; null where it ran to its end.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>The warnings of the run.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
