using System.Globalization;

namespace LstmDsl;

/// <summary>
/// Finds what is wrong with a .NET date and time format before anything is read by it. Its letters differ in case alone (<c>M</c> months,
/// <c>m</c> minutes; <c>H</c> 24 hours, <c>h</c> 12), so that a slip reads other times than are written, without an error.
/// </summary>
internal static class TimeFormat
{
    /// <summary>The letters that stand for parts of a time.</summary>
    public const string Letters = "yMdHhmsfFtzKg";

    private const string NoYear = "has no year, so that it names no point of time; expected one such as 'dd.MM.yyyy HH:mm:ss'";

    /// <summary>What is wrong, as the end of a sentence that begins with the format; null where nothing is.</summary>
    public static string? Problem(string format)
    {
        if (format.Length == 1) return OfStandard(format[0]);
        if (ForeignTimeFormat.Problem(format) is { } foreign) return foreign;
        var parts = Parts(format);
        return OfPlaces(parts) ?? OfRepetition(parts) ?? OfWhatIsMissing(parts) ?? OfSyntax(format);
    }

    /// <summary>A format's parts in order; what stands in quotes or behind a backslash is none.</summary>
    public static List<TimeFormatPart> Parts(string format)
    {
        var parts = new List<TimeFormatPart>();
        var literal = 0;
        for (var i = 0; i < format.Length;)
        {
            var c = format[i];
            var end = c switch
            {
                '\\' => Math.Min(i + 2, format.Length),
                '\'' or '"' => format.IndexOf(c, i + 1) is var close and >= 0 ? close + 1 : format.Length,
                _ => EndOfRun(format, i),
            };
            if (Letters.Contains(c, StringComparison.Ordinal))
            {
                parts.Add(new TimeFormatPart(c, format[i..end], format[literal..i]));
                literal = end;
            }
            i = end;
        }
        return parts;
    }

    private static int EndOfRun(string format, int start)
    {
        var end = start + 1;
        while (end < format.Length && format[end] == format[start]) end++;
        return end;
    }

    // Without a year .NET takes the current one.
    private static string? OfStandard(char letter) =>
        "mMtT".Contains(letter, StringComparison.Ordinal) ? NoYear : OfSyntax(letter.ToString());

    private static string? OfPlaces(List<TimeFormatPart> parts)
    {
        for (var i = 1; i < parts.Count; i++)
        {
            var isBehindHours = parts[i - 1].IsHours && !parts[i].Before.Any(char.IsWhiteSpace);
            if (parts[i].Letter == 'M' && isBehindHours)
            {
                return $"has {parts[i].Text}, which means months, behind the hours ({parts[i - 1].Text}{parts[i].Before}); minutes are mm";
            }
        }
        return null;
    }

    private static string? OfRepetition(List<TimeFormatPart> parts)
    {
        foreach (var same in parts.Where(part => part.Name is not null).GroupBy(part => part.Name).Where(same => same.Count() > 1))
        {
            var meant = same.Key switch
            {
                "minutes" when !Has(parts, "months") => "; months are MM",
                "months" when !Has(parts, "minutes") => "; minutes are mm",
                _ => "; text that stands for itself goes in quotes",
            };
            return $"names the {same.Key} twice ({string.Join(" and ", same.Select(part => part.Text))}){meant}";
        }
        return null;
    }

    private static string? OfWhatIsMissing(List<TimeFormatPart> parts)
    {
        string? Without(string has, string lacks, string meant) =>
            Has(parts, has) && !Has(parts, lacks) ? $"has {has} ({TextOf(parts, has)}) but no {lacks}; {meant}" : null;
        var isMinuteForMonth = Has(parts, "minutes") && !Has(parts, "months") && Has(parts, "years");
        if (isMinuteForMonth) return $"has {TextOf(parts, "minutes")}, which means minutes, and no months; months are MM";
        if (!Has(parts, "years")) return NoYear;
        return Without("days", "months", "months are MM") ?? Without("minutes", "hours", "hours are HH")
            ?? Without("seconds", "minutes", "minutes are mm") ?? Without("parts of a second", "seconds", "seconds are ss")
            ?? Without("hours", "days", "days are dd") ?? Without("half of the day", "hours", "hours of 12 are hh") ?? OfTwelveHours(parts);
    }

    private static string? OfTwelveHours(List<TimeFormatPart> parts) =>
        parts.Exists(part => part.Letter == 'h') && !Has(parts, "half of the day")
            ? $"has {TextOf(parts, "hours")}, the hours of a 12-hour clock, without its half, so that noon would be midnight; "
                + "hours of 24 are HH, and the half (AM or PM) is tt"
            : null;

    private static string? OfSyntax(string format)
    {
        try
        {
            _ = new DateTime(2012, 1, 31, 18, 30, 15, DateTimeKind.Utc).ToString(format, CultureInfo.InvariantCulture);
            return null;
        }
        catch (FormatException)
        {
            return "is no date and time format of .NET; expected one such as 'dd.MM.yyyy HH:mm:ss'";
        }
    }

    private static bool Has(List<TimeFormatPart> parts, string name) => parts.Exists(part => part.Name == name);

    private static string TextOf(List<TimeFormatPart> parts, string name) => parts.Find(part => part.Name == name).Text;
}
