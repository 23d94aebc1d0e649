namespace LstmDsl;

/// <summary>
/// When the rows of a series are: how many there are, the first one's time, the step, and the time zone whose clocks are meant. It does not
/// change. A zone is looked up when a time needs it, not before.
/// </summary>
public sealed class TimeAxis
{
    /// <summary>The zone's name where times are in UTC.</summary>
    internal const string Utc = "UTC";

    // Of rows that do not follow each other by the step: their times, rising; in UTC where there is a zone, else as clocks showed them.
    private readonly long[]? rowTicks;
    // What the clocks would show at the first row, were it not in an hour that they skip: from there steps of the calendar count.
    private readonly DateTime shown;
    private ZoneRules? rules;

    /// <summary>Rows without times.</summary>
    /// <param name="count">Number of rows.</param>
    public TimeAxis(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Count = count;
    }

    /// <summary>Rows at equal steps.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="start">The first row's time; in the clocks of the zone, where there is one.</param>
    /// <param name="step">The step from one row to the next.</param>
    /// <param name="zone">The time zone, by its IANA name, whose clocks are meant; null where times are what some clocks showed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, or a time would leave the years 1 to 9999.</exception>
    public TimeAxis(int count, DateTimeOffset start, TimeStep step, string? zone = null)
        : this(count, start, start.DateTime, step, zone, rowTicks: null)
    {
        ArgumentNullException.ThrowIfNull(step);
        _ = step.Add(start.DateTime, Math.Max(0, count - 1L));
    }

    private TimeAxis(int count, DateTimeOffset? start, DateTime shown, TimeStep? step, string? zone, long[]? rowTicks)
        : this(count)
    {
        (Start, this.shown, Step, Zone, this.rowTicks) = (start, shown, step, zone, rowTicks);
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>
    /// The first row's time; null where rows have none. Where <see cref="Zone"/> is null, it is what some clocks showed, and its offset says
    /// nothing.
    /// </summary>
    public DateTimeOffset? Start { get; }

    /// <summary>The step from one row to the next, and beyond the last; null where rows have no times, or none that follow a rule.</summary>
    public TimeStep? Step { get; }

    /// <summary>The IANA name of the time zone whose clocks are meant, <c>UTC</c> among them; null where it is not known.</summary>
    public string? Zone { get; }

    /// <summary>Whether rows have the times that were read, one after the other, rather than those of the step.</summary>
    internal bool HasOwnTimes => rowTicks is not null;

    private ZoneRules Rules => rules ??= new ZoneRules(Zone!);

    /// <summary>
    /// A row's time, by the clocks of the zone; it may lie before the first row or beyond the last, where the step goes on. Null where rows
    /// have no times, or, off the rows, no step.
    /// </summary>
    /// <param name="row">The row, from 0.</param>
    /// <exception cref="ArgumentException">This machine does not know the zone.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is out of the calendar's range, years 1 to 9999.</exception>
    public DateTimeOffset? this[long row]
    {
        get
        {
            if (Start is not { } start)
                return null;
            if (rowTicks is not null && row >= 0 && row < rowTicks.Length)
                return AtTicks(rowTicks[row]);
            if (Step is null)
                return null;
            if (rowTicks is null || row < 0)
                return After(start, shown, row);
            var last = AtTicks(rowTicks[^1]);
            return After(last, last.DateTime, row - (rowTicks.Length - 1));
        }
    }

    /// <summary>The same rows by the clocks of another zone.</summary>
    /// <param name="zone">The zone, by its IANA name.</param>
    /// <exception cref="InvalidOperationException">The zone of these times is not known, or rows go by its calendar.</exception>
    /// <exception cref="ArgumentException">This machine does not know the zone.</exception>
    public TimeAxis InZone(string zone)
    {
        ArgumentException.ThrowIfNullOrEmpty(zone);
        if (Start is not { } start || zone == Zone)
            return this;
        if (Zone is null)
        {
            throw new InvalidOperationException($"It is not known in which time zone these times were shown, so they cannot be brought to {zone}. "
                + "Name their own when the series is made: zone: …");
        }

        var other = new ZoneRules(zone);
        var step = Step;
        if (step is { IsOfCalendar: true } && rowTicks is null)
        {
            if (step is not DayStep days || Zone != Utc)
            {
                throw new InvalidOperationException($"Rows go by the calendar of {Zone}, {Counted.Of(Count, "row")} of {step}, and that of {zone} has "
                    + "other days. Give the zone when the series is made, or resample it from hours.");
            }

            step = new FixedStep(days.Length * TimeSpan.TicksPerDay);
        }

        var first = other.At(start.UtcDateTime);
        return new(Count, first, first.DateTime, step, zone, rowTicks) { rules = other };
    }

    /// <summary>
    /// By what a time is compared with those of rows: its instant, or, where it is not known which clocks showed theirs, what it shows itself;
    /// its offset, perhaps this machine's, says nothing then.
    /// </summary>
    internal long TicksOf(DateTimeOffset time) => Zone is null ? time.Ticks : time.UtcTicks;

    /// <summary>
    /// A time that a caller gives, by the clocks of these rows. A <see cref="DateTime"/> of no zone, or a day, is what they showed: of an hour
    /// that they showed twice the first.
    /// </summary>
    internal DateTimeOffset TimeOf(ItemTime time) => TimeOf(time, Zone is null ? null : Rules);

    /// <summary>The same by the clocks of a zone; null for clocks of which it is not known whose they are.</summary>
    internal static DateTimeOffset TimeOf(ItemTime time, ZoneRules? clocks)
    {
        if (clocks is null)
            return new(DateTime.SpecifyKind(time.Time + (time.Offset ?? TimeSpan.Zero), DateTimeKind.Unspecified), TimeSpan.Zero);
        return time.Offset is not null || time.Time.Kind == DateTimeKind.Utc ? clocks.At(time.Time) : clocks.Showing(time.Time);
    }

    /// <summary>So many rows, from the same first one on.</summary>
    internal TimeAxis WithCount(int count) => new(count, Start, shown, Step, Zone, rowTicks: null) { rules = rules };

    /// <summary>Rows at times that may follow no step.</summary>
    /// <param name="ticks">Their times, rising: in UTC where there is a zone, else as clocks showed them.</param>
    /// <param name="step">The step beyond the last; null where there is none.</param>
    /// <param name="zone">The zone's name; null where it is not known.</param>
    internal static TimeAxis OfRows(long[] ticks, TimeStep? step, string? zone)
    {
        var found = zone is null ? null : new ZoneRules(zone);
        var first = found?.At(new DateTime(ticks[0])) ?? new(new DateTime(ticks[0]), TimeSpan.Zero);
        return new(ticks.Length, first, first.DateTime, step, zone, ticks) { rules = found };
    }

    /// <summary>Rows at equal steps from a time in UTC, or from what clocks show.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="first">The first row's time.</param>
    /// <param name="step">The step.</param>
    /// <param name="zone">The zone's name; null where it is not known.</param>
    internal static TimeAxis From(int count, DateTime first, TimeStep step, string? zone)
    {
        var shown = DateTime.SpecifyKind(first, DateTimeKind.Unspecified);
        if (zone is null)
            return new(count, new(shown, TimeSpan.Zero), shown, step, null, rowTicks: null);
        var found = new ZoneRules(zone);
        var start = first.Kind == DateTimeKind.Utc ? found.At(first) : found.Showing(shown);
        return new(count, start, first.Kind == DateTimeKind.Utc ? start.DateTime : shown, step, zone, rowTicks: null) { rules = found };
    }

    /// <summary>Some of the rows.</summary>
    internal TimeAxis Slice(int start, int length)
    {
        if (this[start] is not { } first)
            return new(length);
        var firstShown = rowTicks is null && Step is { IsOfCalendar: true } ? Step.Add(shown, start) : first.DateTime;
        return new(length, first, firstShown, Step?.From(shown, firstShown), Zone, rowTicks?[start..(start + length)]) { rules = rules };
    }

    private DateTimeOffset AtTicks(long ticks) => Zone is null ? new(new DateTime(ticks), TimeSpan.Zero) : Rules.At(new DateTime(ticks));

    private DateTimeOffset After(DateTimeOffset start, DateTime startShown, long steps)
    {
        if (steps == 0)
            return start;
        if (Zone is null)
            return new(Step!.Add(startShown, steps), start.Offset);
        if (Zone == Utc)
            return new(Step!.Add(start.UtcDateTime, steps), TimeSpan.Zero);
        return Step!.IsOfCalendar ? Rules.Showing(Step.Add(startShown, steps)) : Rules.At(Step.Add(start.UtcDateTime, steps));
    }
}
