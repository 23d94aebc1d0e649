namespace LstmDsl;

/// <summary>
/// What clocks showed at times that are known in UTC. Days and months that begin at local midnight are not equally long in UTC where the
/// clocks change in spring and autumn, but they are one step of the calendar.
/// </summary>
internal static class ClockTimes
{
    /// <summary>
    /// What the clocks showed, without a time zone, where a series is one of these: always at the same time of day though the offset
    /// changes, or at one step though times in UTC are not. Null where times in UTC are the series'.
    /// </summary>
    /// <param name="times">Times in UTC, strictly rising.</param>
    /// <param name="offsets">How far the clocks were ahead of UTC, for each.</param>
    /// <param name="areMeant">Whether these clocks are known to be meant, as where their zone was named, though their offset never
    /// changes.</param>
    public static DateTime[]? Of(ReadOnlySpan<DateTime> times, ReadOnlySpan<TimeSpan> offsets, bool areMeant = false)
    {
        var shown = new DateTime[times.Length];
        bool sameTimeOfDay = true, offsetChanges = false;
        for (var i = 0; i < shown.Length; i++)
        {
            var ticks = times[i].Ticks + offsets[i].Ticks;
            if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks) return null;
            shown[i] = new DateTime(ticks);
            if (i > 0 && shown[i] <= shown[i - 1]) return null;
            sameTimeOfDay &= shown[i].TimeOfDay == shown[0].TimeOfDay;
            offsetChanges |= offsets[i] != offsets[0];
        }
        if (sameTimeOfDay && (offsetChanges || areMeant)) return shown;
        return KeepOneStep(times) || !KeepOneStep(shown) ? null : shown;
    }

    private static bool KeepOneStep(ReadOnlySpan<DateTime> times)
    {
        var step = TimeStepFinder.Find(times);
        foreach (var time in times)
        {
            if (!step.TryCount(times[0], time, out _)) return false;
        }
        return true;
    }
}
