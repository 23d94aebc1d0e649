namespace LstmDsl;

/// <summary>What one column's values are like, in its unit; numbers are NaN where it has no value.</summary>
public sealed record ColumnDescription
{
    /// <summary>The column.</summary>
    public required string Name { get; init; }

    /// <summary>The values' unit; null where none was given.</summary>
    public required string? Unit { get; init; }

    /// <summary>The words of a column of categories, in the order of their numbers; empty for a column of numbers.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>Rows with a value.</summary>
    public required int Count { get; init; }

    /// <summary>Rows without one.</summary>
    public required int Missing { get; init; }

    /// <summary>The mean.</summary>
    public required double Mean { get; init; }

    /// <summary>The population standard deviation: what <see cref="Scaling.Standard"/> divides by.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>The smallest value.</summary>
    public required double Minimum { get; init; }

    /// <summary>A quarter of the values lie below; between two values linearly, as NumPy has it.</summary>
    public required double LowerQuartile { get; init; }

    /// <summary>Half of the values lie below.</summary>
    public required double Median { get; init; }

    /// <summary>Three quarters of the values lie below.</summary>
    public required double UpperQuartile { get; init; }

    /// <summary>The largest value.</summary>
    public required double Maximum { get; init; }

    /// <summary>The first value that is there.</summary>
    public required double First { get; init; }

    /// <summary>The last value that is there.</summary>
    public required double Last { get; init; }

    /// <summary>The longest run of rows without a value, as rows; empty where none is missing.</summary>
    public required Range LargestGap { get; init; }

    /// <summary>Measures a column.</summary>
    internal static ColumnDescription Of(TimeSeries series, int column)
    {
        var values = new List<double>(series.Count);
        var (gap, gapStart, longest) = (0, 0, 0);
        var sum = 0.0;
        for (var row = 0; row < series.Count; row++)
        {
            var value = series[row, column];
            if (double.IsNaN(value))
            {
                if (++gap > longest) (longest, gapStart) = (gap, row + 1 - gap);
                continue;
            }
            gap = 0;
            values.Add(value);
            sum += value;
        }
        var (mean, squares) = (sum / values.Count, 0.0);
        foreach (var value in values) squares += (value - mean) * (value - mean);
        var (first, last) = values.Count == 0 ? (double.NaN, double.NaN) : (values[0], values[^1]);
        values.Sort();
        return new ColumnDescription
        {
            Name = series.Columns[column],
            Unit = series.UnitOf(series.Columns[column]),
            Categories = series.Categories(series.Columns[column]),
            Count = values.Count,
            Missing = series.Count - values.Count,
            Mean = mean,
            StandardDeviation = Math.Sqrt(squares / values.Count),
            Minimum = Quantile(values, 0),
            LowerQuartile = Quantile(values, 0.25),
            Median = Quantile(values, 0.5),
            UpperQuartile = Quantile(values, 0.75),
            Maximum = Quantile(values, 1),
            First = first,
            Last = last,
            LargestGap = gapStart..(gapStart + longest),
        };
    }

    /// <summary>A quantile of rising values, between two of them linearly, as NumPy has it; NaN where there are none.</summary>
    internal static double Quantile(IReadOnlyList<double> sorted, double share)
    {
        if (sorted.Count == 0) return double.NaN;
        var place = share * (sorted.Count - 1);
        var below = (int)place;
        return below + 1 == sorted.Count ? sorted[below] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
