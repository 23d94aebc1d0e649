namespace LstmDsl.Tests;

/// <summary>Intervals that are moved by held-out errors.</summary>
public sealed class CalibrationTests
{
    private static readonly double[] Levels = [0.1, 0.5, 0.9];

    [Fact]
    public void The_margin_is_the_right_one_of_the_numbers_sorted_by_step()
    {
        // From nine origins what came lies 1 … 9 above the upper end at the first step, and 1 … 9 below it at the second, whose band is 20 wide.
        var result = Run(9, 2, (origin, step) => step == 0 ? [-1, 0, 1] : [-10, 0, 10], (origin, step) => step == 0 ? 1 + origin + 1 : 10 - (origin + 1));
        var calibration = result.Calibrate();
        // ⌈10·0.8⌉ = the 8th smallest of 1 … 9, and of −9 … −1.
        Assert.Equal(8, calibration.Margin(0.8, 0));
        Assert.Equal(-2, calibration.Margin(0.8, 1));
        Assert.Equal(9, calibration.Rows.Origins);
        Assert.Equal("by the errors of 9 origins, whose steps ahead go from 2024-01-01 02:00Z to 2024-01-01 19:00Z", calibration.ToString());

        var table = calibration.Apply(result.Outcomes[0].Forecast);
        Assert.Equal([-9, 0, 9], Quantiles(table, 0));
        Assert.Equal([-8, 0, 8], Quantiles(table, 1));
        Assert.Equal(result.Outcomes[0].Forecast.Times, table.Times);
    }

    [Fact]
    public void Levels_stay_in_order_and_what_is_never_negative_stays_so()
    {
        // Bands are far too wide, so that their ends would meet and cross.
        var result = Run(30, 1, (_, _) => [-100, 5, 60], (_, _) => 5);
        Assert.True(result.Calibrate().Margin(0.8, 0) < -50);
        Assert.Equal([-45, 5, 5], Quantiles(result.Calibrate().Apply(result.Outcomes[0].Forecast), 0));

        var plan = new ForecastPlan
        {
            Window = 2,
            Horizon = 1,
            Levels = [0.1, 0.25, 0.5, 0.9],
            Columns = [new("y", ForecastRole.Target) { NonNegative = true }],
        };
        double[] values = [.. Enumerable.Repeat(8.0, 40)];
        var counts = Backtest.Run(new FakeForecaster(plan, (_, _, _) => [1, 2, 3, 4]), FakeForecaster.Hourly(values), origins: 30, baselines: []);
        Assert.Equal([0, 2, 3, 8], Quantiles(counts.Calibrate().Apply(counts.Outcomes[0].Forecast), 0));
        // A level alone, which has no counterpart, does not move; the ones beside it do not pass it.
        var wide = Backtest.Run(new FakeForecaster(plan, (_, _, _) => [1, 7, 8, 40]), FakeForecaster.Hourly(values), origins: 30, baselines: []);
        Assert.Equal([7, 7, 8, 33], Quantiles(wide.Calibrate().Apply(wide.Outcomes[0].Forecast), 0));
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(3.0)]
    public void Bands_of_a_wrong_width_cover_what_they_should_on_later_rows(double width)
    {
        double[] noise = Noise(4001);
        var series = FakeForecaster.Hourly(noise);
        var model = new FakeForecaster(FakeForecaster.Plan(1, 4, Levels), (_, _, _) => [-width, 0, width]);
        var calibration = Backtest.Run(model, series[..2000], origins: 400, baselines: []).Calibrate();
        var later = Backtest.Run(model, series, origins: 450, baselines: []);
        Assert.NotInRange(later.Errors().Interval(0.8).Coverage, 0.7, 0.9);
        var calibrated = later.With(calibration);
        Assert.InRange(calibrated.Errors().Interval(0.8).Coverage, 0.77, 0.83);
        Assert.All(calibrated.ByStep(), step => Assert.InRange(step.Errors.Interval(0.8).Coverage, 0.72, 0.88));
        Assert.Equal(later.Errors().MeanAbsoluteError, calibrated.Errors().MeanAbsoluteError);
        Assert.Contains(calibrated.Warnings, warning => warning.Contains("by the errors of 400 origins", StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_that_it_was_made_by_are_no_test_of_it()
    {
        var result = Run(9, 2, (_, _) => [-1, 0, 1], (_, _) => 3);
        var fault = Assert.Throws<ArgumentException>(() => result.With(result.Calibrate()));
        Assert.Contains("coverage measured on rows that it was made by says nothing", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_origins_other_models_and_no_intervals_are_refused()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Run(3, 1, (_, _) => [-1, 0, 1], (_, _) => 3).Calibrate());
        Assert.Contains("The interval of 80 % is calibrated by at least 4 origins; there are 3", fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, Run(4, 1, (_, _) => [-1, 0, 1], (_, _) => 3).Calibrate().Margin(0.8, 0));
        var other = Run(9, 2, (_, _) => [-1, 0, 1], (_, _) => 3).Outcomes[0].Forecast;
        var calibration = Run(9, 1, (_, _) => [-1, 0, 1], (_, _) => 3).Calibrate();
        Assert.Contains("1 steps, lead 0", Assert.Throws<ArgumentException>(() => calibration.Apply(other)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => calibration.Margin(0.9, 0));
        var bare = Backtest.Run(new FakeForecaster(FakeForecaster.Plan(1, 1), (_, _, _) => [1]), FakeForecaster.Hourly(new double[9]));
        Assert.Contains("[Quantiles", Assert.Throws<InvalidOperationException>(bare.Calibrate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_read_back_from_json_as_it_was()
    {
        var noise = Noise(200);
        var result = Run(40, 3, (_, _) => [-1, 0, 1], (origin, step) => noise[(3 * origin) + step]);
        var (calibration, json) = (result.Calibrate(), result.Calibrate().ToJson());
        var read = Calibration.FromJson(json);
        Assert.Equal(json, read.ToJson());
        Assert.Equal(calibration.Rows, read.Rows);
        Assert.Equal(Quantiles(calibration.Apply(result.Outcomes[0].Forecast), 2), Quantiles(read.Apply(result.Outcomes[0].Forecast), 2));
        string[] damaged =
        [
            "", "{}", "7", json[..^1], json.Replace("\"format\":1", "\"format\":9", StringComparison.Ordinal),
            json.Replace("\"steps\":3", "\"steps\":4", StringComparison.Ordinal), json.Replace("\"steps\":3", "\"steps\":2000000000", StringComparison.Ordinal),
            json.Replace("0.5", "0.95", StringComparison.Ordinal), json.Replace("\"margins\":[", "\"margins\":[1e999,", StringComparison.Ordinal),
            json.Replace("\"from\":\"2024", "\"from\":\"20x4", StringComparison.Ordinal), json.Replace("[\"y\"]", "[]", StringComparison.Ordinal),
        ];
        Assert.All(damaged, text => Assert.Throws<InvalidDataException>(() => Calibration.FromJson(text)));
    }

    [Fact]
    public void Paths_have_whole_horizons_of_errors_and_a_totals_quantile_is_no_sum_of_quantiles()
    {
        // Each origin errs by one number all day: +1, −1, +2, −2, …, so that a total errs by 24 times as much.
        double Error(int origin) => (origin % 2 == 0 ? 1 : -1) * ((origin / 2) + 1.0);
        var result = Run(40, 24, (_, _) => [0], (origin, _) => Error(origin), levels: []);
        var paths = result.ErrorPaths().Sample(result.Outcomes[^1].Forecast, paths: 5000, seed: 3);
        Assert.Equal((5000, 24), (paths.Count, paths.Steps));
        for (var path = 0; path < 100; path++)
            Assert.Single(Enumerable.Range(0, 24).Select(step => paths[path, step]).Distinct());
        Assert.InRange(paths.TotalQuantile(0.9), 24 * 15, 24 * 17);
        Assert.Equal(24 * paths.Quantile(0.9, 5), paths.TotalQuantile(0.9), 9);
        Assert.Equal(3 * paths.Quantile(0.1, 5), paths.TotalQuantile(0.1, 4..7), 9);

        // Where hours err each by itself, sums of quantiles lie far outside of the total's.
        var noise = Noise(24 * 400);
        var independent = Run(300, 24, (_, _) => [0], (origin, step) => noise[(24 * origin) + step], levels: []);
        var sampled = independent.ErrorPaths().Sample(independent.Outcomes[^1].Forecast, paths: 4000);
        Assert.InRange(sampled.TotalQuantile(0.9), 0.85 * 1.2816 * Math.Sqrt(24), 1.15 * 1.2816 * Math.Sqrt(24));
        Assert.True(Enumerable.Range(0, 24).Sum(step => sampled.Quantile(0.9, step)) > 3 * sampled.TotalQuantile(0.9));
    }

    [Fact]
    public void Paths_of_a_seed_are_the_same_bits_and_those_of_counts_never_negative()
    {
        var result = Run(10, 2, (_, _) => [3], (origin, step) => origin + (0.1 * step), levels: []);
        var (first, again, other) = (Sample(1), Sample(1), Sample(2));
        // Which origin each path takes is Philox's draw of (seed, purpose 4), counter (path, 0, 0, 0): the upper half of word × 10.
        Assert.Equal(first.Totals(), again.Totals());
        Assert.NotEqual(first.Totals(), other.Totals());
        Assert.Equal(Enumerable.Range(0, 8).Select(path => (double)Origin(1, path)), Enumerable.Range(0, 8).Select(path => Math.Round(first[path, 0], 9)));

        var plan = new ForecastPlan { Window = 1, Horizon = 1, Columns = [new("y", ForecastRole.Target) { NonNegative = true }] };
        var counts = Backtest.Run(new FakeForecaster(plan, (row, _, _) => [row == 19 ? 1.0 : 5]), FakeForecaster.Hourly(new double[21]), baselines: []);
        var paths = counts.ErrorPaths().Sample(counts.Outcomes[^1].Forecast, 50);
        Assert.All(paths.Totals(), total => Assert.Equal(0, total));
        Assert.Throws<ArgumentOutOfRangeException>(() => paths.TotalQuantile(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => paths.TotalQuantile(0.5, 0..2));
        Assert.Throws<ArgumentException>(() => counts.ErrorPaths().Sample(result.Outcomes[0].Forecast));

        SampledPaths Sample(int seed) => result.ErrorPaths().Sample(result.Outcomes[0].Forecast, 200, seed);
        static int Origin(int seed, int path)
        {
            var words = Philox.Draw((uint)seed, 4, new((uint)path, 0, 0, 0));
            return (int)(((UInt128)(((ulong)words.Word0 << 32) | words.Word1) * 10) >> 64);
        }
    }

    // Forecasts from origins a horizon apart, beside what is to come after each.
    private static BacktestResult Run(
        int origins, int horizon, Func<int, int, double[]> outputs, Func<int, int, double> actual, double[]? levels = null)
    {
        var values = new double[2 + (origins * horizon)];
        for (var row = 2; row < values.Length; row++)
            values[row] = actual((row - 2) / horizon, (row - 2) % horizon);
        var plan = FakeForecaster.Plan(2, horizon, levels ?? Levels);
        return Backtest.Run(new FakeForecaster(plan, (row, step, _) => outputs((row - 1) / horizon, step)), FakeForecaster.Hourly(values), baselines: []);
    }

    private static double[] Noise(int count)
    {
        var noise = new double[count + 1];
        for (var i = 0; i < count; i += 2)
        {
            var words = Philox.Draw(11, RandomPurpose.Weights, (uint)i);
            (noise[i], noise[i + 1]) = Distributions.Normal(words.Word0, words.Word1);
        }

        return noise[..count];
    }

    private static double[] Quantiles(ForecastTable table, int step) => [.. table.Levels.Select(level => table.At(level, step))];
}
