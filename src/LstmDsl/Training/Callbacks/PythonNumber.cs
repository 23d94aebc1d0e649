using System.Globalization;

namespace LstmDsl;

/// <summary>
/// Numbers as Python's format specifications <c>f</c>, <c>e</c> and <c>g</c> write them. They differ from .NET's in the exponent (two
/// digits) and in exact ties, which round to even: <c>0.125</c> to two decimals is <c>0.12</c>.
/// </summary>
internal static class PythonNumber
{
    // An IEEE double has at most 767 significant decimal digits, so that this many after the first are exact.
    private const string ExactFormat = "E766";

    /// <summary><c>{:.nf}</c></summary>
    public static string Fixed(double value, int decimals)
    {
        if (!double.IsFinite(value)) return NotFinite(value);
        var (digits, exponent) = Exact(value);
        var scaled = Round(digits, exponent + 1 + decimals).PadLeft(decimals + 1, '0');
        return Sign(value) + Pointed(scaled, scaled.Length - decimals);
    }

    /// <summary><c>{:.ne}</c></summary>
    public static string Scientific(double value, int decimals)
    {
        if (!double.IsFinite(value)) return NotFinite(value);
        var (digits, exponent) = Rounded(value, decimals + 1);
        return Sign(value) + Pointed(digits, 1) + Exponent(exponent);
    }

    /// <summary><c>{:.ng}</c></summary>
    public static string General(double value, int significant)
    {
        if (!double.IsFinite(value)) return NotFinite(value);
        significant = Math.Max(significant, 1);
        var (digits, exponent) = Rounded(value, significant);
        if (exponent >= -4 && exponent < significant) return WithoutTrailingZeros(Fixed(value, significant - 1 - exponent));
        return Sign(value) + WithoutTrailingZeros(Pointed(digits, 1)) + Exponent(exponent);
    }

    /// <summary><c>{}</c>: the shortest text that reads back as the same number.</summary>
    public static string Shortest(double value)
    {
        if (!double.IsFinite(value)) return NotFinite(value);
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var significant = shortest.Split('E')[0].Replace(".", "", StringComparison.Ordinal).Trim('0').Length;
        var (digits, exponent) = Rounded(value, Math.Max(significant, 1));
        if (exponent is >= -4 and < 16) return Fixed(value, Math.Max(digits.Length - 1 - exponent, 1));
        return Sign(value) + Pointed(digits, 1) + Exponent(exponent);
    }

    /// <summary>The number as Keras's progress bar shows it: four decimals, or an exponent up to 0.001.</summary>
    public static string InProgressBar(double value) => Math.Abs(value) > 1e-3 ? Fixed(value, 4) : Scientific(value, 4);

    private static (string Digits, int Exponent) Exact(double value)
    {
        var text = Math.Abs(value).ToString(ExactFormat, CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        return (text[0] + text[2..mark], int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    private static (string Digits, int Exponent) Rounded(double value, int significant)
    {
        var (digits, exponent) = Exact(value);
        var rounded = Round(digits, significant);
        return rounded.Length > significant ? (rounded[..significant], exponent + 1) : (rounded, exponent);
    }

    /// <summary>The first digits as a whole number, rounded half to even; one digit longer where a carry runs through.</summary>
    private static string Round(string digits, int keep)
    {
        if (keep < 0) return "0";
        if (keep >= digits.Length) return digits.PadRight(keep, '0');
        var kept = digits[..keep].ToCharArray();
        var odd = keep > 0 && (kept[^1] - '0') % 2 == 1;
        var up = digits[keep] > '5' || (digits[keep] == '5' && (odd || digits.AsSpan(keep + 1).ContainsAnyExcept('0')));
        if (!up) return new(kept);
        for (var i = keep - 1; i >= 0; i--)
        {
            if (kept[i] != '9')
            {
                kept[i]++;
                return new(kept);
            }

            kept[i] = '0';
        }

        return "1" + new string(kept);
    }

    private static string Pointed(string digits, int whole) => whole == digits.Length ? digits : $"{digits[..whole]}.{digits[whole..]}";

    private static string WithoutTrailingZeros(string text) =>
        text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;

    private static string Exponent(int exponent) => exponent.ToString("'e+'00;'e-'00", CultureInfo.InvariantCulture);

    private static string Sign(double value) => double.IsNegative(value) ? "-" : "";

    private static string NotFinite(double value) => double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}
