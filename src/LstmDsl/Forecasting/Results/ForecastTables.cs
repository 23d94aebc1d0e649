namespace LstmDsl;

/// <summary>Makes tables of numbers and of the series that they forecast.</summary>
internal static class ForecastTables
{
    /// <summary>Puts times and units to values.</summary>
    /// <param name="plan">What is forecast.</param>
    /// <param name="series">The series.</param>
    /// <param name="lastRow">The last known row.</param>
    /// <param name="values">The values, (steps, targets, outputs of a target).</param>
    public static ForecastTable Of(ForecastPlan plan, TimeSeries series, int lastRow, double[] values)
    {
        var times = new DateTimeOffset?[plan.Horizon];
        for (var step = 0; step < times.Length; step++)
            times[step] = series.TimeAt(lastRow + plan.Lead + 1L + step);
        return new(plan, Units(plan, series), series.TimeAt(lastRow), times, values);
    }

    /// <summary>Refuses values that are no forecast of a plan.</summary>
    /// <exception cref="ArgumentException">There are more or fewer, one is no number, or quantiles fall with their levels.</exception>
    public static void Check(ForecastPlan plan, ReadOnlySpan<double> values)
    {
        var (targets, outputs) = (plan.Targets.Count(), plan.OutputsPerTarget);
        if (values.Length != plan.Horizon * targets * outputs)
        {
            var expected = FormattableString.Invariant($"{plan.Horizon} steps × {targets} targets × {outputs} numbers for each");
            throw new ArgumentException(
                FormattableString.Invariant($"Found {Counted.Of(values.Length, "value")}; {expected} take {plan.Horizon * targets * outputs}."), nameof(values));
        }

        for (var i = 0; i < values.Length; i++)
        {
            var (step, output) = ((i / (targets * outputs)) + 1, i % outputs);
            if (!double.IsFinite(values[i]))
                throw new ArgumentException(FormattableString.Invariant($"At step {step} the value {values[i]} is no number."), nameof(values));
            if (output > 0 && output < plan.Levels.Count && values[i] < values[i - 1])
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"At step {step} the quantile {plan.Levels[output]} is {values[i]}, below that of {plan.Levels[output - 1]}, {values[i - 1]}."),
                    nameof(values));
            }
        }
    }

    private static string?[] Units(ForecastPlan plan, TimeSeries series) =>
    [
        .. plan.Targets.Select(target => target.Unit ?? series.DescribedColumns[series.ColumnIndex(target.Name, nameof(series))].Unit),
    ];
}
