namespace LstmDsl;

/// <inheritdoc cref="Baseline.Naive"/>
internal sealed class NaiveBaseline : Baseline
{
    /// <inheritdoc/>
    internal override string NameFor(ForecastPlan plan) => "naive (last value)";

    /// <inheritdoc/>
    internal override string? TryForecast(KnownValues known, ForecastPlan plan, Span<double> steps)
    {
        if (known.LastWithValue() is not { } last)
            return KnownValues.NoneAtAll;
        steps.Fill(known[last]!.Value);
        return null;
    }
}
