using System.Globalization;

namespace LstmDsl.Benchmarks;

/// <summary>Numbers with units, as the report writes them: three digits that matter.</summary>
internal static class Quantity
{
    /// <summary>A time: <c>12.3 µs</c>.</summary>
    public static string Time(double seconds) => seconds switch
    {
        >= 1 => Digits(seconds) + " s",
        >= 1e-3 => Digits(seconds * 1e3) + " ms",
        >= 1e-6 => Digits(seconds * 1e6) + " µs",
        _ => Digits(seconds * 1e9) + " ns",
    };

    /// <summary>A number without a unit.</summary>
    public static string Digits(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", _ => "0.00" },
        CultureInfo.InvariantCulture);

    /// <summary>A part of a whole, in percent.</summary>
    public static string Percent(double part) => (100 * part).ToString(part >= 0.1 ? "0" : "0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>Bytes, in millions.</summary>
    public static string Megabytes(long bytes) => Digits(bytes / 1e6) + " MB";
}
