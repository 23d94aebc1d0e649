namespace LstmDsl;

/// <summary>What everyone who reads a backtest's numbers should know.</summary>
internal static class BacktestWarnings
{
    /// <summary>The warnings of how the forecasts came about.</summary>
    /// <param name="plan">What was forecast.</param>
    /// <param name="skipped">Origins that were passed over.</param>
    public static IEnumerable<string> Of(ForecastPlan plan, int skipped)
    {
        if (plan.KnownColumns.Names is { Count: > 0 } known)
        {
            var are = known.Count == 1 ? "is" : "are";
            yield return $"Known columns as observed: {string.Join(", ", known)} {are} taken over the horizon as measured, "
                + "not as forecast then; where they have to be forecast, expect larger errors.";
        }

        if (skipped > 0)
        {
            yield return $"{Counted.Of(skipped, "origin")} passed over, since values are missing in their windows, their lags or their horizons, "
                + "or a season before for a baseline.";
        }
    }

    /// <summary>The warning of intervals that were calibrated by rows which are forecast.</summary>
    /// <param name="calibration">The model's calibration; null where it has none.</param>
    /// <param name="plan">What was forecast.</param>
    /// <param name="series">The series.</param>
    /// <param name="rows">The last known rows.</param>
    public static IEnumerable<string> Of(Calibration? calibration, ForecastPlan plan, TimeSeries series, int[] rows)
    {
        if (calibration?.Rows is not { From: { } from, Until: { } until } || series.Start is null)
            yield break;
        var (first, last) = (series.Axis.TicksOf(from), series.Axis.TicksOf(until));
        var among = rows.Count(row => TicksAt(row + plan.Lead + 1) <= last && TicksAt(row + plan.Lead + plan.Horizon) >= first);
        if (among > 0)
        {
            yield return $"Intervals were calibrated {calibration}, and {among} of {Counted.Of(rows.Length, "origin")} forecast such rows: what they "
                + "cover there says nothing of other rows.";
        }

        long TicksAt(int row) => series.Axis.TicksOf(series.TimeAt(row)!.Value);
    }
}
