namespace LstmDsl;

/// <summary>Pictures of series, to look at before training.</summary>
public static class SeriesCharts
{
    private const int PanelHeight = 240;
    private const int LegibleMarks = 6;

    /// <summary>
    /// Draws a series over its dates, or over its rows: its columns below each other, each with an axis of its own. Missing values leave
    /// gaps.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="path">The file, named <c>.svg</c>; its folder must exist, and an existing file is replaced as a whole.</param>
    /// <param name="columns">The columns; by default all that are no categories.</param>
    /// <exception cref="ArgumentException">A column does not exist, or the path does not end in <c>.svg</c>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveChart(this TimeSeries series, string path, IReadOnlyList<string>? columns = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        columns ??= [.. series.Columns.Where(column => series.Categories(column).Count == 0)];
        if (columns.Count == 0) columns = series.Columns;
        ColumnNames.Find(series, columns, "drawn", nameof(columns));
        if (columns.Count == 1)
        {
            Draw(series, columns[0], 0, new LineChart().Height).Save(path);
            return;
        }

        var left = columns.Max(column => new ChartLayout(Draw(series, column, 0, PanelHeight)).Plot.Left);
        LineChart.Save(path, SvgPicture.DrawStack([.. columns.Select(column => Draw(series, column, left, PanelHeight))], series.Name));
    }

    /// <summary>Draws how much a column resembles itself by lag, with the bound of chance and the lags that stand out.</summary>
    /// <param name="autocorrelation">What <see cref="TimeSeries.Autocorrelation"/> measured.</param>
    /// <param name="path">The file, named <c>.svg</c>; its folder must exist, and an existing file is replaced as a whole.</param>
    /// <exception cref="ArgumentException">The path does not end in <c>.svg</c>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveChart(this Autocorrelation autocorrelation, string path)
    {
        ArgumentNullException.ThrowIfNull(autocorrelation);
        var values = autocorrelation.Values;
        double[] bound = [.. Enumerable.Repeat(autocorrelation.Bound, values.Count)];
        var chart = new LineChart { Title = $"How {autocorrelation.Column} repeats", XLabel = "rows later", YLabel = "autocorrelation" }
            .Add("autocorrelation", values)
            .AddBand("chance (95 %)", [.. bound.Select(value => -value)], bound, "#6B7280");
        foreach (var lag in autocorrelation.StandsOut.OrderByDescending(lag => values[lag]).Take(LegibleMarks))
            chart.Mark(lag, values[lag], autocorrelation.LagText(lag));
        chart.Save(path);
    }

    private static LineChart Draw(TimeSeries series, string column, double left, int height)
    {
        var unit = series.Categories(column).Count == 0 ? series.Units[series.ColumnIndex(column, nameof(column))] : null;
        var chart = new LineChart { Title = column, YLabel = unit, LeastLeft = left, Height = height };
        var values = series.Column(column);
        // Where there are more rows than pixels, a thin line shows more.
        var style = values.Length > chart.Width ? new LineStyle { Width = 1 } : LineStyle.Solid;
        if (series.Start is null) return chart.Add(column, values, style);
        DateTime[] times = [.. Enumerable.Range(0, series.Count).Select(row => series.TimeAt(row)!.Value.DateTime)];
        return chart.Add(column, times, values, style);
    }
}
