using System.Globalization;

namespace LstmDsl;

/// <summary>Reads times: ISO 8601, or exactly one given format; never a guess.</summary>
internal sealed class TimeField
{
    // With NoCurrentDateDefault a format without a date cannot bring today's in. A time with an offset becomes UTC.
    private const DateTimeStyles Styles = DateTimeStyles.NoCurrentDateDefault | DateTimeStyles.AdjustToUniversal;

    private readonly string? format;

    /// <summary>Takes a .NET date and time format; null means ISO 8601.</summary>
    /// <exception cref="ArgumentException">The format names no point of time, or means something else than it seems to.</exception>
    public TimeField(string? timeFormat)
    {
        if (timeFormat is not null && TimeFormat.Problem(timeFormat) is { } problem)
            throw new ArgumentException($"The time format '{timeFormat}' {problem}.", nameof(timeFormat));
        format = timeFormat;
    }

    /// <summary>What the times should look like, in words.</summary>
    public string Expected => format is null
        ? "ISO 8601, such as 2012-01-31 or 2012-01-31T18:30:00; name another format by timeFormat"
        : $"the format '{format}'";

    /// <summary>Reads a time; false where it has another form.</summary>
    public bool TryParse(ReadOnlySpan<char> text, out FieldTime time)
    {
        if (format is null) return Iso8601Time.TryParse(text, out time);
        time = default;
        // .NET's parsers pass over zeros behind what they read.
        if (text.Contains('\0')) return false;
        if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, Styles, out var found)) return false;
        time = new FieldTime(found, found.Kind == DateTimeKind.Utc ? Offset(text) : null);
        return true;
    }

    private TimeSpan? Offset(ReadOnlySpan<char> text) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.Offset
            : null;
}
