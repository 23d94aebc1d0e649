using System.Globalization;

namespace LstmDsl;

/// <summary>Times as messages and summaries print them, culture-free.</summary>
internal static class TimeText
{
    /// <summary>The date, and the time of day where it is not midnight.</summary>
    public static string Of(DateTime time) => Of(time, time.TimeOfDay == TimeSpan.Zero);

    /// <summary>The date, with or without the time of day.</summary>
    public static string Of(DateTime time, bool dateOnly)
    {
        var text = time.ToString(dateOnly ? "yyyy-MM-dd" : Format(time), CultureInfo.InvariantCulture);
        return time.Kind == DateTimeKind.Utc && !dateOnly ? text + "Z" : text;
    }

    /// <summary>A time by the clocks of a zone: with their offset, <c>Z</c> in UTC, and without where the zone is not known.</summary>
    public static string Of(DateTimeOffset time, string? zone, bool dateOnly)
    {
        var shown = Of(time.DateTime, dateOnly);
        return dateOnly || zone is null ? shown
            : zone == TimeAxis.Utc ? shown + "Z"
            : shown + time.ToString("zzz", CultureInfo.InvariantCulture);
    }

    private static string Format(DateTime time) => time.Ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-dd HH:mm"
        : time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss"
        : "yyyy-MM-dd HH:mm:ss.FFFFFFF";
}
