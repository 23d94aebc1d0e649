namespace LstmDsl;

/// <summary>The times of rows as their series has them.</summary>
/// <param name="Rows">Each row's time: in UTC, or as clocks showed it.</param>
/// <param name="Step">The step.</param>
/// <param name="Zone">The time zone; null where it is not known.</param>
internal readonly record struct FoundTimes(RowTimes Rows, TimeStep Step, string? Zone);

/// <summary>Finds by which clocks, at which step and in which zone rows are.</summary>
/// <param name="choices">The zone and the step, where they are known.</param>
/// <param name="rules">The zone's rules, where it is known.</param>
internal sealed class AxisFinder(SeriesChoices choices, ZoneRules? rules)
{
    private static readonly TimeSpan ShortestMonth = TimeSpan.FromDays(28);

    /// <summary>What clocks showed where only that keeps one step, or where their zone is known and each row is at the same time of day;
    /// else UTC, where that is known.</summary>
    /// <param name="ticks">Each row's ticks, rising.</param>
    /// <param name="offsets">How far clocks were ahead of UTC at each, where the file says so.</param>
    /// <param name="kind">What all times are of.</param>
    public FoundTimes Of(Progression ticks, Progression offsets, DateTimeKind kind)
    {
        var rows = new RowTimes(ticks, kind);
        if (kind != DateTimeKind.Utc)
            return new(rows, StepOf(rows), choices.Zone);
        if (ClockRows(rows, offsets) is { } shown)
        {
            var step = StepOf(shown);
            return new(shown, step, step.IsOfCalendar ? choices.Zone : null);
        }

        var found = StepOf(rows);
        if (choices.Zone is null or TimeAxis.Utc)
            return new(rows, found, TimeAxis.Utc);
        // Days of UTC are none of the zone's.
        return found switch
        {
            DayStep days => new(rows, new FixedStep(days.Length * TimeSpan.TicksPerDay), choices.Zone),
            { IsOfCalendar: true } => new(rows, found, TimeAxis.Utc),
            _ => new(rows, found, choices.Zone),
        };
    }

    /// <summary>What clocks showed, where a series is that.</summary>
    private RowTimes? ClockRows(RowTimes rows, Progression offsets)
    {
        var isKnown = rules is not null || offsets.Count == rows.Ticks.Count;
        var isPlain = rules is null
            ? offsets.Step == 0 && rows.Ticks.Step is not null
            : rows.Ticks.Step is { } step && step % TimeSpan.TicksPerDay != 0;
        if (!isKnown || isPlain)
            return null;
        var times = rows.ToArray();
        var offsetOf = new TimeSpan[times.Length];
        for (var i = 0; i < offsetOf.Length; i++)
            offsetOf[i] = rules?.OffsetAt(times[i]) ?? new(offsets[i]);
        if (rules is not null)
            MendSkipped(times, offsetOf);
        if (ClockTimes.Of(times, offsetOf, areMeant: rules is not null) is not { } shown)
            return null;
        var shownTicks = new Progression();
        foreach (var time in shown)
            shownTicks.Add(time.Ticks);
        return new(shownTicks, DateTimeKind.Unspecified);
    }

    /// <summary>Takes rows whose time of day the clocks skipped, such as the midnight of a day that begins at one, as if these had shown
    /// it.</summary>
    private void MendSkipped(DateTime[] times, TimeSpan[] offsetOf)
    {
        // Clocks are put forward, so that of two days the earlier time of day is the one that was meant.
        var first = (times[0] + offsetOf[0]).TimeOfDay;
        var second = (times[1] + offsetOf[1]).TimeOfDay;
        var meant = first < second ? first : second;
        for (var i = 0; i < times.Length; i++)
        {
            var shown = times[i] + offsetOf[i];
            if (shown.TimeOfDay == meant)
                continue;
            var day = shown.Date + meant;
            if (rules!.Showing(day).UtcTicks == times[i].Ticks)
                offsetOf[i] = new(day.Ticks - times[i].Ticks);
        }
    }

    // Equal differences of less than a month are a fixed step, whatever the calendar.
    private TimeStep StepOf(RowTimes times) => choices.Step
        ?? (times.Ticks.Step is { } ticks && ticks < ShortestMonth.Ticks ? TimeStep.OfTicks(ticks) : TimeStepFinder.Find(times.ToArray()));
}
