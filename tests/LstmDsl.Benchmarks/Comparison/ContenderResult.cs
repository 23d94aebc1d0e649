namespace LstmDsl.Benchmarks;

/// <summary>What one contender did in one row.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="Seconds">Time of a unit of work, round by round; empty where it failed.</param>
/// <param name="PeakBytes">Largest memory in any round; null where it was not measured.</param>
internal sealed record ContenderResult(string Name, int Threads, IReadOnlyList<double> Seconds, long? PeakBytes)
{
    private readonly double[] sorted = [.. Seconds.Order()];

    /// <summary>Whether it is this library.</summary>
    public bool IsOwn => Name == OwnContender.LibraryName;

    /// <summary>The median round.</summary>
    public double Median => Quantile(0.5);

    /// <summary>The fastest round.</summary>
    public double Fastest => sorted[0];

    /// <summary>The first quartile.</summary>
    public double LowerQuartile => Quantile(0.25);

    /// <summary>The third quartile.</summary>
    public double UpperQuartile => Quantile(0.75);

    /// <summary>
    /// How many times as long as another it takes: the median of the rounds' ratios, since what disturbs a round mostly disturbs its
    /// neighbours too.
    /// </summary>
    public double Against(ContenderResult other) =>
        new ContenderResult(Name, Threads, [.. Seconds.Zip(other.Seconds, (own, others) => own / others)], null).Median;

    private double Quantile(double part)
    {
        var place = part * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}

/// <summary>What all contenders did in one row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Contenders">Those that took part and did not fail.</param>
internal sealed record RowResult(ComparisonRow Row, IReadOnlyList<ContenderResult> Contenders)
{
    /// <summary>This library with its best number of threads; null where it did not take part.</summary>
    public ContenderResult? Own => BestOf(OwnContender.LibraryName);

    /// <summary>A contender with its best number of threads; null where it did not take part.</summary>
    public ContenderResult? BestOf(string name) =>
        Contenders.Where(contender => contender.Name == name).MinBy(contender => contender.Median);
}
