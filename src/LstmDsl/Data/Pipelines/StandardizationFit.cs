namespace LstmDsl;

/// <summary>Measures a standardisation on a series' first rows.</summary>
internal static class StandardizationFit
{
    /// <summary>
    /// Mean and population standard deviation of each column over the first rows, holes left out; 0 and 1 for columns that are to stay as
    /// they are.
    /// </summary>
    public static Standardization Of(TimeSeries series, int rows, IReadOnlyList<string> except, List<string> warnings)
    {
        var columns = series.Columns.Count;
        var mean = new double[columns];
        var scale = new double[columns];
        for (var column = 0; column < columns; column++)
        {
            var name = series.Columns[column];
            if (except.Contains(name))
            {
                scale[column] = 1;
                continue;
            }
            (mean[column], scale[column], bool isConstant) = Measure(series, rows, column);
            if (!double.IsFinite(mean[column]) || !double.IsFinite(scale[column]))
            {
                throw new InvalidDataException(
                    $"{series.Name}, column '{name}': the values are too large for a mean and standard deviation in double; "
                    + "bring them to another unit.");
            }
            if (!isConstant) continue;
            var but = scale[column] == 0 ? "" : $" but for rounding errors (standard deviation {TimeSeriesText.Number(scale[column])})";
            scale[column] = 1;
            warnings.Add(
                $"The column '{name}' is constant in the training part ({TimeSeriesText.Number(mean[column])}){but}, so it scales by 1.");
        }
        return new Standardization(mean, scale);
    }

    private static (double Mean, double Deviation, bool IsConstant) Measure(TimeSeries series, int rows, int column)
    {
        var count = 0;
        double sum = 0, minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        foreach (var value in Values(series, rows, column))
        {
            count++;
            sum += value;
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
        }
        if (count == 0)
        {
            throw new InvalidDataException(
                $"{series.Name}: all {Counted.Of(rows, "row")} of the training part are holes; "
                + "fill them (Missing.Forward, Gaps.Forward) or take a larger part.");
        }
        // The mean of a constant, and so its deviation, would be off by rounding.
        if (minimum == maximum) return (minimum, 0, true);
        double mean = sum / count, squares = 0;
        foreach (var value in Values(series, rows, column)) squares += (value - mean) * (value - mean);
        return (mean, Math.Sqrt(squares / count), Spread.IsRounding(squares / count, mean, count));
    }

    private static IEnumerable<double> Values(TimeSeries series, int rows, int column)
    {
        var hole = 0;
        for (var row = 0; row < rows; row++)
        {
            if (hole < series.HoleRows.Length && series.HoleRows[hole] == row) hole++;
            else yield return series[row, column];
        }
    }
}
