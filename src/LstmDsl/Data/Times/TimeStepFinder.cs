namespace LstmDsl;

/// <summary>Finds the step of a series from its times.</summary>
internal static class TimeStepFinder
{
    private const int LastDay = 31;

    /// <summary>
    /// Months where every time falls on the same day of its month (or each on the last) at the same time of day, else a fixed step;
    /// either is the most common difference, and of several the smallest. Times that do not fit it are the caller's to report: a
    /// smaller step that fits them all would make holes of what is most often one wrong time.
    /// </summary>
    /// <param name="times">At least two times, strictly rising.</param>
    public static TimeStep Find(ReadOnlySpan<DateTime> times)
    {
        var differences = new long[times.Length - 1];
        if (DayOfMonth(times) is { } day)
        {
            for (var i = 0; i < differences.Length; i++)
            {
                differences[i] = CalendarStep.MonthOf(times[i + 1]) - CalendarStep.MonthOf(times[i]);
            }
            return new CalendarStep((int)MostCommon(differences), day == times[0].Day ? null : day);
        }
        for (var i = 0; i < differences.Length; i++) differences[i] = times[i + 1].Ticks - times[i].Ticks;
        return TimeStep.OfTicks(MostCommon(differences));
    }

    // A series of the last days of months may hold none of 31 days, so that case is looked for on its own.
    private static int? DayOfMonth(ReadOnlySpan<DateTime> times)
    {
        var latest = 0;
        var lastDays = true;
        foreach (var time in times)
        {
            latest = Math.Max(latest, time.Day);
            lastDays &= CalendarStep.FallsOn(time, LastDay);
        }
        var day = lastDays ? LastDay : latest;
        for (var i = 0; i < times.Length; i++)
        {
            if (!CalendarStep.FallsOn(times[i], day) || times[i].TimeOfDay != times[0].TimeOfDay) return null;
            if (i > 0 && CalendarStep.MonthOf(times[i]) == CalendarStep.MonthOf(times[i - 1])) return null;
        }
        return day;
    }

    private static long MostCommon(long[] differences)
    {
        Array.Sort(differences);
        var best = differences[0];
        var bestCount = 0;
        for (int i = 0, start = 0; i < differences.Length; i++)
        {
            if (differences[i] != differences[start]) start = i;
            if (i - start + 1 > bestCount) (best, bestCount) = (differences[i], i - start + 1);
        }
        return best;
    }
}
