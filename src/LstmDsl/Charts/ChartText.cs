using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>Text on a chart: numbers, escaping and an estimate of its width.</summary>
internal static class ChartText
{
    private const double LargestPlain = 1e7;
    private const double SmallestGrouped = 1e4;
    private const double SmallestPlainStep = 1e-5;

    /// <summary>A number as SVG's attributes want it, to a hundredth of a pixel.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A tick's number with as many decimals as its step needs.</summary>
    public static string TickLabel(double value, double step, double largest)
    {
        if (Math.Abs(value) < step / 1000) return "0";
        if (largest >= LargestPlain || step < SmallestPlainStep)
        {
            var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9);
            return Typographic(TimesPowerOfTen(value / Math.Pow(10, exponent), exponent));
        }

        var decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        var format = (largest >= SmallestGrouped ? "N" : "F") + decimals.ToString(CultureInfo.InvariantCulture);
        return Typographic(value.ToString(format, CultureInfo.InvariantCulture));
    }

    /// <summary>The label of a digit times a power of ten, written out or as such.</summary>
    public static string PowerLabel(int factor, int exponent, bool plain) => plain
        ? (factor * Math.Pow(10, exponent)).ToString("#,0.####", CultureInfo.InvariantCulture)
        : Typographic(factor == 1 ? $"10{Superscript(exponent)}" : TimesPowerOfTen(factor, exponent));

    /// <summary>A value in a label, to four significant digits.</summary>
    public static string Value(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return value.ToString(CultureInfo.InvariantCulture);
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return Typographic(exponent is >= -3 and < 6
            ? value.ToString("#,0." + new string('#', Math.Max(3 - exponent, 0)), CultureInfo.InvariantCulture)
            : TimesPowerOfTen(value / Math.Pow(10, exponent), exponent));
    }

    /// <summary>Text as XML takes it; characters that XML forbids become replacement characters.</summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                (< 0x20 and not ('\t' or '\n' or '\r')) or 0xFFFE or 0xFFFF => "\uFFFD",
                _ => rune.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>About how wide a text is. The reader's fonts are not known, so it errs on the wide side.</summary>
    public static double Width(string text, double fontSize)
    {
        var widths = 0.0;
        foreach (var rune in text.EnumerateRunes())
        {
            widths += rune.Value switch
            {
                'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or ' ' => 0.33,
                'm' or 'w' or 'M' or 'W' or '%' or '@' => 0.95,
                >= 'A' and <= 'Z' => 0.7,
                >= 0x2E80 => 1.05,
                '−' or '×' => 0.84,
                _ => 0.64,
            };
        }

        return widths * fontSize;
    }

    private static string TimesPowerOfTen(double factor, int exponent) =>
        $"{factor.ToString("0.###", CultureInfo.InvariantCulture)}×10{Superscript(exponent)}";

    private static string Superscript(int exponent)
    {
        const string Digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        return string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(digit => digit == '-' ? '⁻' : Digits[digit - '0']));
    }

    private static string Typographic(string number) => number.Replace('-', '−');
}
