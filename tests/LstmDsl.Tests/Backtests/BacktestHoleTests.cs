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

[Forecast(6, 3, Seasons = [48])]
[Target("load")]
[Lstm(3)]
internal sealed partial class LongSeasonModel;

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

    [Fact]
    public void What_is_missing_of_a_window_is_named_exactly_where_windows_are_said_to_be_not_whole()
    {
        foreach (var (column, hole) in new[] { (0, 200), (1, 201), (2, 202) })
        {
            var series = Hours(hole, column);
            var whole = new WholeWindows(HoleModel.Forecasting, new FrameRows(HoleModel.Forecasting, series), new(series.Axis, series.Count));
            bool[] complete = [.. Enumerable.Range(0, series.Count - 9).Select(whole.IsComplete)];
            Assert.Equal(complete, Enumerable.Range(0, complete.Length).Select(start => whole.FirstMissing(start) is null));
            Assert.InRange(complete.Count(own => !own), 70, 160);
        }
    }

    [Fact]
    public void An_origin_from_which_a_baseline_has_no_season_before_is_passed_over_for_all_and_counted()
    {
        var values = Enumerable.Range(0, 60).Select(row => row == 3 ? double.NaN : row % 7.0).ToArray();
        var (series, plan) = (FakeForecaster.Hourly(values), FakeForecaster.Plan(2, 1, seasons: [24]));
        var result = Backtest.Run(new FakeForecaster(plan, (_, _, _) => [3]), series, from: series.TimeAt(24));
        // Row 27 is forecast by row 3, which is missing, and no season lies before.
        Assert.Equal(Enumerable.Range(24, 35).Where(row => row != 26), result.Outcomes.Select(outcome => outcome.LastRow));
        Assert.All(result.Forecasters, name => Assert.Equal(34, result.OutcomesOf(name).Count));
        Assert.Contains(result.Warnings, warning => warning.StartsWith("1 origin passed over", StringComparison.Ordinal));
        // Without that baseline nothing is.
        var alone = Backtest.Run(new FakeForecaster(plan, (_, _, _) => [3]), series, from: series.TimeAt(24), baselines: [Baseline.Naive]);
        Assert.Equal(Enumerable.Range(24, 35), alone.Outcomes.Select(outcome => outcome.LastRow));
        Assert.DoesNotContain(alone.Warnings, warning => warning.Contains("passed over", StringComparison.Ordinal));
        var afresh = Backtest.Run(plan, series, _ => new FakeForecaster(plan, (_, _, _) => [3]), origins: 34, from: series.TimeAt(24));
        Assert.Equal(result.Outcomes.Select(outcome => outcome.LastRow), afresh.Outcomes.Select(outcome => outcome.LastRow));
        var fault = Assert.Throws<ArgumentException>(
            () => Backtest.Run(new FakeForecaster(plan, (_, _, _) => [3]), series, origins: 35, from: series.TimeAt(24)));
        Assert.EndsWith(
            "Or other baselines: seasonal naive, 24 steps before: 'y' cannot be forecast from 2024-01-02 02:00Z: no value is known 24 steps, or a multiple "
            + "of that, before step 1; begin at a later row, or compare with others (baselines: …).",
            fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_passes_over_windows_before_which_no_season_lies()
    {
        var windows = LongSeasonModel.Windows(Hours(hole: -1, column: 0).Split(0.4, 0.1), shuffle: false);
        var trainer = new LongSeasonModel.Trainer(new LongSeasonModel(seed: 1));
        trainer.Fit(windows.Training, epochs: 1, verbose: 0);
        var result = Evaluate(trainer, windows.Training);
        // The first window ends at row 5, the first step 48 rows behind the first one is that after row 47.
        Assert.Equal(47, result.Outcomes[0].LastRow);
        Assert.Equal(windows.Training.Source.Starts.Count - 42, result.Outcomes.Count);
        Assert.Contains(result.Warnings, warning => warning.StartsWith("42 origins passed over", StringComparison.Ordinal));
        Assert.Equal(["LongSeasonModel", "naive (last value)", "seasonal naive, 48 steps before"], result.Forecasters);
    }

    private static BacktestResult Evaluate<TModel>(ForecastTrainer<TModel> trainer, WindowedDataset<TModel> data)
        where TModel : class, IDeclaredForecast<TModel> => trainer.Evaluate(data);

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
