namespace LstmDsl;

/// <summary>What of a time, by the clocks of the series' zone, a network may know: two numbers, sine and cosine of its share of the whole.</summary>
public enum DatePart
{
    /// <summary>The minute of the hour, with its seconds.</summary>
    MinuteOfHour,

    /// <summary>The hour of the day, with its minutes.</summary>
    HourOfDay,

    /// <summary>The day of the week; whole days, so that Sunday does not run into Monday.</summary>
    DayOfWeek,

    /// <summary>The day of the month, of as many as it has.</summary>
    DayOfMonth,

    /// <summary>The day of the year, of 365 or 366.</summary>
    DayOfYear,

    /// <summary>The month of the year.</summary>
    MonthOfYear,
}
