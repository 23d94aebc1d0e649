namespace LstmDsl;

/// <summary>What the clocks of a time zone show, and when. The zone is looked up where this is made.</summary>
internal sealed class ZoneRules
{
    private readonly TimeZoneInfo rules;

    /// <summary>Takes a zone by its IANA name.</summary>
    /// <exception cref="ArgumentException">This machine knows no such zone.</exception>
    public ZoneRules(string zone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
        {
            throw new ArgumentException($"The time zone '{Excerpt.Of(zone)}' is not known on this machine; expected a name such as 'Europe/Berlin', "
                + "and the system's time zone data.", nameof(zone));
        }

        rules = found;
    }

    /// <summary>How far the clocks are ahead of UTC.</summary>
    /// <param name="utc">When, in UTC.</param>
    public TimeSpan OffsetAt(DateTime utc) => rules.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    /// <summary>What the clocks show.</summary>
    /// <param name="utc">When, in UTC.</param>
    public DateTimeOffset At(DateTime utc)
    {
        var offset = OffsetAt(utc);
        return new(new DateTime(Within(utc.Ticks + offset.Ticks)), offset);
    }

    /// <summary>
    /// When the clocks show a time. Of the two hours that they show in autumn it is the first; a time that they skip in spring is as much
    /// later as they were put forward, so that a day that would begin in such an hour begins behind it.
    /// </summary>
    /// <param name="shown">What they show.</param>
    public DateTimeOffset Showing(DateTime shown)
    {
        shown = DateTime.SpecifyKind(shown, DateTimeKind.Unspecified);
        if (rules.IsInvalidTime(shown))
            return At(new DateTime(Within(shown.Ticks - rules.GetUtcOffset(shown.AddDays(-1)).Ticks)));
        return new(shown, rules.IsAmbiguousTime(shown) ? rules.GetAmbiguousTimeOffsets(shown).Max() : rules.GetUtcOffset(shown));
    }

    /// <summary>The offsets of clocks that show a time: none in the hour that they skip, two in the one that they show twice, largest
    /// first.</summary>
    /// <param name="shown">What they show.</param>
    public TimeSpan[] OffsetsOf(DateTime shown) => rules.IsInvalidTime(shown) ? []
        : rules.IsAmbiguousTime(shown) ? [.. rules.GetAmbiguousTimeOffsets(shown).OrderDescending()]
        : [rules.GetUtcOffset(shown)];

    private static long Within(long ticks) => Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
}
