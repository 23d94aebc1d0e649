namespace LstmDsl;

/// <summary>
/// What a model that is declared with <see cref="ForecastAttribute"/> forecasts from what. The network's first input has the window's rows,
/// each with the columns in the order of the declaration; its second one, where there is a <see cref="FutureAttribute"/>, the horizon's rows
/// with the known ones. It gives the horizon's rows, each with its targets one after the other, each with its levels and its mean.
/// </summary>
public sealed class ForecastPlan
{
    /// <summary>Rows of the window.</summary>
    public required int Window { get; init; }

    /// <summary>Rows that are forecast.</summary>
    public required int Horizon { get; init; }

    /// <summary>Rows between the last known one and the first that is forecast.</summary>
    public int Lead { get; init; }

    /// <summary>After how many rows things repeat; the first is the seasonal naive forecast's.</summary>
    public IReadOnlyList<int> Seasons { get; init; } = [];

    /// <summary>The lag of MASE's naive errors.</summary>
    public int MaseLag { get; init; } = 1;

    /// <summary>The columns, in the order of the declaration.</summary>
    public required IReadOnlyList<ForecastColumn> Columns { get; init; }

    /// <summary>The quantiles' levels, rising, 0.5 among them; none where one number a target is forecast.</summary>
    public IReadOnlyList<double> Levels { get; init; } = [];

    /// <summary>Whether the mean is forecast beside the quantiles.</summary>
    public bool HasMean { get; init; }

    /// <summary>Whether what is known of the horizon joins.</summary>
    public bool JoinsFuture { get; init; }

    /// <summary>The season of the seasonal naive forecast; 1, the naive one, where none is declared.</summary>
    public int Season => Seasons.Count > 0 ? Seasons[0] : 1;

    /// <summary>The targets.</summary>
    public IEnumerable<ForecastColumn> Targets => Columns.Where(column => column.Role == ForecastRole.Target);

    /// <summary>What the network reads at each row of the window.</summary>
    public IEnumerable<ForecastColumn> WindowColumns => Columns.Where(column => column.IsInWindow);

    /// <summary>What the network reads at each row of the horizon; none where nothing joins.</summary>
    public IEnumerable<ForecastColumn> FutureColumns => JoinsFuture ? Columns.Where(column => column.Role == ForecastRole.Known) : [];

    /// <summary>Numbers a row of the window.</summary>
    public int WindowWidth => WindowColumns.Sum(column => column.Width);

    /// <summary>Numbers a row of the horizon that the network reads; 0 where nothing joins.</summary>
    public int FutureWidth => FutureColumns.Sum(column => column.Width);

    /// <summary>Numbers that the network gives for a target at a row.</summary>
    public int OutputsPerTarget => Math.Max(Levels.Count, 1) + (HasMean ? 1 : 0);

    /// <summary>The columns that data have to have, in the order of the declaration, each once.</summary>
    public IReadOnlyList<string> DataColumns => Names(Columns);

    /// <summary>Of these the ones that have to be known over the horizon.</summary>
    public IReadOnlyList<string> KnownColumns => Names(FutureColumns.Where(column => column.Lag == 0));

    private static string[] Names(IEnumerable<ForecastColumn> columns) =>
        [.. columns.Where(column => column.Part is null).Select(column => column.Name).Distinct(StringComparer.Ordinal)];
}
