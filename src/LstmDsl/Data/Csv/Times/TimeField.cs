using System.Globalization;

namespace LstmDsl;

/// <summary>Reads times: ISO 8601, or given formats in their order, or numbers counted from 1970; never a guess.</summary>
/// <param name="formats">The formats; null means ISO 8601.</param>
internal sealed class TimeField(TimeFormats? formats)
{
    // With NoCurrentDateDefault a format without a date cannot bring today's in. A time with an offset becomes UTC.
    private const DateTimeStyles Styles = DateTimeStyles.NoCurrentDateDefault | DateTimeStyles.AdjustToUniversal;

    private readonly UnixTime? unix = formats?.Unit is { } unit ? new(unit, formats.UnitsInSecond) : null;
    private readonly (string Format, bool HasHours)[] ordered =
        [.. (formats ?? Enumerable.Empty<string>()).Select(format => (format, HasTimeOfDay(format)))];

    /// <summary>What the times should look like, in words.</summary>
    public string Expected => unix?.Expected ?? ordered.Length switch
    {
        0 => "ISO 8601, such as 2012-01-31 or 2012-01-31T18:30:00; name another format by timeFormat",
        1 => $"the format '{ordered[0].Format}'",
        _ => $"one of the formats '{string.Join("', '", ordered.Select(one => one.Format))}'",
    };

    /// <summary>Reads a time; false where it has another form.</summary>
    public bool TryParse(ReadOnlySpan<char> text, out FieldTime time)
    {
        if (unix is not null)
            return unix.TryParse(text, out time);
        if (ordered.Length == 0)
            return Iso8601Time.TryParse(text, out time);
        time = default;
        // .NET's parsers pass over zeros behind what they read.
        if (text.Contains('\0'))
            return false;
        foreach (var (format, hasHours) in ordered)
        {
            if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, Styles, out var found))
                continue;
            time = new FieldTime(found, found.Kind == DateTimeKind.Utc ? Offset(text, format) : null, IsDate: !hasHours);
            return true;
        }

        return false;
    }

    /// <summary>What the first time may mean instead, as advice on what to write; null where nothing is known to.</summary>
    public string? Doubt(ReadOnlySpan<char> text) => formats is null ? new UnixTime("", 1).Doubt(text) : unix?.Doubt(text);

    // Those of one letter that are let through all have one, but for dates and months.
    private static bool HasTimeOfDay(string format) =>
        format.Length == 1 ? format is not ("d" or "D" or "y" or "Y") : TimeFormat.Parts(format).Exists(part => part.IsHours);

    private static TimeSpan? Offset(ReadOnlySpan<char> text, string format) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.Offset
            : null;
}
