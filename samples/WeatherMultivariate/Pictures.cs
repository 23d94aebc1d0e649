using LstmDsl;

namespace WeatherMultivariate;

/// <summary>A picture a measurement.</summary>
internal static class Pictures
{
    /// <summary>Days that a picture shows.</summary>
    private const int Shown = 90;

    /// <summary>The last test forecasts of a column against what came, and the days ahead; returns the picture's path.</summary>
    public static string Forecast(
        TimeSeries series, int column, IReadOnlyList<ForecastPoint> forecasts, IReadOnlyList<ForecastPoint> ahead, string folder)
    {
        var measurement = Measurement.All[column];
        var rows = Enumerable.Range(series.Count - Shown, Shown).ToList();
        var first = series.TimeAt(rows[0]);
        var path = Path.GetFullPath(Path.Combine(folder, measurement.Column + ".svg"));
        new LineChart { Title = $"{measurement.Column}: forecast against what came", YLabel = measurement.Unit }
            .Add("what came", [.. rows.Select(row => series.TimeAt(row)!.Value.DateTime)], [.. rows.Select(row => series[row, column])])
            .Add("forecast, one day ahead", [.. forecasts.Where(point => point.Time >= first).Select(Of)])
            .Add("the next five days", [.. ahead.Select(Of)], LineStyle.Dots)
            .Save(path);
        return path;

        ForecastPoint Of(ForecastPoint point) => new(point.Time, point.Values[column]);
    }
}
