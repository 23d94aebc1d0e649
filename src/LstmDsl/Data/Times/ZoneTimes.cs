namespace LstmDsl;

/// <summary>
/// Turns what the clocks of a time zone showed, row after row, into UTC. The hour that clocks show twice in autumn is told apart by its
/// order: it is the first one until that would not come after the row before.
/// </summary>
internal sealed class ZoneTimes
{
    private readonly TimeZoneInfo rules;
    private DateTime before = DateTime.MinValue;

    /// <summary>Takes a zone by its IANA name.</summary>
    /// <exception cref="ArgumentException">This machine knows no such zone.</exception>
    public ZoneTimes(string zone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
        {
            throw new ArgumentException($"The time zone '{Excerpt.Of(zone)}' is not known on this machine; expected a name such as 'Europe/Berlin', "
                + "and the system's time zone data.", nameof(zone));
        }

        rules = found;
    }

    /// <summary>The time in UTC and the offset of clocks then; null for a time that the clocks skipped.</summary>
    /// <param name="shown">What the clocks showed.</param>
    public (DateTime Utc, TimeSpan Offset)? Of(DateTime shown)
    {
        if (rules.IsInvalidTime(shown))
            return null;
        var offset = rules.GetUtcOffset(shown);
        if (rules.IsAmbiguousTime(shown))
        {
            var offsets = rules.GetAmbiguousTimeOffsets(shown);
            var isSecond = At(shown, offsets.Max()) <= before;
            offset = isSecond ? offsets.Min() : offsets.Max();
        }

        before = At(shown, offset);
        return (before, offset);
    }

    private static DateTime At(DateTime shown, TimeSpan offset) =>
        new(Math.Clamp(shown.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
}
