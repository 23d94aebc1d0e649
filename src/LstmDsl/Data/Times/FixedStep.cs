namespace LstmDsl;

/// <summary>A step that is always equally long.</summary>
/// <param name="Ticks">Its length in ticks of 100 ns; positive.</param>
internal sealed record FixedStep(long Ticks) : TimeStep
{
    private static readonly (long Ticks, string Unit)[] Units =
    [
        (TimeSpan.TicksPerDay, "day"), (TimeSpan.TicksPerHour, "hour"), (TimeSpan.TicksPerMinute, "minute"),
        (TimeSpan.TicksPerSecond, "second"), (TimeSpan.TicksPerMillisecond, "millisecond"), (TimeSpan.TicksPerMicrosecond, "microsecond"),
    ];

    /// <inheritdoc/>
    public override bool KeepsMidnight => Ticks % TimeSpan.TicksPerDay == 0;

    /// <inheritdoc/>
    public override DateTime Add(DateTime start, long steps)
    {
        var ticks = (Int128)steps * Ticks + start.Ticks;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime((long)ticks, start.Kind)
            : throw OutOfCalendar(start, steps, this);
    }

    /// <inheritdoc/>
    public override bool TryCount(DateTime start, DateTime time, out long steps)
    {
        (steps, long rest) = Math.DivRem(time.Ticks - start.Ticks, Ticks);
        return rest == 0;
    }

    /// <inheritdoc/>
    protected override string Text => TextOf(Ticks);

    /// <summary>A length of time in words, in the largest unit that divides it.</summary>
    public static string TextOf(long ticks)
    {
        foreach (var (length, unit) in Units)
        {
            if (ticks % length == 0) return Counted.Of(ticks / length, unit);
        }
        return Counted.Of(ticks * 100, "nanosecond");
    }
}
