using LstmDsl;

namespace TemperatureForecast;

/// <summary>The two pictures of a run.</summary>
internal static class Pictures
{
    /// <summary>Values of the series that the forecast's picture shows: a season of days.</summary>
    private const int Shown = 90;

    /// <summary>The loss curves; returns the picture's path.</summary>
    public static string Loss(History history, SampleOptions options)
    {
        var path = Path.GetFullPath(Path.Combine(options.Output, "loss.svg"));
        history.SaveChart(path);
        return path;
    }

    /// <summary>The last test forecasts against what came, and the values ahead; returns the picture's path.</summary>
    public static string Forecast(
        TimeSeries series, IReadOnlyList<ForecastPoint> forecasts, IReadOnlyList<ForecastPoint> ahead, SampleOptions options)
    {
        var first = Math.Max(0, series.Count - Shown);
        var rows = Enumerable.Range(first, series.Count - first).ToList();
        var values = series.Column(options.Column);
        var path = Path.GetFullPath(Path.Combine(options.Output, "forecast.svg"));
        var chart = new LineChart { Title = $"{options.Column}: forecast against what came", YLabel = options.Unit };
        chart
            .Add("what came", [.. rows.Select(row => series.TimeAt(row)!.Value.DateTime)], [.. rows.Select(row => values[row])])
            .Add("forecast, one step ahead", [.. forecasts.Where(point => point.Time >= series.TimeAt(first))])
            .Add("the next five", ahead, LineStyle.Dots)
            .Save(path);
        return path;
    }
}
