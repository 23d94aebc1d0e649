namespace LstmDsl.Tests;

/// <summary>What errors of forecasts are, by hand.</summary>
public sealed class ForecastErrorsTests
{
    private static readonly double[] Levels = [0.1, 0.5, 0.9];

    // What came: 10, 20 from the first origin, 40, 0 from the second. Naive errors of the training rows 1, 3, 2, 4, 3 are 2, 1, 2, 1.
    private static readonly TimeSeries Series = FakeForecaster.Hourly([1, 3, 2, 4, 3, 10, 20, 40, 0]);

    [Fact]
    public void Every_measure_is_what_one_finds_by_hand()
    {
        double[][] quantiles = [[8, 12, 13], [10, 15, 18], [30, 36, 50], [-2, 0, 5]];
        var result = Run(FakeForecaster.Plan(3, 2, Levels), (row, step, _) => quantiles[(row - 4) + step]);
        var errors = result.Errors();
        Assert.Equal(("y", "MW", 4L), (errors.Target, errors.Unit, errors.Count));
        Assert.Equal((2 + 5 + 4 + 0) / 4.0, errors.MeanAbsoluteError);
        Assert.Equal(Math.Sqrt((4 + 25 + 16 + 0) / 4.0), errors.RootMeanSquaredError);
        Assert.Equal((2 - 5 - 4 + 0) / 4.0, errors.Bias);
        Assert.Equal(100 * 11 / 70.0, errors.WeightedAbsolutePercentageError!.Value, 12);
        Assert.Equal(((200 * 2 / 22.0) + (200 * 5 / 35.0) + (200 * 4 / 76.0) + 0) / 4, errors.SymmetricMeanAbsolutePercentageError, 12);
        Assert.Equal(1.5, result.Scale().MeanAbsolute);
        Assert.Equal(Math.Sqrt(2.5), result.Scale().RootMeanSquare);
        Assert.Equal(2.75 / 1.5, errors.MeanAbsoluteScaledError);
        Assert.Equal(Math.Sqrt(45 / 4.0) / Math.Sqrt(2.5), errors.RootMeanSquaredScaledError);

        // At 0.1: 10 over 8, 20 over 10, 40 over 30, 0 over -2, each a tenth; at 0.9: 10 under 13, 20 over 18, 40 under 50, 0 under 5.
        double lower = 2 * 0.1 * (2 + 10 + 10 + 2) / 4, median = 2.75, upper = 2 * ((0.1 * 3) + (0.9 * 2) + (0.1 * 10) + (0.1 * 5)) / 4;
        Assert.Equal([Math.Round(lower, 12), median, Math.Round(upper, 12)], errors.Levels.Select(level => Math.Round(level.QuantileLoss, 12)));
        Assert.Equal([0, 0.5, 0.75], errors.Levels.Select(level => level.ShareBelow));
        Assert.Equal((lower + median + upper) / 3, errors.MeanQuantileLoss!.Value, 12);
        Assert.Equal((lower + median + upper) / 3 / 17.5, errors.WeightedQuantileLoss!.Value, 12);

        var interval = errors.Interval(0.8);
        Assert.Equal((0.1, 0.9, 0.75, (5 + 8 + 20 + 7) / 4.0), (interval.Lower, interval.Upper, interval.Coverage, interval.MeanWidth));
        Assert.Equal((10 + (2 / 0.2 * 2 / 4)) / 1.5, interval.MeanScaledIntervalScore!.Value, 12);
        Assert.Equal([2.0 + 4, 5.0 + 0], result.ByStep().Select(row => 2 * row.Errors.MeanAbsoluteError));
    }

    [Fact]
    public void Squared_errors_and_the_bias_judge_the_mean_where_it_is_forecast()
    {
        var errors = Run(FakeForecaster.Plan(3, 2, Levels, hasMean: true), (row, step, _) => [8, 12, 13, 20]).Errors();
        double[] came = [10, 20, 40, 0];
        Assert.Equal(came.Average(y => Math.Abs(y - 12)), errors.MeanAbsoluteError);
        Assert.Equal(Math.Sqrt(came.Average(y => (y - 20) * (y - 20))), errors.RootMeanSquaredError, 12);
        Assert.Equal(came.Average(y => 20 - y), errors.Bias);
    }

    [Fact]
    public void Twice_the_pinball_loss_of_a_normal_variables_own_quantiles_is_a_half_at_three_levels()
    {
        // The pinball loss of a variable at its own quantile z is the density there, φ(z); the sum below is its integral by the midpoint rule.
        const double z = 1.2815515655446004;
        double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        double Pinball(double quantile, double level) => Enumerable.Range(0, 160_000).Sum(i =>
        {
            var x = -8 + ((i + 0.5) * 1e-4);
            return 1e-4 * Density(x) * Math.Max(level * (x - quantile), (level - 1) * (x - quantile));
        });
        Assert.Equal(Density(z), Pinball(z, 0.9), 8);
        Assert.Equal(Density(0), Pinball(0, 0.5), 8);
        var exactly = 2 * ((2 * Density(z)) + Density(0)) / 3;
        Assert.Equal(0.49996, exactly, 5);

        const int Count = 400_000;
        var draws = new double[Count + 1];
        for (var i = 0; i < Count / 2; i++)
        {
            var words = Philox.Draw(7, RandomPurpose.Weights, (uint)i);
            (draws[(2 * i) + 1], draws[(2 * i) + 2]) = Distributions.Normal(words.Word0, words.Word1);
        }

        var forecaster = new FakeForecaster(FakeForecaster.Plan(1, 1000, Levels), (_, _, _) => [-z, 0, z]);
        var errors = Backtest.Run(forecaster, FakeForecaster.Hourly(draws), baselines: []).Errors();
        Assert.Equal(Count, errors.Count);
        Assert.InRange(errors.MeanQuantileLoss!.Value, 0.497, 0.503);
        // The CRPS, which is twice the integral over all levels, is another number: 1/√π.
        Assert.NotInRange(errors.MeanQuantileLoss!.Value, 0.55, 0.58);
        Assert.InRange(errors.Interval(0.8).Coverage, 0.797, 0.803);
    }

    [Fact]
    public void An_interval_whose_levels_were_not_declared_is_refused_by_its_levels()
    {
        var errors = Run(FakeForecaster.Plan(3, 2, [0.1, 0.5, 0.8]), (_, _, _) => [1, 2, 3]).Errors();
        Assert.Empty(errors.Intervals);
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => errors.Interval(0.95));
        Assert.Contains("An interval of 95 % has the levels 0.025 and 0.975", fault.Message, StringComparison.Ordinal);
        Assert.Contains("no two levels that lie symmetrically", fault.Message, StringComparison.Ordinal);

        var paired = Run(FakeForecaster.Plan(3, 2, [0.025, 0.1, 0.5, 0.9, 0.975]), (_, _, _) => [1, 2, 3, 4, 5]).Errors();
        Assert.Equal([0.8, 0.95], paired.Intervals.Select(interval => interval.Nominal));
        fault = Assert.Throws<ArgumentOutOfRangeException>(() => paired.Interval(0.9));
        Assert.Contains("the forecast's intervals are those of 80 % and 95 %", fault.Message, StringComparison.Ordinal);
        Assert.Contains("has the levels 0.05 and 0.95", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_divided_by_is_no_number_rather_than_a_wrong_one()
    {
        var result = Backtest.Run(
            new FakeForecaster(FakeForecaster.Plan(3, 2), (_, _, _) => [1.0]), FakeForecaster.Hourly([0, 0, 0, 0, 0]), baselines: []);
        var errors = result.Errors();
        Assert.Equal(1, errors.MeanAbsoluteError);
        Assert.Equal(200, errors.SymmetricMeanAbsolutePercentageError);
        Assert.Null(errors.MeanAbsoluteScaledError);
        Assert.Null(errors.RootMeanSquaredScaledError);
        Assert.Null(errors.WeightedAbsolutePercentageError);
        Assert.Null(errors.MeanQuantileLoss);
        Assert.Null(errors.WeightedQuantileLoss);
    }

    [Fact]
    public void Targets_are_never_put_together()
    {
        var plan = new ForecastPlan
        {
            Window = 2,
            Horizon = 1,
            Columns = [new("Demand", ForecastRole.Target), new("Price", ForecastRole.Target) { Unit = "EUR" }],
        };
        double[,] values = { { 1, 10 }, { 2, 20 }, { 3, 30 }, { 5, 90 } };
        var series = TimeSeries.FromArrays(values, [new("Demand", "MW"), "Price"], new DateTime(2024, 1, 1), TimeStep.Days(1));
        var result = Backtest.Run(new FakeForecaster(plan, (_, _, target) => [target == 0 ? 4 : 40.0]), series, origins: 1);
        Assert.Equal(("MW", 1.0), (result.Errors("Demand").Unit, result.Errors("Demand").MeanAbsoluteError));
        Assert.Equal(("EUR", 50.0), (result.Errors("Price").Unit, result.Errors("Price").MeanAbsoluteError));
        Assert.Equal([1, 2.0], result.ByForecaster("Demand").Select(row => row.Errors.MeanAbsoluteError));
        Assert.Contains("name one of 'Demand', 'Price'", Assert.Throws<ArgumentException>(() => result.Errors()).Message, StringComparison.Ordinal);
        Assert.Contains("no target 'Demnd'", Assert.Throws<ArgumentException>(() => result.ByStep("Demnd")).Message, StringComparison.Ordinal);
    }

    private static BacktestResult Run(ForecastPlan plan, Func<int, int, int, double[]> outputs) =>
        Backtest.Run(new FakeForecaster(plan, outputs, Series.TimeAt(4)), Series, origins: 2, stride: TimeStep.Hours(2), baselines: []);
}
