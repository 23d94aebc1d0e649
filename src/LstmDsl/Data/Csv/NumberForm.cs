using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>Reads numbers as a file writes them: with one decimal separator, and groups of three digits or none. Never a guess.</summary>
internal sealed class NumberForm
{
    private const int GroupDigits = 3;

    /// <summary>Digits that surely fit a <see cref="ulong"/>.</summary>
    private const int SafeDigits = 19;

    /// <summary>Up to here every whole number is a <see cref="double"/>.</summary>
    private const ulong LargestExact = 1UL << 53;

    // All of them exact, so that one division rounds once: the nearest double to what is written.
    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, SafeDigits + 1).Select(power => Math.Pow(10, power))];

    // Programs and editors write one for the other, and no two of a family stand for different things in a number.
    private static readonly string[] Alike = ["'\u2019", " \u00a0\u202f\u2009"];

    private readonly byte point;
    private readonly string thousands;

    /// <summary>Takes the form from options.</summary>
    /// <exception cref="ArgumentException">A separator is none, or both are the same.</exception>
    public NumberForm(CsvOptions options)
    {
        var format = options.Numbers is { } provider ? NumberFormatInfo.GetInstance(provider) : null;
        IsStated = format is not null || options.DecimalSeparator is not null;
        Decimal = options.DecimalSeparator ?? Single(format?.NumberDecimalSeparator, "decimal separator") ?? '.';
        Thousands = options.ThousandsSeparator ?? Single(format?.NumberGroupSeparator, "thousands separator");
        foreach (var (separator, what) in new[] { (Decimal, "decimal separator"), (Thousands ?? ' ', "thousands separator") })
        {
            if (char.IsAsciiLetterOrDigit(separator) || separator is '+' or '-' or '"' or '\r' or '\n' or '\0')
            {
                throw CsvOptions.Wrong($"the {what} {CsvOptions.Shown(separator)} has another meaning in a number; expected one such as '.' or "
                    + "','");
            }
        }

        if (!char.IsAscii(Decimal))
            throw CsvOptions.Wrong($"the decimal separator {CsvOptions.Shown(Decimal)} is none; expected '.' or ','");
        thousands = Thousands is { } group ? Family(group) : "";
        if (thousands.Contains(Decimal))
            throw CsvOptions.Wrong($"decimals and thousands have the same separator {CsvOptions.Shown(Decimal)}; expected two that differ");
        point = (byte)Decimal;
    }

    /// <summary>What stands before decimals.</summary>
    public char Decimal { get; }

    /// <summary>What stands between groups of three digits; null for nothing. Of apostrophes and of spaces each stands for all.</summary>
    public char? Thousands { get; }

    /// <summary>Whether the user said what stands before decimals.</summary>
    public bool IsStated { get; }

    /// <summary>Reads digits with or without a sign and decimals, most numbers by far; false where the text is anything else.</summary>
    public bool TryPlain(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var at = !text.IsEmpty && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        if (text.Length - at is 0 or > SafeDigits)
            return false;
        var isNegative = text[0] == (byte)'-';
        ulong digits = 0;
        var decimals = -1;
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
                continue;
            }

            if (text[at] != point || decimals >= 0)
                return false;
            decimals = text.Length - at - 1;
        }

        if (digits > LargestExact || decimals == 0)
            return false;
        value = decimals > 0 ? digits / PowersOfTen[decimals] : digits;
        if (isNegative)
            value = -value;
        return true;
    }

    /// <summary>Reads any number, such as <c>-3.5</c>, <c>1e3</c> or <c>1.234.567,8</c>; false where the text is none of this
    /// form.</summary>
    public bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        // .NET's parsers pass over zeros behind what they read.
        if (text.Contains('\0'))
            return false;
        return Invariant(text) is { } number && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The form in words, where it is not the usual one; else null.</summary>
    public string? Text
    {
        get
        {
            if (Decimal == '.' && Thousands is null)
                return null;
            var decimals = $"decimals after {CsvOptions.Shown(Decimal)}";
            return Thousands is { } group ? $"{decimals}, thousands by {CsvOptions.Shown(group)}" : decimals;
        }
    }

    /// <summary>A number with a decimal point and nothing between its digits; null where it is none of this form.</summary>
    private string? Invariant(ReadOnlySpan<char> text)
    {
        if (Decimal == '.' && !text.ContainsAny(thousands))
            return text.ToString();
        var number = new StringBuilder(text.Length);
        var at = text.IndexOf(Decimal);
        var whole = at >= 0 ? text[..at] : text;
        var rest = at >= 0 ? text[(at + 1)..] : default;
        if (rest.Contains(Decimal) || (Decimal != '.' && rest.Contains('.')))
            return null;
        var groups = whole.ContainsAny(thousands);
        if (groups ? !TryUngroup(whole, thousands, number) : whole.Contains('.'))
            return null;
        if (!groups)
            number.Append(whole);
        return at >= 0 ? number.Append('.').Append(rest).ToString() : number.ToString();
    }

    /// <summary>A separator of thousands, and those that are written in its place.</summary>
    public static string Family(char separator) => Alike.FirstOrDefault(family => family.Contains(separator)) ?? separator.ToString();

    // One to three digits, then three after each separator; a sign may come first, and nothing else.
    private static bool TryUngroup(ReadOnlySpan<char> whole, string thousands, StringBuilder number)
    {
        if (whole[0] is '-' or '+')
        {
            number.Append(whole[0]);
            whole = whole[1..];
        }

        var isFirst = true;
        foreach (var range in whole.SplitAny(thousands))
        {
            var group = whole[range];
            var fits = isFirst ? group.Length is > 0 and <= GroupDigits : group.Length == GroupDigits;
            if (!fits || group.ContainsAnyExceptInRange('0', '9'))
                return false;
            number.Append(group);
            isFirst = false;
        }

        return true;
    }

    private static char? Single(string? separator, string what) => separator switch
    {
        null or "" => null,
        { Length: 1 } => separator[0],
        _ => throw CsvOptions.Wrong($"the {what} of Numbers is '{Excerpt.Of(separator)}'; expected one character"),
    };
}
