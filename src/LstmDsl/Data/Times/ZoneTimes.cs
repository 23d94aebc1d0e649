namespace LstmDsl;

/// <summary>
/// Turns what the clocks of a time zone showed, row after row, into UTC. The hour that clocks show twice in autumn is told apart by its
/// order: it is the first one until that would not come after the row before.
/// </summary>
/// <param name="rules">The zone's rules.</param>
internal sealed class ZoneTimes(ZoneRules rules)
{
    private DateTime before = DateTime.MinValue;

    /// <summary>The time in UTC; null for a time that the clocks skipped.</summary>
    /// <param name="shown">What the clocks showed.</param>
    public DateTime? Of(DateTime shown)
    {
        var offsets = rules.OffsetsOf(shown);
        if (offsets.Length == 0)
            return null;
        var first = At(shown, offsets[0]);
        before = offsets.Length > 1 && first <= before ? At(shown, offsets[^1]) : first;
        return before;
    }

    private static DateTime At(DateTime shown, TimeSpan offset) =>
        new(Math.Clamp(shown.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
}
