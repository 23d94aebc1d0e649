namespace LstmDsl;

/// <summary>The axis of rows whose missing times do not exist.</summary>
internal static class ClosedGaps
{
    /// <summary>The axis, and how many gaps it closes.</summary>
    /// <param name="times">The rows' times, and the step that was found.</param>
    /// <param name="asked">The step that was asked for; null where it is found.</param>
    public static (TimeAxis Axis, int Closed) Of(FoundTimes times, TimeStep? asked)
    {
        var rows = times.Rows;
        var count = rows.Ticks.Count;
        var step = asked ?? BusinessDays(times) ?? times.Step;
        var gaps = 0;
        var isOnGrid = true;
        for (long row = 1, before = 0; row < count && isOnGrid; row++)
        {
            isOnGrid = step.TryCount(rows.At(0), rows.At((int)row), out var steps);
            if (steps != before + 1)
                gaps++;
            before = steps;
        }

        if (isOnGrid && gaps == 0)
            return (TimeAxis.From(count, rows.At(0), step, times.Zone), 0);
        return (TimeAxis.OfRows(Ticks(times), isOnGrid || asked is not null ? step : null, times.Zone), isOnGrid ? gaps : 0);
    }

    private static BusinessDayStep? BusinessDays(FoundTimes times)
    {
        if (times.Step is not DayStep { Length: 1 })
            return null;
        var step = new BusinessDayStep(1, []);
        for (var row = 0; row < times.Rows.Ticks.Count; row++)
        {
            if (!step.Holds(times.Rows.At(row)))
                return null;
        }

        return step;
    }

    // An axis with a zone has times in UTC.
    private static long[] Ticks(FoundTimes times)
    {
        var rules = times.Zone is { } zone && times.Rows.Kind != DateTimeKind.Utc ? new ZoneRules(zone) : null;
        var ticks = new long[times.Rows.Ticks.Count];
        for (var row = 0; row < ticks.Length; row++)
            ticks[row] = rules?.Showing(times.Rows.At(row)).UtcTicks ?? times.Rows.Ticks[row];
        return ticks;
    }
}
