namespace LstmDsl.Benchmarks;

/// <summary>Everything that a comparison found out.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="Load">What the machine did before the comparison began: processes that ran or waited to run, on average; null where nobody tells.</param>
/// <param name="Date">When it ended.</param>
/// <param name="Rounds">Rounds of each row.</param>
/// <param name="Peaks">The machine's peak, for each number of threads.</param>
/// <param name="Present">Names of this library and of the peers that were found.</param>
/// <param name="Absent">Peers that were not, and how to get them.</param>
/// <param name="Failures">What went wrong.</param>
/// <param name="Rows">The measured rows.</param>
internal sealed record ComparisonReport(
    Machine Machine,
    LoadAverage? Load,
    DateTimeOffset Date,
    int Rounds,
    IReadOnlyList<MachinePeak> Peaks,
    IReadOnlyList<string> Present,
    IReadOnlyList<string> Absent,
    IReadOnlyList<string> Failures,
    IReadOnlyList<RowResult> Rows)
{
    /// <summary>Operations per second of a result; null for rows whose operations are not counted.</summary>
    public static double? Speed(ComparisonRow row, ContenderResult result) => row.Operations > 0 ? row.Operations / result.Median : null;

    /// <summary>
    /// How many times as long as the LSTM of the same size this library takes for an operation, with the threads that are best for it; null
    /// where one of the two is not measured. The two rows are measured one after the other, so that what disturbs one leaves the other alone:
    /// their fastest rounds are set side by side.
    /// </summary>
    public double? AgainstLstm(RowResult result)
    {
        var lstm = Rows.FirstOrDefault(row => row.Row.Name == result.Row.Lstm);
        var own = result.Own;
        return lstm?.Contenders.FirstOrDefault(other => other.IsOwn && other.Threads == own?.Threads) is { } other
            ? own!.Fastest / result.Row.Operations / (other.Fastest / lstm.Row.Operations)
            : null;
    }

    /// <summary>Which part of the peak of as many threads a result reaches; null for rows whose operations are not counted.</summary>
    public double? ShareOfPeak(ComparisonRow row, ContenderResult result) =>
        Speed(row, result) / Peaks.FirstOrDefault(peak => peak.Threads == result.Threads)?.OperationsPerSecond;
}
