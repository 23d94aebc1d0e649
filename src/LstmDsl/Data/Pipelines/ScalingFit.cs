using System.Globalization;

namespace LstmDsl;

/// <summary>Measures a column's scaling on a series' first rows.</summary>
internal static class ScalingFit
{
    /// <summary>
    /// A spread below this share of the largest magnitude is noise. What is computed in double carries errors of some ε = 2.2e-16 a step;
    /// what a chain of sums and conversions of units leaves of equal numbers lies up to some thousand of them apart, 1e-12 of their size.
    /// Nothing that is measured or written down has that many digits.
    /// </summary>
    private const double NoiseFloor = 1e-12;

    /// <summary>A column's scaling, fitted on the first rows, holes left out.</summary>
    /// <param name="series">The series.</param>
    /// <param name="rows">Rows of the training part.</param>
    /// <param name="column">The column.</param>
    /// <param name="kind">Which scaling.</param>
    /// <param name="warnings">Gets a warning where the column is constant.</param>
    /// <exception cref="InvalidDataException">There are holes only, numbers are too large, or one has no logarithm.</exception>
    public static ColumnScaling Of(TimeSeries series, int rows, int column, Scaling kind, List<string> warnings)
    {
        if (kind == Scaling.None) return ColumnScaling.None;
        return Of(series, column, kind, Measure(series, rows, kind, () => Values(series, rows, column, kind)), warnings);
    }

    /// <summary>A column's scaling, fitted on numbers that were made of it; NaN among them is left out.</summary>
    /// <param name="series">The series.</param>
    /// <param name="column">The column.</param>
    /// <param name="kind">Which scaling.</param>
    /// <param name="values">The training part's numbers.</param>
    /// <param name="warnings">Gets a warning where they are constant.</param>
    /// <exception cref="InvalidDataException">There are none, they are too large, or one has no logarithm.</exception>
    public static ColumnScaling Of(TimeSeries series, int column, Scaling kind, double[] values, List<string> warnings)
    {
        if (kind == Scaling.None) return ColumnScaling.None;
        return Of(series, column, kind, Measure(series, values.Length, kind, () => Curved(series, column, kind, values)), warnings);
    }

    private static ColumnScaling Of(
        TimeSeries series, int column, Scaling kind, (double Center, double Spread, bool IsConstant) measured, List<string> warnings)
    {
        var name = series.Columns[column];
        var (center, spread, isConstant) = measured;
        var what = kind == Scaling.MinMax ? ("minimum and maximum", "range") : ("mean and standard deviation", "standard deviation");
        if (!double.IsFinite(center) || !double.IsFinite(spread))
        {
            throw new InvalidDataException(
                $"{series.Name}, column '{name}': the values are too large for a {what.Item1} in double; bring them to another unit.");
        }
        if (!isConstant) return new ColumnScaling(kind, center, spread);
        var but = spread == 0 ? "" : $" but for rounding errors ({what.Item2} {TimeSeriesText.Number(spread)})";
        var logarithm = kind is Scaling.Log or Scaling.Log1p ? ", as a logarithm" : "";
        warnings.Add(
            $"The column '{name}' is constant in the training part ({TimeSeriesText.Number(center)}{logarithm}){but}, so it scales by 1.");
        return new ColumnScaling(kind, center);
    }

    /// <summary>Refuses a value that has no logarithm, with its place.</summary>
    public static InvalidDataException NoLogarithm(TimeSeries series, int row, int column, Scaling kind) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{series.Name}, row {row}{(series.Start is null ? "" : $" ({TimeSeriesText.Time(series, row)})")}, column '{series.Columns[column]}': "
        + $"{series[row, column]} has no logarithm; {nameof(Scaling)}.{kind} takes values greater than {(kind == Scaling.Log ? 0 : -1)}. "
        + $"{(kind == Scaling.Log ? $"Write {nameof(Scaling)}.{nameof(Scaling.Log1p)} for counts that may be 0, else" : "Write")} "
        + $"{nameof(Scaling)}.{nameof(Scaling.Standard)}."));

    private static (double Center, double Spread, bool IsConstant) Measure(
        TimeSeries series, int rows, Scaling kind, Func<IEnumerable<double>> values)
    {
        var count = 0;
        double sum = 0, minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        foreach (var value in values())
        {
            count++;
            sum += value;
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
        }
        if (rows == 0)
        {
            throw new InvalidDataException(
                $"{series.Name} has {Counted.Of(series.Count, "row")}, none of which is in the training part: there is nothing to scale by. "
                + "Read more rows, or take a larger part.");
        }
        if (count == 0)
        {
            throw new InvalidDataException(
                $"{series.Name}: all {Counted.Of(rows, "row")} of the training part are holes; "
                + "fill them (Missing.Forward, Gaps.Forward) or take a larger part.");
        }
        // The mean of a constant, and so its deviation, would be off by rounding.
        if (minimum == maximum) return (minimum, 0, true);
        var noise = NoiseFloor * Math.Max(Math.Abs(minimum), Math.Abs(maximum));
        if (kind == Scaling.MinMax) return (minimum, maximum - minimum, maximum - minimum <= noise);
        double mean = sum / count, squares = 0;
        foreach (var value in values()) squares += (value - mean) * (value - mean);
        var deviation = Math.Sqrt(squares / count);
        return (mean, deviation, deviation <= noise || Spread.IsRounding(squares / count, mean, count));
    }

    private static IEnumerable<double> Curved(TimeSeries series, int column, Scaling kind, double[] values)
    {
        for (var row = 0; row < values.Length; row++)
        {
            if (double.IsNaN(values[row])) continue;
            var value = ColumnScaling.Curve(kind, values[row]);
            if (!double.IsFinite(value) && kind is Scaling.Log or Scaling.Log1p) throw NoLogarithm(series, row, column, kind);
            yield return value;
        }
    }

    // As they are scaled, before what is measured is subtracted.
    private static IEnumerable<double> Values(TimeSeries series, int rows, int column, Scaling kind)
    {
        var hole = 0;
        for (var row = 0; row < rows; row++)
        {
            if (hole < series.HoleRows.Length && series.HoleRows[hole] == row)
            {
                hole++;
                continue;
            }

            var value = ColumnScaling.Curve(kind, series[row, column]);
            if (!double.IsFinite(value) && kind is Scaling.Log or Scaling.Log1p) throw NoLogarithm(series, row, column, kind);
            yield return value;
        }
    }
}
