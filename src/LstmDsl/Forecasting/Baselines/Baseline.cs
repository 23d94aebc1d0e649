namespace LstmDsl;

/// <summary>
/// A forecast that nothing is trained for, to compare with: what does not beat these has learnt nothing worth its trouble. Each uses known
/// rows alone, and skips those in which the target is missing.
/// </summary>
public abstract class Baseline
{
    private protected Baseline()
    {
    }

    /// <summary>The last known value, for all steps.</summary>
    public static Baseline Naive { get; } = new NaiveBaseline();

    /// <summary>
    /// The value a season before, by the clocks of the series' zone: where they changed in between, the row that showed the same time; where
    /// that row is not known yet, or its value is missing, a season further back.
    /// </summary>
    /// <param name="season">Rows of a season; by default the declaration's first, <see cref="ForecastPlan.Season"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public static Baseline SeasonalNaive(int? season = null)
    {
        RequirePositive(season, nameof(season));
        return new SeasonalNaiveBaseline(season);
    }

    /// <summary>
    /// The last known value, and for each step ahead the mean change from row to row: the straight line through the first and the last
    /// known value (Hyndman and Athanasopoulos, Forecasting: Principles and Practice).
    /// </summary>
    /// <param name="rows">How many of the last rows the line goes over, at least 2; by default all.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 2.</exception>
    public static Baseline Drift(int? rows = null)
    {
        if (rows is { } given)
            ArgumentOutOfRangeException.ThrowIfLessThan(given, 2, nameof(rows));
        return new DriftBaseline(rows);
    }

    /// <summary>The mean of the last known values, for all steps.</summary>
    /// <param name="rows">How many rows; by default the declaration's window.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public static Baseline WindowMean(int? rows = null)
    {
        RequirePositive(rows, nameof(rows));
        return new WindowMeanBaseline(rows);
    }

    /// <summary>What a backtest compares with where nothing is said: naive, and seasonal naive for each season of the declaration.</summary>
    internal static IReadOnlyList<Baseline> Usual(ForecastPlan plan) =>
        [Naive, .. plan.Seasons.Where(season => season > 1).Distinct().Select(season => new SeasonalNaiveBaseline(season))];

    /// <summary>The baseline as a forecaster of what a model forecasts: the same targets, horizon and lead, one number each.</summary>
    /// <param name="plan">What the model declares.</param>
    public IForecaster For(ForecastPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new BaselineForecaster(this, plan);
    }

    /// <summary>Forecasts what follows a series, as far as is asked for: each step from known values alone.</summary>
    /// <param name="plan">What the model declares.</param>
    /// <param name="series">The known rows; the last one is where the forecast begins.</param>
    /// <param name="steps">Steps ahead. Default: the declaration's horizon.</param>
    /// <exception cref="ArgumentException">The series lacks a column, or too few values are known.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public ForecastTable Forecast(ForecastPlan plan, TimeSeries series, int? steps = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(series);
        RequirePositive(steps, nameof(steps));
        return new BaselineForecaster(this, plan, steps).ForecastFrom(series, [series.Count - 1])[0];
    }

    /// <summary>What it is called.</summary>
    internal abstract string NameFor(ForecastPlan plan);

    /// <summary>Forecasts a column from a last known row, or says why that cannot be.</summary>
    /// <param name="known">What is known then.</param>
    /// <param name="plan">What is forecast.</param>
    /// <param name="steps">Takes a value for each step of the horizon.</param>
    /// <returns>What is missing, for people; null where there is a forecast.</returns>
    internal abstract string? TryForecast(KnownValues known, ForecastPlan plan, Span<double> steps);

    /// <summary>Why it has no forecast from a row, in a sentence; null where it has one of each target.</summary>
    /// <param name="plan">What is forecast.</param>
    /// <param name="series">The series.</param>
    /// <param name="lastRow">The last known row.</param>
    /// <param name="clock">The series' clock.</param>
    internal string? Without(ForecastPlan plan, TimeSeries series, int lastRow, ClockRows clock)
    {
        var steps = new double[plan.Horizon];
        foreach (var target in plan.Targets)
        {
            var known = new KnownValues(series, series.ColumnIndex(target.Name, nameof(series)), lastRow, clock);
            if (TryForecast(known, plan, steps) is { } missing)
                return $"{NameFor(plan)}: {known.Without(missing)}";
        }

        return null;
    }

    private static void RequirePositive(int? rows, string parameter)
    {
        if (rows is { } given)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(given, parameter);
    }
}
