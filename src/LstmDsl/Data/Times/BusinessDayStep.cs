namespace LstmDsl;

/// <summary>A step of business days: Monday to Friday, save holidays, each time at the same time of day.</summary>
internal sealed record BusinessDayStep : TimeStep
{
    private const int Week = 7, Weekdays = 5;

    // Holidays that fall on Mondays to Fridays, by their day numbers, rising.
    private readonly int[] holidays;

    /// <summary>Takes the number of days, and the days on which there is no business.</summary>
    public BusinessDayStep(int days, IEnumerable<DateOnly> holidays)
    {
        Length = days;
        this.holidays = [.. holidays.Select(day => day.DayNumber).Where(IsWeekday).Distinct().Order()];
    }

    /// <summary>Number of business days.</summary>
    public int Length { get; }

    /// <inheritdoc/>
    internal override bool IsOfCalendar => true;

    /// <inheritdoc/>
    internal override bool KeepsMidnight => true;

    /// <inheritdoc/>
    private protected override string Text => Counted.Of(Length, "business day");

    /// <summary>Whether both are of as many days and know the same holidays.</summary>
    public bool Equals(BusinessDayStep? other) => other is not null && Length == other.Length && holidays.AsSpan().SequenceEqual(other.holidays);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Length, holidays.Length);

    /// <summary>Whether a time falls on a business day.</summary>
    public bool Holds(DateTime time) => IsBusinessDay(Day(time));

    /// <inheritdoc/>
    internal override DateTime Add(DateTime start, long steps)
    {
        if (steps == 0)
            return start;
        var day = Day(start);
        // From a day without business the first step leads to the next one with.
        var firstStep = IsBusinessDay(day) || steps < 0 ? 0 : 1;
        var index = (Int128)steps * Length + Before(day) - firstStep;
        if (index < 0 || index >= Before(DateOnly.MaxValue.DayNumber))
            throw OutOfCalendar(start, steps);
        return new DateTime(DayOf((int)index) * TimeSpan.TicksPerDay, start.Kind) + start.TimeOfDay;
    }

    /// <inheritdoc/>
    internal override bool TryCount(DateTime start, DateTime time, out long steps)
    {
        (int count, int rest) = Math.DivRem(Before(Day(time)) - Before(Day(start)), Length);
        steps = count;
        return rest == 0 && time.TimeOfDay == start.TimeOfDay && Holds(time) && (Holds(start) || time == start);
    }

    /// <inheritdoc/>
    internal override DateTime Floor(DateTime time)
    {
        var day = Day(time);
        while (day > 0 && !IsBusinessDay(day))
            day--;
        return new(day * TimeSpan.TicksPerDay, time.Kind);
    }

    private static int Day(DateTime time) => (int)(time.Ticks / TimeSpan.TicksPerDay);

    // The first day of the calendar was a Monday.
    private static bool IsWeekday(int day) => day % Week < Weekdays;

    private bool IsBusinessDay(int day) => IsWeekday(day) && Array.BinarySearch(holidays, day) < 0;

    /// <summary>How many business days lie before a day.</summary>
    private int Before(int day) => (day / Week * Weekdays) + Math.Min(day % Week, Weekdays) - HolidaysBefore(day);

    private int HolidaysBefore(int day)
    {
        var place = Array.BinarySearch(holidays, day);
        return place < 0 ? ~place : place;
    }

    /// <summary>The business day before which there are so many others.</summary>
    private long DayOf(int index)
    {
        var day = Weekday(index);
        for (var passed = 0; ;)
        {
            var now = HolidaysBefore(day + 1);
            if (now == passed)
                return day;
            passed = now;
            day = Weekday(index + passed);
        }
    }

    private static int Weekday(int index) => (index / Weekdays * Week) + (index % Weekdays);
}
