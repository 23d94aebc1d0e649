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

    /// <summary>The columns that data have to have, in the order of the declaration, each once, with their units.</summary>
    public SeriesColumns DataColumns => Names(Columns);

    /// <summary>Of these the ones that have to be known over the horizon.</summary>
    public SeriesColumns KnownColumns => Names(FutureColumns.Where(column => column.Lag == 0));

    /// <summary>Which of a target's outputs is its median, or its one number.</summary>
    internal int PointOutput => Levels.Count == 0 ? 0 : Levels.TakeWhile(level => level < 0.5).Count();

    /// <summary>The columns that are known ahead themselves, whether or not they join: what steps beyond the horizon need.</summary>
    internal SeriesColumns OwnKnownColumns => Names(Columns.Where(column => column is { Role: ForecastRole.Known, Lag: 0 }));

    /// <summary>The first difference from another, as a sentence's end that calls this one's value first; null where there is none.</summary>
    internal string? FirstDifference(ForecastPlan other) =>
        Number("window is", Window, other.Window)
        ?? Number("horizon is", Horizon, other.Horizon)
        ?? Number("lead is", Lead, other.Lead)
        ?? Text("seasons are", Join(Seasons), Join(other.Seasons))
        ?? Text("columns are", Join(Columns.Select(Describe)), Join(other.Columns.Select(Describe)))
        ?? Text("levels are", Join(Levels), Join(other.Levels))
        ?? Text("mean is", HasMean ? "forecast" : "not forecast", other.HasMean ? "forecast" : "not forecast")
        ?? Text("future", JoinsFuture ? "joins" : "does not join", other.JoinsFuture ? "joins" : "does not join");

    private static string Describe(ForecastColumn column) =>
        $"{column.Role} '{column.Name}' ({column.Scaling}{(column.Part is null ? "" : ", a part of the date")}"
        + (column.Lag > 0 ? FormattableString.Invariant($", {column.Lag} steps before") : "")
        + (column.Categories.Count > 0 ? $", of {Join(column.Categories)}" : "") + (column.NonNegative ? ", not negative" : "") + ")";

    private static string Join<T>(IEnumerable<T> values) =>
        string.Join(", ", values.Select(value => FormattableString.Invariant($"{value}"))) is { Length: > 0 } text ? text : "none";

    private static string? Number(string what, int one, int other) =>
        one == other ? null : FormattableString.Invariant($"the {what} {one}, the other's {other}");

    private static string? Text(string what, string one, string other) => one == other ? null : $"the {what} {one}, the other's {other}";

    private static SeriesColumns Names(IEnumerable<ForecastColumn> columns) => SeriesColumns.Of(
    [
        .. columns.Where(column => column.Part is null).GroupBy(column => column.Name, StringComparer.Ordinal)
            .Select(group => new SeriesColumn(group.Key, group.Select(column => column.Unit).FirstOrDefault(unit => unit is not null))),
    ]);
}
