namespace LstmDsl;

/// <summary>The charts of a report.</summary>
internal static class ReportCharts
{
    /// <summary>Of charts of which two stand beside each other.</summary>
    public const int Width = 560;

    private const int Height = 300, WholeWidth = 1100;

    private static readonly LineStyle Came = new() { Color = SvgPicture.Ink };
    private static readonly LineStyle Forecast = new() { Color = LineChart.Palette[0], Width = 2.5 };

    /// <summary>A forecast with its bands against what came, behind what was known.</summary>
    public static LineChart Outcome(BacktestResult result, ForecastOutcome outcome, int target)
    {
        var forecast = outcome.Forecast;
        var unit = forecast.Units[target];
        var chart = new LineChart { Width = Width, Height = Height, YLabel = unit };
        var column = result.Series.ColumnIndex(forecast.Targets[target], nameof(result));
        var first = Math.Max(0, outcome.LastRow + 1 - Math.Min(result.Plan.Window, 2 * forecast.Steps));
        var end = outcome.LastRow + result.Plan.Lead + 1 + forecast.Steps;
        int[] rows = [.. Enumerable.Range(first, end - first)];
        int[] steps = [.. Enumerable.Range(0, forecast.Steps)];
        var ahead = outcome.LastRow + result.Plan.Lead + 1;
        Add(chart, result, "what came", rows, [.. rows.Select(row => result.Series[row, column])], Came);
        Add(chart, result, "forecast", [.. steps.Select(step => ahead + step)], [.. steps.Select(step => forecast.Point(step, target))],
            forecast.Steps == 1 ? Forecast with { Markers = true } : Forecast);
        foreach (var pair in LevelPair.Of(forecast.Levels))
        {
            double[] low = [.. steps.Select(step => forecast.At(pair.Lower, step, target))];
            double[] high = [.. steps.Select(step => forecast.At(pair.Upper, step, target))];
            if (result.Series.Start is null)
                chart.AddBand(LevelPair.Percent(pair.Nominal), [.. steps.Select(step => (double)(ahead + step))], low, high);
            else
                chart.AddBand(LevelPair.Percent(pair.Nominal), [.. steps.Select(step => result.Series.TimeAt(ahead + step)!.Value.DateTime)], low, high);
        }

        return chart;
    }

    /// <summary>A target over all rows.</summary>
    public static LineChart Series(TimeSeries series, string column)
    {
        var unit = series.UnitOf(column);
        var chart = new LineChart { Width = WholeWidth, Height = 280, YLabel = unit };
        var values = series.Column(column);
        var style = new LineStyle { Width = values.Length > WholeWidth ? 1 : 2, Color = LineChart.Palette[0] };
        return series.Start is null
            ? chart.Add(column, values, style)
            : chart.Add(column, [.. Enumerable.Range(0, series.Count).Select(row => series.TimeAt(row)!.Value.DateTime)], values, style);
    }

    /// <summary>A value of a training run.</summary>
    public static LineChart Curve(History history, Monitored name) =>
        HistoryChart.Draw(history, name, new() { Width = Width, Height = Height, XLabel = "epoch", YLabel = HistoryChart.Label(name) });

    /// <summary>Mean absolute errors of all forecasters by something that is counted.</summary>
    /// <param name="result">The backtest.</param>
    /// <param name="target">The target.</param>
    /// <param name="axis">What is counted.</param>
    /// <param name="tableOf">A forecaster's errors.</param>
    /// <param name="first">The first row's number.</param>
    public static LineChart ByNumber(BacktestResult result, string target, string axis, Func<string, ErrorTable> tableOf, int first)
    {
        var unit = result.Errors(target).Unit;
        var chart = new LineChart { Width = Width, Height = Height, XLabel = axis, YLabel = unit is null ? "MAE" : $"MAE in {unit}" };
        for (var place = 0; place < result.Forecasters.Count; place++)
        {
            var table = tableOf(result.Forecasters[place]);
            chart.Add(result.Forecasters[place], [.. table.Select((_, row) => (double)(row + first))],
                [.. table.Select(row => row.Errors.MeanAbsoluteError)], Style(place, table.Count));
        }

        return chart;
    }

    /// <summary>Mean absolute errors from origin to origin, the model's beside another's.</summary>
    public static LineChart ByOrigin(BacktestResult result, string target, string? other)
    {
        var unit = result.Errors(target).Unit;
        var chart = new LineChart { Width = WholeWidth, Height = 300, YLabel = unit is null ? "MAE" : $"MAE in {unit}" };
        Add(result.Model, Style(0, result.Outcomes.Count));
        if (other is not null)
            Add(other, new() { Color = LineChart.Palette[1], Width = 1 });
        return chart;

        void Add(string name, LineStyle style) => ReportCharts.Add(chart, result, name, [.. result.Outcomes.Select(outcome => outcome.LastRow)],
            [.. result.ByOrigin(target, name).Select(row => row.Errors.MeanAbsoluteError)], style);
    }

    /// <summary>The share that lay within intervals, by step, beside what was meant.</summary>
    public static LineChart Coverage(BacktestResult result, string target)
    {
        var steps = result.ByStep(target);
        double[] x = [.. Enumerable.Range(1, steps.Count).Select(step => (double)step)];
        var chart = new LineChart { Width = Width, Height = Height, XLabel = "step ahead", YLabel = "% of values within" };
        var place = 0;
        foreach (var interval in result.Errors(target).Intervals)
        {
            var style = Style(place++, steps.Count);
            var name = LevelPair.Percent(interval.Nominal);
            chart.Add($"{name} interval", x, [.. steps.Select(step => 100 * step.Errors.Interval(interval.Nominal).Coverage)], style);
            chart.Add(
                $"{name}, as meant", x, [.. steps.Select(_ => 100 * interval.Nominal)],
                new LineStyle { Color = SvgPicture.AxisLine, Dashed = true });
        }

        return chart;
    }

    private static LineStyle Style(int place, int points) => new()
    {
        Color = LineChart.Palette[place % LineChart.Palette.Count],
        Width = place == 0 ? 2.5 : 1.5,
        Dashed = place > 0,
        Markers = points is > 0 and <= 31 && place == 0,
    };

    private static void Add(LineChart chart, BacktestResult result, string name, int[] rows, double[] values, LineStyle style)
    {
        if (result.Series.Start is null)
            chart.Add(name, [.. rows.Select(row => (double)row)], values, style);
        else
            chart.Add(name, [.. rows.Select(row => result.Series.TimeAt(row)!.Value.DateTime)], values, style);
    }
}
