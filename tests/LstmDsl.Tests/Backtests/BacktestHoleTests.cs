using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

[Forecast(6, 3, Seasons = [24])]
[Target("load", Scaling = Scaling.Seasonal)]
[Known("load", Lag = 48)]
[Known("warmth")]
[Past("wind", Scaling.Difference)]
[Lstm(3)]
[Future]
internal sealed partial class HoleModel;

/// <summary>Origins whose lags, seasons or changes fall into a hole: a backtest passes over those that cannot be forecast from, and no others.</summary>
public sealed class BacktestHoleTests
{
    [Theory]
    [InlineData("load", 300)]
    [InlineData("warmth", 301)]
    [InlineData("wind", 302)]
    public void A_backtest_forecasts_from_the_rows_from_which_a_forecast_can_be_asked_for(string column, int hole)
    {
        // Clocks go back between the row and its lags.
        var whole = Hours(hole: -1, column: 0);
        var series = Hours(hole, Array.IndexOf(["load", "warmth", "wind"], column));
        var model = new HoleModel(seed: 1);
        new ForecastTrainer<HoleModel>(model).Fit(HoleModel.Windows(whole.Split(0.4, 0.1)).Training, epochs: 1, verbose: 0);
        int[] rows = [.. Enumerable.Range(280, series.Count - 280 - 3)];
        int[] expected = [.. rows.Where(row => CanForecast(model, series, row))];
        var result = model.Backtest(series, from: series.TimeAt(280), stride: TimeStep.Hours(1), baselines: []);
        Assert.Equal(expected, result.Outcomes.Select(outcome => outcome.LastRow));
        Assert.InRange(rows.Length - expected.Length, 6, 80);
        Assert.Contains(result.Warnings, warning => warning.StartsWith($"{rows.Length - expected.Length} origins passed over", StringComparison.Ordinal));
        // A way to make models is asked from the same rows.
        var afresh = Backtest.Run(
            HoleModel.Forecasting, series, _ => model.AsForecaster(), expected.Length, TimeStep.Hours(1), series.TimeAt(280), baselines: []);
        Assert.Equal(expected, afresh.Outcomes.Select(outcome => outcome.LastRow));
    }

    [Fact]
    public void The_first_origin_is_the_first_row_whose_lags_lie_in_the_series_and_none_before_it_is_counted_as_missing()
    {
        var series = Hours(hole: -1, column: 0);
        var model = new HoleModel(seed: 1);
        new ForecastTrainer<HoleModel>(model).Fit(HoleModel.Windows(series.Split(0.4, 0.1)).Training, epochs: 1, verbose: 0);
        var result = model.Backtest(series, stride: TimeStep.Hours(1), baselines: [], allowTrainingRows: true);
        // A lag of 48, and there the change from 24 rows before.
        Assert.Equal(Enumerable.Range(71, series.Count - 71 - 3), result.Outcomes.Select(outcome => outcome.LastRow));
        Assert.DoesNotContain(result.Warnings, warning => warning.Contains("passed over", StringComparison.Ordinal));
        Assert.Contains("each needs 72 known rows and 3 rows that came",
            Assert.Throws<ArgumentException>(() => model.Backtest(series, origins: 500)).Message, StringComparison.Ordinal);
    }

    private static bool CanForecast(HoleModel model, TimeSeries series, int row)
    {
        for (var step = 1; step <= 3; step++)
        {
            if (double.IsNaN(series[row + step, 0]))
                return false;
        }

        try
        {
            DeclaredForecasts.Forecast(model, series.Slice(0, row + 1), series);
            return true;
        }
        catch (ArgumentException fault)
        {
            Assert.Matches("missing|lacks", fault.Message);
            return false;
        }
    }

    private static TimeSeries Hours(int hole, int column)
    {
        var values = new double[420, 3];
        for (var row = 0; row < 420; row++)
        {
            (values[row, 0], values[row, 1], values[row, 2]) = (50 + (10 * Math.Sin(row * 0.26)) + (row % 5), row * 3 % 7, row * 5 % 11);
            if (row == hole)
                values[row, column] = double.NaN;
        }

        return TimeSeries.FromArrays(
            values, ["load", "warmth", "wind"], new DateTime(2020, 10, 12, 0, 0, 0, DateTimeKind.Utc), TimeStep.Hours(1), Missing.Hole, zone: "Europe/Berlin");
    }
}
