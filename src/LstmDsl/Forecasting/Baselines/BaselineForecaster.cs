namespace LstmDsl;

/// <summary>A baseline that forecasts what a model declares.</summary>
internal sealed class BaselineForecaster : IForecaster
{
    private readonly Baseline baseline;

    /// <summary>Takes a baseline.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="plan">What the model declares.</param>
    /// <param name="steps">Steps ahead; by default the declaration's horizon.</param>
    public BaselineForecaster(Baseline baseline, ForecastPlan plan, int? steps = null)
    {
        this.baseline = baseline;
        Declared = new()
        {
            Window = plan.Window,
            Horizon = steps ?? plan.Horizon,
            Lead = plan.Lead,
            Seasons = plan.Seasons,
            MaseLag = plan.MaseLag,
            Columns = [.. plan.Targets],
        };
    }

    /// <inheritdoc/>
    public string Name => baseline.NameFor(Declared);

    /// <inheritdoc/>
    public ForecastPlan Declared { get; }

    /// <inheritdoc/>
    public DateTimeOffset? LearntUntil => null;

    /// <inheritdoc/>
    public string? Description => null;

    /// <inheritdoc/>
    public IReadOnlyList<ForecastTable> ForecastFrom(TimeSeries series, ReadOnlySpan<int> lastRows)
    {
        ArgumentNullException.ThrowIfNull(series);
        int[] columns = [.. Declared.Targets.Select(target => series.ColumnIndex(target.Name, nameof(series)))];
        var clock = new ClockRows(series.Axis);
        var tables = new ForecastTable[lastRows.Length];
        var steps = new double[Declared.Horizon];
        for (var origin = 0; origin < tables.Length; origin++)
        {
            var last = lastRows[origin];
            ArgumentOutOfRangeException.ThrowIfNegative(last, nameof(lastRows));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(last, series.Count, nameof(lastRows));
            var values = new double[checked(Declared.Horizon * columns.Length)];
            for (var target = 0; target < columns.Length; target++)
            {
                var known = new KnownValues(series, columns[target], last, clock);
                if (baseline.TryForecast(known, Declared, steps) is { } missing)
                    throw new ArgumentException(known.Without(missing));
                for (var step = 0; step < steps.Length; step++)
                    values[(step * columns.Length) + target] = steps[step];
            }

            tables[origin] = ForecastTables.Of(Declared, series, last, values);
        }

        return tables;
    }
}
