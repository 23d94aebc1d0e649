namespace LstmDsl;

/// <inheritdoc cref="Baseline.Drift"/>
internal sealed class DriftBaseline(int? rows) : Baseline
{
    /// <inheritdoc/>
    internal override string NameFor(ForecastPlan plan) => rows is { } last ? $"drift over {Counted.Of(last, "row")}" : "drift";

    /// <inheritdoc/>
    internal override string? TryForecast(KnownValues known, ForecastPlan plan, Span<double> steps)
    {
        if (known.LastWithValue() is not { } last)
            return KnownValues.NoneAtAll;
        var first = rows is { } limit ? Math.Max(0, known.LastRow - limit + 1) : 0;
        while (first < last && known[first] is null)
            first++;
        if (first >= last)
            return "no two values are known";
        var (from, to) = (known[first]!.Value, known[last]!.Value);
        var slope = (to - from) / (last - first);
        for (var step = 0; step < steps.Length; step++)
            steps[step] = to + (slope * (known.LastRow - last + plan.Lead + 1 + step));
        return null;
    }
}
