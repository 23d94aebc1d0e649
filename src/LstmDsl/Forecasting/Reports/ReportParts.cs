using System.Globalization;

namespace LstmDsl;

/// <summary>What reports of backtests and of training runs have in common.</summary>
internal static class ReportParts
{
    /// <summary>The data at a glance.</summary>
    /// <param name="page">The page.</param>
    /// <param name="series">The series.</param>
    /// <param name="drawn">The columns to draw.</param>
    public static void Data(ReportPage page, TimeSeries series, IReadOnlyList<string> drawn)
    {
        page.Section("Data");
        page.Cards(Cards(series));
        foreach (var column in drawn)
            page.Figure(series.UnitOf(column) is { } unit ? $"{column} ({unit})" : column, ReportCharts.Series(series, column));
        page.Table(Columns(series), "Columns");
        if (series.Repairs != default)
            page.Lines(TimeSeriesText.Of(series));
    }

    /// <summary>The model and its training.</summary>
    /// <param name="page">The page.</param>
    /// <param name="description">What the model says of its inside.</param>
    /// <param name="history">Its training; null where it is not given.</param>
    public static void Model(ReportPage page, string? description, History? history)
    {
        if (description is null && history is null)
            return;
        page.Section("Model");
        if (description is not null)
            page.Lines(description);
        if (history is null || history.Epochs.Count == 0)
            return;
        var names = history.Names.Where(name => !name.StartsWith("val_", StringComparison.Ordinal)).Select(name => new Monitored(name));
        page.Beside(() =>
        {
            foreach (var name in names)
                page.Figure(HistoryChart.Title(history, name), ReportCharts.Curve(history, name));
        });
        page.Lines(history.ToString());
    }

    private static IEnumerable<(string Name, string Number, string Remark)> Cards(TimeSeries series)
    {
        yield return ("Rows", NumberText.Whole(series.Count), series.Name);
        if (series.Start is not null)
        {
            yield return ("Step", series.Step ?? "none", series.Zone is { } zone ? $"by the clocks of {zone}" : "times as some clocks showed them");
            yield return When("From", TimeSeriesText.Time(series, 0));
            yield return When("To", TimeSeriesText.Time(series, series.Count - 1));
        }

        if (series.HoleCount > 0)
        {
            var share = LevelPair.Percent((double)series.HoleCount / series.Count);
            yield return ("Rows with missing values", NumberText.Whole(series.HoleCount), $"{share} of all");
        }
    }

    // The date is what one looks for.
    private static (string Name, string Number, string Remark) When(string name, string time) =>
        time.Split(' ', 2) is [var date, var clock] ? (name, date, clock) : (name, time, "");

    private static TextTable Columns(TimeSeries series)
    {
        var table = new TextTable("column", "unit", "values", "missing", "mean", "std", "min", "25 %", "50 %", "75 %", "max");
        var columns = series.Describe().Columns;
        for (var place = 0; place < columns.Count; place++)
        {
            var column = columns[place];
            double[] numbers =
            [
                column.Mean, column.StandardDeviation, column.Minimum, column.LowerQuartile, column.Median, column.UpperQuartile, column.Maximum,
            ];
            var isOfWords = column.Categories.Count > 0;
            table.Add([
                column.Name,
                isOfWords ? $"{column.Categories.Count.ToString(CultureInfo.InvariantCulture)} words" : series.Units[place] ?? NumberText.None,
                NumberText.Whole(column.Count), NumberText.Whole(column.Missing),
                .. numbers.Select(number => isOfWords || double.IsNaN(number) ? NumberText.None : ChartText.Value(number)),
            ]);
        }

        return table;
    }
}
