using System.Globalization;

namespace LstmDsl;

/// <summary>Numbers of one column with as many decimals, culture-free.</summary>
internal static class NumberText
{
    /// <summary>Stands where there is no number.</summary>
    public const string None = "–";

    private const int Digits = 4, MostDecimals = 8;

    /// <summary>What is larger is written as a power of ten: a column as wide as 300 digits is not read.</summary>
    private const double LargestInDigits = 1e15;

    private static readonly string Power = "E" + (Digits - 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>A format that shows four digits of a column's numbers, of its usual size.</summary>
    public static string Format(IEnumerable<double?> numbers)
    {
        double[] sizes = [.. numbers.OfType<double>().Select(Math.Abs).Where(size => size > 0 && double.IsFinite(size)).Order()];
        if (sizes.Length == 0)
            return "N0";
        var exponent = (int)Math.Floor(Math.Log10(sizes[sizes.Length / 2]));
        return "N" + Math.Clamp(Digits - 1 - exponent, 0, MostDecimals).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A number, or what stands for none.</summary>
    public static string Of(double? number, string format) =>
        number?.ToString(Math.Abs(number.Value) >= LargestInDigits ? Power : format, CultureInfo.InvariantCulture) ?? None;

    /// <summary>A number to four digits of its own.</summary>
    public static string Of(double number) => Of(number, Format([number]));

    /// <summary>A number with its unit.</summary>
    public static string InUnit(double number, string? unit) => Of(number) + (unit is null ? "" : " " + unit);

    /// <summary>A whole number.</summary>
    public static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
