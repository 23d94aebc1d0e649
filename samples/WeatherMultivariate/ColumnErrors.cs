using LstmDsl;

namespace WeatherMultivariate;

/// <summary>How wrong forecasts of one column are over the test part, beside two that cost nothing.</summary>
/// <param name="Model">Mean absolute error of the network.</param>
/// <param name="DayBefore">That of the last day's value.</param>
/// <param name="Mean">That of the training part's mean.</param>
internal readonly record struct ColumnErrors(double Model, double DayBefore, double Mean)
{
    /// <summary>Measures a column.</summary>
    /// <param name="split">The series and its parts.</param>
    /// <param name="forecasts">What the network says of each day of the test part.</param>
    /// <param name="column">The column.</param>
    public static ColumnErrors Of(SplitSeries split, IReadOnlyList<ForecastPoint> forecasts, int column)
    {
        var series = split.Series;
        var mean = Enumerable.Range(0, split.TrainingRows.End.Value).Average(row => series[row, column]);

        // Each day of the test part has a forecast: its window reaches back into the part before.
        var first = split.TestRows.Start.Value;
        double model = 0, dayBefore = 0, constant = 0;
        for (var day = 0; day < forecasts.Count; day++)
        {
            var came = series[first + day, column];
            model += Math.Abs(forecasts[day].Values[column] - came);
            dayBefore += Math.Abs(series[first + day - 1, column] - came);
            constant += Math.Abs(mean - came);
        }

        return new(model / forecasts.Count, dayBefore / forecasts.Count, constant / forecasts.Count);
    }
}
