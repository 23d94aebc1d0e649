namespace LstmDsl;

/// <summary>A place on an axis.</summary>
/// <param name="Value">Where.</param>
/// <param name="Label">Its text; empty for a line without one.</param>
/// <param name="Context">A second line of text, such as the year of a date; null for none.</param>
internal readonly record struct ChartTick(double Value, string Label, string? Context = null);

/// <summary>The range that an axis shows, with its ticks.</summary>
internal sealed record ChartAxis(double Low, double High, IReadOnlyList<ChartTick> Ticks, bool IsLogarithmic = false)
{
    /// <summary>How far along the axis a value stands, 0 to 1.</summary>
    public double Fraction(double value) => IsLogarithmic
        ? (Math.Log10(value) - Math.Log10(Low)) / (Math.Log10(High) - Math.Log10(Low))
        : (value - Low) / (High - Low);
}
