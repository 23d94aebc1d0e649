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
}
