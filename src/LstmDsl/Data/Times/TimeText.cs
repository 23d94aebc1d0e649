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

    private static string Format(DateTime time) => time.Ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-dd HH:mm"
        : time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss"
        : "yyyy-MM-dd HH:mm:ss.FFFFFFF";
}
