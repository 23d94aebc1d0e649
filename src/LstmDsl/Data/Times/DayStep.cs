namespace LstmDsl;

/// <summary>A step of days of the calendar, each time at the same time of day.</summary>
/// <param name="Length">Number of days.</param>
internal sealed record DayStep(int Length) : TimeStep
{
    private const int Week = 7;

    /// <inheritdoc/>
    internal override bool IsOfCalendar => true;

    /// <inheritdoc/>
    internal override bool KeepsMidnight => true;

    /// <inheritdoc/>
    private protected override string Text => Counted.Of(Length, "day");

    /// <inheritdoc/>
    internal override DateTime Add(DateTime start, long steps)
    {
        var ticks = (Int128)steps * Length * TimeSpan.TicksPerDay + start.Ticks;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime((long)ticks, start.Kind)
            : throw OutOfCalendar(start, steps);
    }

    /// <inheritdoc/>
    internal override bool TryCount(DateTime start, DateTime time, out long steps)
    {
        (steps, long rest) = Math.DivRem(time.Ticks - start.Ticks, Length * TimeSpan.TicksPerDay);
        return rest == 0;
    }

    /// <inheritdoc/>
    internal override DateTime Floor(DateTime time)
    {
        // The first day of the calendar was a Monday.
        var day = time.Ticks / TimeSpan.TicksPerDay;
        return new((Length % Week == 0 ? day / Week * Week : day) * TimeSpan.TicksPerDay, time.Kind);
    }
}
