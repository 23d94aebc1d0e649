using System.Globalization;

namespace LstmDsl;

/// <summary>What one forecaster forecast from a backtest's origins, beside what came.</summary>
/// <param name="Name">The forecaster.</param>
/// <param name="Outcomes">Its forecasts, in the order of the origins.</param>
internal sealed record ForecasterRun(string Name, IReadOnlyList<ForecastOutcome> Outcomes)
{
    /// <summary>
    /// How many origins go to a forecaster at once: so many that its batches are full, so few that what it needs for them is little.
    /// </summary>
    public const int OriginsAtOnce = 256;

    /// <summary>Forecasts from rows, some at a time.</summary>
    /// <param name="forecaster">The forecaster.</param>
    /// <param name="series">The series.</param>
    /// <param name="rows">The last known rows.</param>
    /// <exception cref="InvalidOperationException">It gave another number of forecasts, or other ones than it declares.</exception>
    public static ForecastOutcome[] Outcome(IForecaster forecaster, TimeSeries series, ReadOnlySpan<int> rows)
    {
        var outcomes = new ForecastOutcome[rows.Length];
        for (var begin = 0; begin < rows.Length; begin += OriginsAtOnce)
        {
            var some = rows[begin..Math.Min(begin + OriginsAtOnce, rows.Length)];
            var tables = forecaster.ForecastFrom(series, some);
            if (tables.Count != some.Length || tables.Any(table => table.Steps != forecaster.Declared.Horizon))
            {
                throw new InvalidOperationException($"{forecaster.Name} was asked for {Counted.Of(some.Length, "forecast")} of "
                    + $"{Counted.Of(forecaster.Declared.Horizon, "step")}, and gave {tables.Count} others.");
            }

            for (var i = 0; i < some.Length; i++)
                outcomes[begin + i] = ForecastOutcome.Of(RequireNumbers(tables[i], forecaster, series, some[i]), series, some[i]);
        }

        return outcomes;
    }

    // A mean with one value that is no number is none, and says nothing of where it came from.
    private static ForecastTable RequireNumbers(ForecastTable table, IForecaster forecaster, TimeSeries series, int lastRow)
    {
        var values = table.Values;
        for (var place = 0; place < values.Length; place++)
        {
            if (double.IsFinite(values[place]))
                continue;
            var (step, target) = Math.DivRem(place / table.Plan.OutputsPerTarget, table.Targets.Count);
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"{forecaster.Name}, from {TimeSeriesText.Time(series, lastRow)}, forecasts {values[place]} of '{table.Targets[target]}' at "
                + $"{TimeSeriesText.Time(series, lastRow + table.Plan.Lead + 1L + step)}. Its weights are no numbers, or what it reads, the rows "
                + $"until then, holds values too large to be scaled: look for them there."));
        }

        return table;
    }
}
