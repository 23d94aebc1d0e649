namespace LstmDsl;

/// <summary>A baseline that forecasts what a model declares.</summary>
internal sealed class BaselineForecaster : IForecaster
{
    private readonly Baseline baseline;

    public BaselineForecaster(Baseline baseline, ForecastPlan plan)
    {
        this.baseline = baseline;
        Forecasting = new()
        {
            Window = plan.Window,
            Horizon = plan.Horizon,
            Lead = plan.Lead,
            Seasons = plan.Seasons,
            MaseLag = plan.MaseLag,
            Columns = [.. plan.Targets],
        };
    }

    /// <inheritdoc/>
    public string Name => baseline.NameFor(Forecasting);

    /// <inheritdoc/>
    public ForecastPlan Forecasting { get; }

    /// <inheritdoc/>
    public DateTimeOffset? LearntUntil => null;

    /// <inheritdoc/>
    public string? Description => null;

    /// <inheritdoc/>
    public IReadOnlyList<ForecastTable> ForecastFrom(TimeSeries series, ReadOnlySpan<int> lastRows)
    {
        ArgumentNullException.ThrowIfNull(series);
        int[] columns = [.. Forecasting.Targets.Select(target => series.ColumnIndex(target.Name, nameof(series)))];
        var clock = new RowClock(series.Axis);
        var tables = new ForecastTable[lastRows.Length];
        var steps = new double[Forecasting.Horizon];
        for (var origin = 0; origin < tables.Length; origin++)
        {
            var last = lastRows[origin];
            ArgumentOutOfRangeException.ThrowIfNegative(last, nameof(lastRows));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(last, series.Count, nameof(lastRows));
            var values = new double[Forecasting.Horizon * columns.Length];
            for (var target = 0; target < columns.Length; target++)
            {
                baseline.Forecast(new(series, columns[target], last, clock), Forecasting, steps);
                for (var step = 0; step < steps.Length; step++)
                    values[(step * columns.Length) + target] = steps[step];
            }

            tables[origin] = ForecastTables.Of(Forecasting, series, last, values);
        }

        return tables;
    }
}
