namespace LstmDsl.Benchmarks;

/// <summary>
/// Measures rows in turns: one round of each contender, then the next round, so that a machine that slows down slows everybody down.
/// </summary>
/// <param name="contenders">Who is measured.</param>
/// <param name="rounds">Rounds of each that are kept.</param>
/// <param name="progress">Takes lines of what was measured.</param>
/// <param name="isTimeUp">Whether no further round is to begin, once every contender has one; null where all are wanted.</param>
internal sealed class AlternatingRounds(
    IReadOnlyList<Contender> contenders, int rounds, TextWriter progress, Func<bool>? isTimeUp = null)
{
    private readonly List<string> failures = [];

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<string> Failures => failures;

    /// <summary>Measures one row.</summary>
    public RowResult Measure(ComparisonRow row)
    {
        progress.WriteLine($"{row.Name}: {row.Title}");
        var active = contenders.Where(contender => contender.Runs(row)).ToList();
        // The first round of each prepares and warms up, and is not kept.
        active.RemoveAll(contender => TryMeasure(contender, row) is null);
        var measured = active.ToDictionary(contender => contender, _ => new List<Measurement>());
        for (var round = 0; round < rounds && (round == 0 || isTimeUp?.Invoke() != true); round++)
        {
            foreach (var contender in active.ToArray())
            {
                if (TryMeasure(contender, row) is { } measurement)
                    measured[contender].Add(measurement);
                else
                    active.Remove(contender);
            }
        }

        var results = active.ConvertAll(contender => ToResult(contender, measured[contender]));
        foreach (var result in results)
            progress.WriteLine($"  {result.Name}, {result.Threads} threads: {Quantity.Time(result.Median)}");
        return new(row, results);
    }

    private static ContenderResult ToResult(Contender contender, List<Measurement> measured) => new(
        contender.Name,
        contender.Threads,
        measured.ConvertAll(measurement => measurement.Seconds),
        measured.Max(measurement => measurement.PeakBytes));

    private Measurement? TryMeasure(Contender contender, ComparisonRow row)
    {
        try
        {
            return contender.Measure(row);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Whatever one contender does wrong, the others' rounds are worth keeping.
            failures.Add($"{contender.Name}, row {row.Name}: {failure.Message}");
            progress.WriteLine($"  failed: {failures[^1]}");
            return null;
        }
    }
}
