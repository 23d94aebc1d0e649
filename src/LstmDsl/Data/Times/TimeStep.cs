using System.Globalization;

namespace LstmDsl;

/// <summary>
/// The step of time from one row of a series to the next. Seconds, minutes and hours are always equally long. Days, weeks, months, quarters,
/// years and business days are steps of the calendar: in a time zone they go by its clocks, so that the day on which these are put forward
/// has 23 hours. Steps are equal by value.
/// </summary>
public abstract record TimeStep
{
    private protected TimeStep()
    {
    }

    /// <summary>Whether steps go by what clocks and calendars show, rather than by time that passes.</summary>
    internal abstract bool IsOfCalendar { get; }

    /// <summary>Whether every time that starts at midnight stays there, so that a date says all.</summary>
    internal abstract bool KeepsMidnight { get; }

    /// <summary>The step in words, as <see cref="ToString"/> gives it.</summary>
    private protected abstract string Text { get; }

    /// <summary>Steps of seconds.</summary>
    /// <param name="count">How many, from 1.</param>
    public static TimeStep Seconds(int count) => Fixed(count, TimeSpan.TicksPerSecond);

    /// <summary>Steps of minutes.</summary>
    /// <param name="count">How many, from 1.</param>
    public static TimeStep Minutes(int count) => Fixed(count, TimeSpan.TicksPerMinute);

    /// <summary>Steps of hours, always equally long: 24 of them are no day where the clocks change.</summary>
    /// <param name="count">How many, from 1.</param>
    public static TimeStep Hours(int count) => Fixed(count, TimeSpan.TicksPerHour);

    /// <summary>Steps of days of the calendar.</summary>
    /// <param name="count">How many, from 1.</param>
    public static TimeStep Days(int count) => OfTicks(Ticks(count, TimeSpan.TicksPerDay));

    /// <summary>Steps of weeks of the calendar; they are those of seven days.</summary>
    /// <param name="count">How many, from 1.</param>
    public static TimeStep Weeks(int count) => OfTicks(Ticks(count, 7 * TimeSpan.TicksPerDay));

    /// <summary>Steps of months, each time on the first one's day of its month, or on the last where a month is shorter.</summary>
    /// <param name="count">How many, from 1.</param>
    public static TimeStep Months(int count) => new CalendarStep(MonthsOf(count, 1));

    /// <summary>Steps of quarters, of three months each.</summary>
    /// <param name="count">How many, from 1.</param>
    public static TimeStep Quarters(int count) => new CalendarStep(MonthsOf(count, 3));

    /// <summary>Steps of years, of twelve months each.</summary>
    /// <param name="count">How many, from 1.</param>
    public static TimeStep Years(int count) => new CalendarStep(MonthsOf(count, 12));

    /// <summary>Steps of business days: Monday to Friday, save holidays.</summary>
    /// <param name="count">How many, from 1.</param>
    /// <param name="holidays">Days on which there is no business; by default none.</param>
    public static TimeStep BusinessDays(int count = 1, IEnumerable<DateOnly>? holidays = null) =>
        new BusinessDayStep((int)(Ticks(count, TimeSpan.TicksPerDay) / TimeSpan.TicksPerDay), holidays ?? []);

    /// <summary>A step of a length: whole days are days of the calendar.</summary>
    /// <param name="step">Its length; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive, or longer than the calendar.</exception>
    public static TimeStep Of(TimeSpan step)
    {
        if (step <= TimeSpan.Zero || step.Ticks > DateTime.MaxValue.Ticks)
            throw new ArgumentOutOfRangeException(nameof(step), step, "The step must be positive, and not longer than the calendar, years 1 to 9999.");
        return OfTicks(step.Ticks);
    }

    /// <inheritdoc cref="Of(TimeSpan)"/>
    public static implicit operator TimeStep(TimeSpan step) => Of(step);

    /// <summary>The step in words, in the largest unit that divides it: <c>1 day</c>, <c>10 minutes</c>, <c>3 months</c>, <c>1 business
    /// day</c>.</summary>
    public sealed override string ToString() => Text;

    /// <summary>The step that reads so, such as <c>1 hour</c>; null for none, and for steps that a text does not tell whole.</summary>
    internal static TimeStep? OfText(string? text)
    {
        if (text?.Split(' ') is not [var number, var unit]
            || !int.TryParse(number.Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count < 1)
            return null;
        TimeStep? step = unit.TrimEnd('s') switch
        {
            "second" => Seconds(count),
            "minute" => Minutes(count),
            "hour" => Hours(count),
            "day" => Days(count),
            "week" => Weeks(count),
            "month" => Months(count),
            "quarter" => Quarters(count),
            "year" => Years(count),
            _ => null,
        };
        return step?.ToString() == text ? step : null;
    }

    /// <summary>A step of so many ticks: whole days are days of the calendar.</summary>
    internal static TimeStep OfTicks(long ticks)
    {
        var (days, rest) = Math.DivRem(ticks, TimeSpan.TicksPerDay);
        return rest == 0 ? new DayStep((int)days) : new FixedStep(ticks);
    }

    /// <summary>The time a number of steps after another.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is out of the calendar's range, years 1 to 9999.</exception>
    internal abstract DateTime Add(DateTime start, long steps);

    /// <summary>The number of whole steps from one time to another; false where the other lies off the grid.</summary>
    internal abstract bool TryCount(DateTime start, DateTime time, out long steps);

    /// <summary>The latest time, not behind a given one, at which a step begins where steps begin as people count them: hours on the hour,
    /// days at midnight, weeks on Monday, months on the first.</summary>
    internal abstract DateTime Floor(DateTime time);

    /// <summary>The same steps, counted from another of their times.</summary>
    internal virtual TimeStep From(DateTime start, DateTime other) => this;

    /// <summary>The exception for a time that the calendar does not have.</summary>
    private protected ArgumentOutOfRangeException OutOfCalendar(DateTime start, long steps) =>
        new(paramName: null, string.Create(CultureInfo.InvariantCulture,
            $"{Counted.Of(steps, "step")} of {this} from {TimeText.Of(start)} would leave the calendar's range, years 1 to 9999."));

    private static FixedStep Fixed(int count, long ticks) => new(Ticks(count, ticks));

    private static long Ticks(int count, long ticks)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (Int128)count * ticks <= DateTime.MaxValue.Ticks ? count * ticks : throw TooLong(count);
    }

    private static int MonthsOf(int count, int months)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (long)count * months <= 12 * DateTime.MaxValue.Year ? count * months : throw TooLong(count);
    }

    private static ArgumentOutOfRangeException TooLong(int count) =>
        new(nameof(count), count, "The step is longer than the calendar, years 1 to 9999.");
}
