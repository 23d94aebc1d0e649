namespace LstmDsl;

/// <summary>Parts of a date as points on a circle, so that the end of a day lies beside its beginning.</summary>
internal static class DateParts
{
    /// <summary>Sine and cosine of the share of the whole that has passed.</summary>
    public static (float Sine, float Cosine) Of(DatePart part, DateTimeOffset time)
    {
        var angle = 2 * Math.PI * Share(part, time.DateTime);
        return ((float)Math.Sin(angle), (float)Math.Cos(angle));
    }

    private static double Share(DatePart part, DateTime time) => part switch
    {
        DatePart.MinuteOfHour => (time.TimeOfDay.TotalMinutes % 60) / 60,
        DatePart.HourOfDay => time.TimeOfDay.TotalHours / 24,
        DatePart.DayOfWeek => (int)time.DayOfWeek / 7.0,
        DatePart.DayOfMonth => (time.Day - 1.0) / DateTime.DaysInMonth(time.Year, time.Month),
        DatePart.DayOfYear => (time.DayOfYear - 1.0) / (DateTime.IsLeapYear(time.Year) ? 366 : 365),
        _ => (time.Month - 1.0) / 12,
    };
}
