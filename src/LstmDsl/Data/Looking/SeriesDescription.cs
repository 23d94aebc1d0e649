using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>What a series' columns are like; its text is a table.</summary>
public sealed class SeriesDescription
{
    private readonly TimeSeries series;

    private SeriesDescription(TimeSeries series, ColumnDescription[] columns)
    {
        this.series = series;
        Columns = columns;
    }

    /// <summary>The columns, in the series' order.</summary>
    public IReadOnlyList<ColumnDescription> Columns { get; }

    /// <summary>A column's description.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public ColumnDescription this[string column] => Columns[series.ColumnIndex(column, nameof(column))];

    /// <summary>The table, a line for each column; then each column's largest gap, and the words of categories.</summary>
    public override string ToString()
    {
        string[] head = ["", "count", "missing", "mean", "std", "min", "25 %", "50 %", "75 %", "max", "first", "last"];
        string[][] rows = [head, .. Columns.Select(Cells)];
        var widths = Enumerable.Range(0, rows[0].Length).Select(cell => rows.Max(row => row[cell].Length)).ToArray();
        var text = new StringBuilder(series.Name).Append(": ").Append(Counted.Of(series.Count, "row"));
        if (series.Step is { } step)
        {
            text.Append(CultureInfo.InvariantCulture,
                $", step {step}, {TimeSeriesText.Time(series, 0)} to {TimeSeriesText.Time(series, series.Count - 1)}");
        }
        foreach (var row in rows)
        {
            text.Append("\n  ").Append(row[0].PadRight(widths[0]));
            for (var cell = 1; cell < row.Length; cell++) text.Append("  ").Append(row[cell].PadLeft(widths[cell]));
        }
        foreach (var column in Columns.Where(column => column.Missing > 0)) text.Append("\n  ").Append(Gap(column));
        foreach (var column in Columns.Where(column => column.Categories.Count > 0))
            text.Append("\n  ").Append(column.Name).Append(" numbers ").Append(ColumnNames.Listed(column.Categories));
        return text.ToString();
    }

    /// <summary>Measures all columns.</summary>
    internal static SeriesDescription Of(TimeSeries series) =>
        new(series, [.. Enumerable.Range(0, series.Columns.Count).Select(column => ColumnDescription.Of(series, column))]);

    private static string[] Cells(ColumnDescription column) =>
    [
        column.Unit is { } unit && column.Categories.Count == 0 ? $"{column.Name} ({unit})" : column.Name,
        column.Count.ToString("N0", CultureInfo.InvariantCulture),
        column.Missing.ToString("N0", CultureInfo.InvariantCulture),
        .. new[]
        {
            column.Mean, column.StandardDeviation, column.Minimum, column.LowerQuartile, column.Median, column.UpperQuartile, column.Maximum,
            column.First, column.Last,
        }.Select(number => double.IsNaN(number) ? "-" : TimeSeriesText.Number(number)),
    ];

    private string Gap(ColumnDescription column)
    {
        var (start, end) = (column.LargestGap.Start.Value, column.LargestGap.End.Value - 1);
        var when = start == end
            ? $"at {TimeSeriesText.Time(series, start)}"
            : $"from {TimeSeriesText.Time(series, start)} to {TimeSeriesText.Time(series, end)}";
        return $"{column.Name}: the largest gap is {Counted.Of(end - start + 1, "row")}, {when}";
    }
}
