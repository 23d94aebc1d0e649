using System.Text;

namespace LstmDsl;

/// <summary>Recognises formats of other languages, whose letters mean something else to .NET, and says them as .NET does.</summary>
internal static class ForeignTimeFormat
{
    /// <summary>What is wrong, as the end of a sentence that begins with the format; null where it is none of these.</summary>
    public static string? Problem(string format)
    {
        var (written, translated) = HasDirective(format) ? ("in the letters of strftime (C, Python)", OfDirectives(format))
            : HasCapitals(format) ? ("with Y for years or D for days, which are y and d here", OfCapitals(format))
            : (null, null);
        if (written is null) return null;
        string? said = translated is not null && TimeFormat.Problem(translated) is null ? translated : null;
        return $"is written {written}; {(said is null
            ? "expected a format of .NET such as 'dd.MM.yyyy HH:mm:ss'"
            : $"the .NET format that says the same is \"{said}\"")}";
    }

    // %d and the like, alone, is .NET's own way to write a format of one letter.
    private static bool HasDirective(string format)
    {
        var mark = format.IndexOf('%', StringComparison.Ordinal);
        var isOwn = format.Length == 2 && TimeFormat.Letters.Contains(format[1], StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < format.Length && !isOwn;
    }

    private static bool HasCapitals(string format)
    {
        var quoted = '\0';
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (quoted != '\0') quoted = c == quoted ? '\0' : quoted;
            else if (c is '\'' or '"') quoted = c;
            else if (c == '\\') i++;
            else if (c is 'Y' or 'D') return true;
        }
        return false;
    }

    private static string? OfDirectives(string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                AppendLiteral(text, format[i]);
                continue;
            }
            var isShort = i + 2 < format.Length && format[i + 1] is '-' or '#';
            i += isShort ? 2 : 1;
            if (i == format.Length || Directive(format[i]) is not { } part) return null;
            text.Append(isShort ? part[..1] : part);
        }
        return text.ToString();
    }

    private static string? Directive(char letter) => letter switch
    {
        'Y' => "yyyy",
        'y' => "yy",
        'm' => "MM",
        'b' or 'h' => "MMM",
        'B' => "MMMM",
        'd' => "dd",
        'e' => "d",
        'a' => "ddd",
        'A' => "dddd",
        'H' => "HH",
        'I' => "hh",
        'M' => "mm",
        'S' => "ss",
        'f' => "FFFFFF",
        'p' => "tt",
        'z' => "zzz",
        'F' => "yyyy-MM-dd",
        'T' => "HH:mm:ss",
        'R' => "HH:mm",
        'D' => "MM/dd/yy",
        '%' => "\\%",
        _ => null,
    };

    // The letters of moment.js, Java and spreadsheets; those of the time of day are .NET's too.
    private static string? OfCapitals(string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            var close = c switch
            {
                '[' => format.IndexOf(']', i),
                '\'' or '"' => format.IndexOf(c, i + 1),
                _ => -1,
            };
            if (close > i)
            {
                text.Append('\'').Append(format, i + 1, close - i - 1).Append('\'');
                i = close;
                continue;
            }
            text.Append(c switch
            {
                'Y' => "y",
                'D' => "d",
                'S' => "f",
                'A' or 'a' => "tt",
                'Z' => "K",
                _ => c.ToString(),
            });
        }
        return text.ToString();
    }

    private static void AppendLiteral(StringBuilder text, char c)
    {
        if (char.IsAsciiLetter(c)) text.Append('\'').Append(c).Append('\'');
        else if (c is '\'' or '"' or '\\') text.Append('\\').Append(c);
        else text.Append(c);
    }
}
