using System.Globalization;

namespace LstmDsl;

/// <summary>Reads times: ISO 8601, or exactly one given format; never a guess.</summary>
internal sealed class TimeField
{
    // With NoCurrentDateDefault a format without a date cannot bring today's in. A time with an offset becomes UTC.
    private const DateTimeStyles Styles = DateTimeStyles.NoCurrentDateDefault | DateTimeStyles.AdjustToUniversal;

    private static readonly string[] Iso8601 =
    [
        "yyyy-MM-dd", "yyyy-MM",
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    private readonly string? format;
    private int lastIso;

    /// <summary>Takes a .NET date and time format; null means ISO 8601.</summary>
    public TimeField(string? timeFormat)
    {
        if (timeFormat is not null && !NamesYear(timeFormat))
        {
            throw new ArgumentException($"The time format '{timeFormat}' has no year, so that it names no point of time; expected one " +
                $"such as 'dd.MM.yyyy HH:mm:ss'.", nameof(timeFormat));
        }
        format = timeFormat;
    }

    /// <summary>What the times should look like, in words.</summary>
    public string Expected => format is null
        ? "ISO 8601, such as 2012-01-31 or 2012-01-31T18:30:00; name another format by timeFormat"
        : $"the format '{format}'";

    /// <summary>Reads a time; false where it has another form.</summary>
    public bool TryParse(ReadOnlySpan<char> text, out DateTime time)
    {
        if (format is not null) return DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, Styles, out time);
        if (DateTime.TryParseExact(text, Iso8601[lastIso], CultureInfo.InvariantCulture, Styles, out time)) return true;
        for (int i = 0; i < Iso8601.Length; i++)
        {
            if (!DateTime.TryParseExact(text, Iso8601[i], CultureInfo.InvariantCulture, Styles, out time)) continue;
            lastIso = i;
            return true;
        }
        return false;
    }

    // Without a year .NET takes the current one.
    private static bool NamesYear(string format) => format.Length == 1
        ? !"mMtT".Contains(format[0], StringComparison.Ordinal)
        : format.Contains('y', StringComparison.Ordinal);
}
