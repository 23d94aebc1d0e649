namespace LstmDsl;

/// <summary>
/// Finds the row that showed the same time of the clock some steps before. Steps of the calendar go by the clock already; those of equal
/// length do so only as long as the clocks of the zone do not change.
/// </summary>
internal sealed class RowClock
{
    private readonly TimeAxis axis;
    private readonly ZoneRules? rules;
    private readonly long ticks;

    /// <summary>Takes an axis.</summary>
    /// <exception cref="ArgumentException">This machine does not know its zone.</exception>
    public RowClock(TimeAxis axis)
    {
        this.axis = axis;
        if (axis is not { Step: FixedStep step, HasOwnTimes: false, Zone: not (null or TimeAxis.Utc) })
            return;
        (rules, ticks) = (new ZoneRules(axis.Zone), step.Ticks);
    }

    /// <summary>The row; it may lie before the first.</summary>
    /// <param name="row">The row, which may lie behind the last.</param>
    /// <param name="steps">How many steps before.</param>
    public long RowBefore(long row, long steps)
    {
        if (rules is null || axis[row] is not { } time || time.DateTime.Ticks < steps * ticks)
            return row - steps;
        var before = rules.Showing(new DateTime(time.DateTime.Ticks - (steps * ticks)));
        var passed = (Int128)time.UtcTicks - before.UtcTicks;
        // Clocks that change by less than a step show the time between two rows: the earlier of them is the last that showed no later one.
        return row - (long)((passed + ticks - 1) / ticks);
    }
}
