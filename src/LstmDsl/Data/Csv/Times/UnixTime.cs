using System.Globalization;

namespace LstmDsl;

/// <summary>Reads times that are counted from 1970-01-01T00:00Z.</summary>
/// <param name="unit">What is counted, in words.</param>
/// <param name="unitsInSecond">How many of it a second has.</param>
internal sealed class UnixTime(string unit, long unitsInSecond)
{
    // Between these, in seconds, lies nearly everything that was ever logged: 1990 to 2052.
    private const long Early = 631_152_000, Late = 2_587_680_000;

    private readonly long ticksInUnit = TimeSpan.TicksPerSecond / unitsInSecond;

    /// <summary>What reads a column of years.</summary>
    public const string YearAdvice = "timeFormat: \"yyyy\"";

    /// <summary>Whether a number looks like a year.</summary>
    public static bool IsYear(decimal number) => number is >= 1000 and < 3000 && decimal.IsInteger(number);

    /// <summary>What the times should look like, in words.</summary>
    public string Expected => $"a number of {unit} since 1970-01-01T00:00Z";

    /// <summary>Reads a time; false where the text is none.</summary>
    public bool TryParse(ReadOnlySpan<char> text, out FieldTime time)
    {
        time = default;
        if (text.Contains('\0'))
            return false;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        // A decimal, because a double has no place for the microseconds of today.
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var count))
            return false;
        if (decimal.Abs(count) > long.MaxValue / ticksInUnit)
            return false;
        var ticks = count * ticksInUnit;
        var whole = decimal.Floor(ticks);
        var at = whole + DateTime.UnixEpoch.Ticks;
        if (at < DateTime.MinValue.Ticks || at > DateTime.MaxValue.Ticks)
            return false;
        time = new FieldTime(new DateTime((long)at, DateTimeKind.Utc), TimeSpan.Zero, (int)((ticks - whole) * 100));
        return true;
    }

    /// <summary>
    /// What else a first number may count, as advice; null where it is sound. Seconds that are taken for milliseconds all lie in the first
    /// month of 1970, and years that are taken for seconds in its first hour.
    /// </summary>
    public string? Doubt(ReadOnlySpan<char> text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var count))
            return null;
        var likely = count switch
        {
            >= Early and <= Late => nameof(TimeFormats.UnixSeconds),
            >= Early * 1_000m and <= Late * 1_000m => nameof(TimeFormats.UnixMilliseconds),
            >= Early * 1_000_000m and <= Late * 1_000_000m => nameof(TimeFormats.UnixMicroseconds),
            _ => null,
        };
        if (likely is null && unit == "seconds" && IsYear(count))
            return YearAdvice;
        return likely is null || likely.Equals("Unix" + unit, StringComparison.OrdinalIgnoreCase) ? null : $"timeFormat: TimeFormats.{likely}";
    }
}
