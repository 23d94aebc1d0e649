namespace LstmDsl;

/// <summary>A step of calendar months, each time on the same day of its month, or on the last where the month is shorter.</summary>
/// <param name="Months">Number of months; 12 is a year.</param>
/// <param name="Day">The day of the month, 1 to 31; 31 means the last of every month.</param>
internal sealed record CalendarStep(int Months, int Day) : TimeStep
{
    private const int FirstMonth = 12, LastMonth = 9999 * 12 + 11;

    /// <inheritdoc/>
    public override bool KeepsMidnight => true;

    /// <inheritdoc/>
    public override DateTime Add(DateTime start, long steps)
    {
        var month = (Int128)steps * Months + MonthOf(start);
        if (month < FirstMonth || month > LastMonth) throw OutOfCalendar(start, steps, this);
        var (year, index) = Math.DivRem((int)month, 12);
        return new DateTime(year, index + 1, DayIn(year, index + 1, Day), 0, 0, 0, start.Kind) + start.TimeOfDay;
    }

    /// <inheritdoc/>
    public override bool TryCount(DateTime start, DateTime time, out long steps)
    {
        (int count, int rest) = Math.DivRem(MonthOf(time) - MonthOf(start), Months);
        steps = count;
        return rest == 0 && FallsOn(time, Day) && time.TimeOfDay == start.TimeOfDay;
    }

    /// <summary>The number of a time's month, counted from year 0.</summary>
    public static int MonthOf(DateTime time) => time.Year * 12 + time.Month - 1;

    /// <summary>Whether a time falls on a day of the month, or on the last where the month is shorter.</summary>
    public static bool FallsOn(DateTime time, int day) => time.Day == DayIn(time.Year, time.Month, day);

    /// <inheritdoc/>
    protected override string Text => Months % 12 == 0 ? Counted.Of(Months / 12, "year") : Counted.Of(Months, "month");

    private static int DayIn(int year, int month, int day) => Math.Min(day, DateTime.DaysInMonth(year, month));
}
