namespace LstmDsl;

/// <inheritdoc cref="Baseline.WindowMean"/>
internal sealed class WindowMeanBaseline(int? rows) : Baseline
{
    /// <inheritdoc/>
    internal override string NameFor(ForecastPlan plan) => $"mean of {Counted.Of(rows ?? plan.Window, "row")}";

    /// <inheritdoc/>
    internal override string? TryForecast(KnownValues known, ForecastPlan plan, Span<double> steps)
    {
        var (sum, count) = (0.0, 0);
        for (var row = known.LastRow; row > known.LastRow - (rows ?? plan.Window); row--)
        {
            if (known[row] is not { } value)
                continue;
            sum += value;
            count++;
        }

        if (count == 0)
            return $"no value is known of the last {Counted.Of(rows ?? plan.Window, "row")}";
        steps.Fill(sum / count);
        return null;
    }
}
