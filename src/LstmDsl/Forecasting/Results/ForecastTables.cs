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

    private static string?[] Units(ForecastPlan plan, TimeSeries series) =>
    [
        .. plan.Targets.Select(target => target.Unit ?? series.DescribedColumns[series.ColumnIndex(target.Name, nameof(series))].Unit),
    ];
}
