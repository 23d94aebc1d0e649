using LstmDsl.CompilerServices;

namespace LstmDsl.Tests.Forecasts;

/// <summary>Sampled paths that go on beyond the horizon.</summary>
public sealed class SampledPathsTests
{
    private const int Known = 150;

    [Fact]
    public void Within_the_horizon_they_are_the_forecast_with_the_same_draws()
    {
        var (model, series, errors) = Small();
        var forecast = DeclaredForecasts.Forecast(model, series.Slice(0, Known), series.Slice(Known, 3));
        var plain = errors.Sample(forecast, paths: 40, seed: 7);
        var sampled = model.SamplePaths(errors, series.Slice(0, Known), series.Slice(Known, 3), paths: 40, seed: 7);
        Assert.Equal(Values(plain), Values(sampled));
        // The first horizon of a longer path is the same.
        var longer = model.SamplePaths(errors, series.Slice(0, Known), series.Slice(Known, 9), steps: 8, paths: 40, seed: 7);
        Assert.Equal(8, longer.Steps);
        Assert.Equal(Values(plain), Enumerable.Range(0, 40).SelectMany(path => Enumerable.Range(0, 3).Select(step => longer[path, step])).ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Each_path_goes_on_from_its_own_values(int lead)
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.WindowLast, lead: lead));
        var series = SmallForecast.Series(200);
        var model = BeyondHorizonTests.Trained(series);
        // Of one origin all paths draw the same errors, so that a path can be followed by single horizons.
        var errors = model.Backtest(series, origins: 1).ErrorPaths();
        var error = errors.Draw(1, 0);
        var paths = model.SamplePaths(errors, series.Slice(0, Known), series.Slice(Known, lead + 9), steps: 8, paths: 3);
        var rows = new double[200, 2];
        for (var row = 0; row < 200; row++)
            (rows[row, 0], rows[row, 1]) = (row < Known ? series[row, 0] : double.NaN, series[row, 1]);
        for (var begin = 0; begin < lead; begin += 3)
            Put(Known - lead + begin, Known + begin, Math.Min(3, lead - begin));
        for (var begin = 0; begin < 8; begin += 3)
            Put(Known + begin, Known + lead + begin, 3);
        for (var step = 0; step < 8; step++)
        {
            Assert.Equal(rows[Known + lead + step, 0], paths[0, step]);
            Assert.Equal(paths[0, step], paths[2, step]);
        }

        void Put(int count, int first, int steps)
        {
            var all = TimeSeries.FromArrays(rows, [new("load", "MW"), "warmth"], series.Start!.Value.UtcDateTime, TimeStep.Hours(1), Missing.Hole, zone: series.Zone);
            var table = DeclaredForecasts.Forecast(model, all.Slice(0, count), series.Slice(count, lead + 3));
            for (var step = 0; step < steps; step++)
                rows[first + step, 0] = table.Point(step) + error[step];
        }
    }

    [Fact]
    public void A_seed_gives_the_same_bits_whatever_the_threads_and_the_number_of_paths()
    {
        var (model, series, errors) = Small();
        var expected = Values(Sample(600));
        Assert.NotEqual(expected, Values(Sample(600, seed: 2)));
        // More paths than go together, and as many fewer: no path depends on another.
        Assert.Equal(expected[..(8 * 300)], Values(Sample(300)));
        Assert.Equal(expected[..8], Values(Sample(1)));
        // Where several callers want the pool, all but one work on a thread of their own.
        var together = new double[4][];
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, each => together[each] = Values(Sample(600)));
        Assert.All(together, found => Assert.Equal(expected, found));

        SampledPaths Sample(int paths, int seed = 1) =>
            model.SamplePaths(errors, series.Slice(0, Known), series.Slice(Known, 9), steps: 8, paths, seed);
    }

    [Fact]
    public void Bands_of_a_random_walk_widen_with_the_root_of_the_steps_beyond_the_horizon()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Difference));
        var random = new Random(5);
        var values = new double[6000, 2];
        for (var row = 1; row < 6000; row++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            (values[row, 0], values[row, 1]) = (values[row - 1, 0] + normal, row % 5);
        }

        var series = TimeSeries.FromArrays(values, [new("load", "MW"), "warmth"], new DateTime(2014, 1, 1, 0, 0, 0, DateTimeKind.Utc), TimeStep.Hours(1));
        var model = BeyondHorizonTests.Trained(series);
        // A network of zeros forecasts no change, which is the best there is.
        for (var input = 0; input < model.Dense.Kernel.Rows; input++)
        {
            for (var unit = 0; unit < 9; unit++)
                model.Dense.Kernel.Set(input, unit, 0);
        }

        for (var unit = 0; unit < 9; unit++)
            model.Dense.Bias.Set(0, unit, 0);
        var errors = model.Backtest(series, origins: 950).ErrorPaths();
        var ahead = TimeSeries.FromArrays(
            new double[30, 1], ["warmth"], series.TimeAt(6000)!.Value.UtcDateTime, TimeStep.Hours(1));
        var paths = model.SamplePaths(errors, series, ahead, steps: 30, paths: 4000);
        Assert.Equal(values[5999, 0], DeclaredForecasts.Forecast(model, series, ahead, 30).Point(29));
        foreach (var step in new[] { 2, 8, 14, 29 })
        {
            // 4,000 paths leave 3 % to chance, the 950 origins 2 %.
            var expected = 2 * 1.2816 * Math.Sqrt(step + 1);
            Assert.InRange(paths.Quantile(0.9, step) - paths.Quantile(0.1, step), 0.93 * expected, 1.07 * expected);
        }
    }

    [Fact]
    public void Counts_stay_at_0_or_above_and_what_has_no_logarithm_is_refused_with_when()
    {
        var plan = SmallForecast.Plan(Scaling.Log1p);
        SmallForecast.Choose(new()
        {
            Window = 6,
            Horizon = 3,
            Seasons = [4],
            Columns = [plan.Columns[0] with { NonNegative = true }, .. plan.Columns.Skip(1)],
            Levels = plan.Levels,
            JoinsFuture = true,
        });
        var series = SmallForecast.Series(200);
        var model = BeyondHorizonTests.Trained(series);
        var errors = Wide();
        var paths = model.SamplePaths(errors, series.Slice(0, Known), series.Slice(Known, 9), steps: 9, paths: 50);
        Assert.Equal(0, Values(paths).Min());

        SmallForecast.Choose(SmallForecast.Plan(Scaling.Log));
        var logarithmic = BeyondHorizonTests.Trained(series);
        var fault = Assert.Throws<InvalidOperationException>(
            () => logarithmic.SamplePaths(errors, series.Slice(0, Known), series.Slice(Known, 9), steps: 9, paths: 50));
        Assert.StartsWith("A path of 'load' reaches -", fault.Message, StringComparison.Ordinal);
        Assert.Contains("of which Log has no logarithm to go on from. Ask for at most 3 steps", fault.Message, StringComparison.Ordinal);
        Assert.Equal(3, logarithmic.SamplePaths(errors, series.Slice(0, Known), series.Slice(Known, 9), paths: 5).Steps);

        // Errors of up to 200 below what was forecast.
        ErrorPaths Wide() => Backtest.Run(
            new FakeForecaster(SmallForecast.Plan(Scaling.Standard), (row, _, _) => [0, series[row, 0] + (row % 2 * 200), 500]), series, origins: 20, stride: TimeStep.Hours(1),
            baselines: []).ErrorPaths();
    }

    [Fact]
    public void Errors_of_something_else_are_refused()
    {
        var (model, series, _) = Small();
        var other = Backtest.Run(
            new FakeForecaster(FakeForecaster.Plan(5, 3), (_, _, _) => [1]), FakeForecaster.Hourly(new double[40]), origins: 3, baselines: []).ErrorPaths();
        foreach (int? steps in new int?[] { null, 5 })
        {
            var fault = Assert.Throws<ArgumentException>(() => model.SamplePaths(other, series.Slice(0, Known), series.Slice(Known, 6), steps));
            Assert.Contains("The errors are those of y, 3 steps, lead 0; the forecast is one of load, 3 steps, lead 0.", fault.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => model.SamplePaths(other, series, null, 4, paths: 0));
    }

    private static (SmallForecast Model, TimeSeries Series, ErrorPaths Errors) Small()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var series = SmallForecast.Series(200);
        var model = BeyondHorizonTests.Trained(series);
        return (model, series, model.Backtest(series, origins: 12).ErrorPaths());
    }

    private static double[] Values(SampledPaths paths) =>
        [.. Enumerable.Range(0, paths.Count).SelectMany(path => Enumerable.Range(0, paths.Steps).Select(step => paths[path, step]))];
}
