namespace LstmDsl;

/// <summary>A forecast beside what came.</summary>
public sealed class ForecastOutcome
{
    private readonly double[] actuals;

    /// <summary>Puts a forecast beside what came.</summary>
    /// <param name="forecast">The forecast.</param>
    /// <param name="lastRow">The last known row of the series.</param>
    /// <param name="actuals">What came, (steps, targets).</param>
    internal ForecastOutcome(ForecastTable forecast, int lastRow, double[] actuals) =>
        (Forecast, LastRow, this.actuals) = (forecast, lastRow, actuals);

    /// <summary>The forecast.</summary>
    public ForecastTable Forecast { get; }

    /// <summary>The last known row, from 0.</summary>
    public int LastRow { get; }

    /// <summary>The last known row's time; null where rows have none.</summary>
    public DateTimeOffset? Origin => Forecast.Origin;

    /// <summary>What came, in the target's unit.</summary>
    /// <param name="step">The step ahead, from 0.</param>
    /// <param name="target">The target, from 0.</param>
    public double Actual(int step, int target = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, Forecast.Steps);
        ArgumentOutOfRangeException.ThrowIfNegative(target);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(target, Forecast.Targets.Count);
        return actuals[(step * Forecast.Targets.Count) + target];
    }

    /// <summary>What came less the median, or less the one number that was forecast.</summary>
    /// <param name="step">The step ahead, from 0.</param>
    /// <param name="target">The target, from 0.</param>
    public double Error(int step, int target = 0) => Actual(step, target) - Forecast.Point(step, target);

    /// <summary>The same rows with another forecast of them.</summary>
    internal ForecastOutcome With(ForecastTable forecast) => new(forecast, LastRow, actuals);

    /// <summary>Puts a forecast beside what stands in the series.</summary>
    /// <exception cref="ArgumentException">The rows that are forecast are not all there.</exception>
    internal static ForecastOutcome Of(ForecastTable forecast, TimeSeries series, int lastRow)
    {
        int[] columns = [.. forecast.Targets.Select(target => series.ColumnIndex(target, nameof(series)))];
        var first = lastRow + forecast.Plan.Lead + 1;
        var actuals = new double[forecast.Steps * columns.Length];
        for (var step = 0; step < forecast.Steps; step++)
        {
            for (var target = 0; target < columns.Length; target++)
            {
                var actual = first + step < series.Count ? series[first + step, columns[target]] : double.NaN;
                if (double.IsNaN(actual))
                {
                    throw new ArgumentException($"The forecast from {TimeSeriesText.Time(series, lastRow)} cannot be measured: "
                        + $"'{forecast.Targets[target]}' is missing at {TimeSeriesText.Time(series, first + step)}.", nameof(series));
                }

                actuals[(step * columns.Length) + target] = actual;
            }
        }

        return new(forecast, lastRow, actuals);
    }
}
