namespace LstmDsl;

/// <inheritdoc cref="Baseline.Naive"/>
internal sealed class NaiveBaseline : Baseline
{
    /// <inheritdoc/>
    internal override string NameFor(ForecastPlan plan) => "naive (last value)";

    /// <inheritdoc/>
    internal override void Forecast(KnownValues known, ForecastPlan plan, Span<double> steps) => steps.Fill(known[known.LastWithValue()]!.Value);
}
