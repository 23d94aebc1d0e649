namespace LstmDsl;

/// <summary>A step that is always equally long.</summary>
/// <param name="Ticks">Its length in ticks of 100 ns; positive.</param>
internal sealed record FixedStep(long Ticks) : TimeStep
{
    private static readonly (long Ticks, string Unit)[] Units =
    [
        (TimeSpan.TicksPerHour, "hour"), (TimeSpan.TicksPerMinute, "minute"), (TimeSpan.TicksPerSecond, "second"),
        (TimeSpan.TicksPerMillisecond, "millisecond"), (TimeSpan.TicksPerMicrosecond, "microsecond"),
    ];

    /// <inheritdoc/>
    internal override bool IsOfCalendar => false;

    /// <inheritdoc/>
    internal override bool KeepsMidnight => Ticks % TimeSpan.TicksPerDay == 0;

    /// <inheritdoc/>
    private protected override string Text
    {
        get
        {
            foreach (var (length, unit) in Units)
            {
                if (Ticks % length == 0) return Counted.Of(Ticks / length, unit);
            }
            return Counted.Of(Ticks * 100, "nanosecond");
        }
    }

    /// <inheritdoc/>
    internal override DateTime Add(DateTime start, long steps)
    {
        var ticks = (Int128)steps * Ticks + start.Ticks;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime((long)ticks, start.Kind)
            : throw OutOfCalendar(start, steps);
    }

    /// <inheritdoc/>
    internal override bool TryCount(DateTime start, DateTime time, out long steps)
    {
        (steps, long rest) = Math.DivRem(time.Ticks - start.Ticks, Ticks);
        return rest == 0;
    }

    /// <inheritdoc/>
    internal override DateTime Floor(DateTime time) => time.Date.AddTicks(time.TimeOfDay.Ticks / Ticks * Ticks);
}
