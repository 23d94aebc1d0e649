namespace LstmDsl;

/// <summary>Measures a standardisation on a series' first rows.</summary>
internal static class StandardizationFit
{
    /// <summary>Mean and population standard deviation of each column over the first rows, holes left out.</summary>
    public static Standardization Of(TimeSeries series, int rows, List<string> warnings)
    {
        int columns = series.Columns.Count;
        var mean = new double[columns];
        var scale = new double[columns];
        for (int column = 0; column < columns; column++)
        {
            (mean[column], scale[column]) = Measure(series, rows, column);
            string name = series.Columns[column];
            if (!double.IsFinite(mean[column]) || !double.IsFinite(scale[column]))
            {
                throw new InvalidDataException($"{series.Name}, column '{name}': the values are too large for a mean and standard " +
                    $"deviation in double; bring them to another unit.");
            }
            if (scale[column] > 0) continue;
            scale[column] = 1;
            warnings.Add($"The column '{name}' is constant in the training part ({TimeSeriesText.Number(mean[column])}), so it scales " +
                $"by 1.");
        }
        return new Standardization(mean, scale);
    }

    private static (double Mean, double Deviation) Measure(TimeSeries series, int rows, int column)
    {
        int count = 0;
        double sum = 0, minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        foreach (double value in Values(series, rows, column))
        {
            count++;
            sum += value;
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
        }
        if (count == 0)
        {
            throw new InvalidDataException($"{series.Name}: all {Counted.Of(rows, "row")} of the training part are holes; fill them " +
                $"(Missing.Forward, Gaps.Forward) or take a larger part.");
        }
        // The mean of a constant, and so its deviation, would be off by rounding.
        if (minimum == maximum) return (minimum, 0);
        double mean = sum / count, squares = 0;
        foreach (double value in Values(series, rows, column)) squares += (value - mean) * (value - mean);
        return (mean, Math.Sqrt(squares / count));
    }

    private static IEnumerable<double> Values(TimeSeries series, int rows, int column)
    {
        int hole = 0;
        for (int row = 0; row < rows; row++)
        {
            if (hole < series.HoleRows.Length && series.HoleRows[hole] == row) hole++;
            else yield return series[row, column];
        }
    }
}
