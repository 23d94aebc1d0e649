using System.Globalization;

namespace LstmDsl;

/// <inheritdoc cref="Baseline.SeasonalNaive"/>
internal sealed class SeasonalNaiveBaseline(int? season) : Baseline
{
    /// <inheritdoc/>
    internal override string NameFor(ForecastPlan plan) =>
        string.Create(CultureInfo.InvariantCulture, $"seasonal naive, {Counted.Of(season ?? plan.Season, "step")} before");

    /// <inheritdoc/>
    internal override string? TryForecast(KnownValues known, ForecastPlan plan, Span<double> steps)
    {
        var rows = season ?? plan.Season;
        var first = known.LastRow + plan.Lead + 1;
        for (var step = 0; step < steps.Length; step++)
        {
            double? value = null;
            for (var seasons = Math.Max(1, (first + step - known.LastRow) / rows); value is null; seasons++)
            {
                var before = known.Clock.Before(first + step, seasons * rows);
                if (before < 0)
                {
                    return $"no value is known {Counted.Of(rows, "step")}, or a multiple of that, before step {step + 1}; "
                        + "begin at a later row, or compare with others (baselines: …)";
                }

                value = known[before];
            }

            steps[step] = value.Value;
        }

        return null;
    }
}
