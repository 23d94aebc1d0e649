namespace LstmDsl;

/// <summary>A step of calendar months, each time on the same day of its month, or on the last where the month is shorter.</summary>
/// <param name="Length">Number of months; 12 is a year.</param>
/// <param name="Day">The day of the month, 1 to 31, where it is not the first time's; 31 means the last of every month.</param>
internal sealed record CalendarStep(int Length, int? Day = null) : TimeStep
{
    private const int FirstMonth = 12, LastMonth = 9999 * 12 + 11, MonthsOfYear = 12;

    /// <inheritdoc/>
    internal override bool IsOfCalendar => true;

    /// <inheritdoc/>
    internal override bool KeepsMidnight => true;

    /// <inheritdoc/>
    private protected override string Text =>
        Length % MonthsOfYear == 0 ? Counted.Of(Length / MonthsOfYear, "year") : Counted.Of(Length, "month");

    /// <inheritdoc/>
    internal override DateTime Add(DateTime start, long steps)
    {
        var month = (Int128)steps * Length + MonthOf(start);
        if (month < FirstMonth || month > LastMonth) throw OutOfCalendar(start, steps);
        var (year, index) = Math.DivRem((int)month, MonthsOfYear);
        return new DateTime(year, index + 1, DayIn(year, index + 1, Day ?? start.Day), 0, 0, 0, start.Kind) + start.TimeOfDay;
    }

    /// <inheritdoc/>
    internal override bool TryCount(DateTime start, DateTime time, out long steps)
    {
        (int count, int rest) = Math.DivRem(MonthOf(time) - MonthOf(start), Length);
        steps = count;
        return rest == 0 && FallsOn(time, Day ?? start.Day) && time.TimeOfDay == start.TimeOfDay;
    }

    /// <inheritdoc/>
    internal override DateTime Floor(DateTime time)
    {
        var month = time.Month;
        if (MonthsOfYear % Length == 0)
            month -= (month - 1) % Length;
        else if (Length % MonthsOfYear == 0)
            month = 1;
        return new(time.Year, month, 1, 0, 0, 0, time.Kind);
    }

    /// <inheritdoc/>
    internal override TimeStep From(DateTime start, DateTime other) =>
        Day is null && other.Day != start.Day ? this with { Day = start.Day } : this;

    /// <summary>The number of a time's month, counted from year 0.</summary>
    public static int MonthOf(DateTime time) => time.Year * MonthsOfYear + time.Month - 1;

    /// <summary>Whether a time falls on a day of the month, or on the last where the month is shorter.</summary>
    public static bool FallsOn(DateTime time, int day) => time.Day == DayIn(time.Year, time.Month, day);

    private static int DayIn(int year, int month, int day) => Math.Min(day, DateTime.DaysInMonth(year, month));
}
