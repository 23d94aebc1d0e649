namespace LstmDsl;

/// <summary>The columns of data that a forecast reads, by their names, each once.</summary>
internal static class PlanColumns
{
    /// <summary>Those that the window needs.</summary>
    public static string[] OfWindow(ForecastPlan plan) => Names(plan.Columns);

    /// <summary>Those that have to be known over the horizon.</summary>
    public static string[] OfHorizon(ForecastPlan plan) => Names(plan.FutureColumns.Where(column => column.Lag == 0));

    private static string[] Names(IEnumerable<ForecastColumn> columns) =>
        [.. columns.Where(column => column.Part is null).Select(column => column.Name).Distinct(StringComparer.Ordinal)];
}
