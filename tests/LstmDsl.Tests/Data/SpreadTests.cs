namespace LstmDsl.Tests;

/// <summary>Nothing is divided by a spread that is rounding error, or by a sum of weights that cancel.</summary>
public sealed class SpreadTests
{
    private static double[] AlmostConstant { get; } = [.. Enumerable.Range(0, 85).Select(row => row % 2 == 0 ? 0.3 : 0.1 + 0.2)];

    [Fact]
    public void A_column_that_is_constant_but_for_rounding_scales_by_one_and_warns()
    {
        double[] values = [.. AlmostConstant, .. Enumerable.Repeat(0.31, 15)];
        var set = TimeSeries.FromArrays(values).Split(0.85, 0.05).Standardize().Windows(timesteps: 2).Test;
        Assert.Equal(0.01, set.Pipeline!.ScaleTarget(0, 0.31), 1e-12);
        var split = TimeSeries.FromArrays(values).Split(0.85, 0.05).Standardize();
        Assert.StartsWith("The column 'value' is constant in the training part (0.3) but for rounding errors (standard deviation ", Assert.Single(split.Warnings), StringComparison.Ordinal);
        Assert.EndsWith("E-16), so it scales by 1.", split.Warnings[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1e-150)]
    [InlineData(1, 1e-9)]
    [InlineData(101_325, 1e-4)]
    [InlineData(-1e9, 1)]
    public void A_small_spread_that_is_one_scales(double mean, double spread)
    {
        double[] values = [.. Enumerable.Range(0, 1_000).Select(row => mean + (row % 2 == 0 ? spread : -spread))];
        var split = TimeSeries.FromArrays(values).Split(0.8, 0.1).Standardize();
        Assert.Empty(split.Warnings);
        double scale = split.Windows(timesteps: 2).Training.Pipeline!.Columns[0].Scaling.Spread;
        Assert.Equal(1, scale / spread, 1e-3);
    }

    [Fact]
    public void The_bound_is_that_of_scikit_learn()
    {
        // For n = 85 and mean 0.3: (85 · 0.3 · 2.2e-16)² = 3.206e-29.
        Assert.True(Spread.IsRounding(3.2e-29, 0.3, 85));
        Assert.False(Spread.IsRounding(3.21e-29, 0.3, 85));
        Assert.True(Spread.IsRounding(0, 0, 85));
        Assert.False(Spread.IsRounding(1e-300, 0, 85));
    }

    [Fact]
    public void R2_of_targets_that_are_constant_is_0_whatever_rounding_leaves()
    {
        var sums = new double[4];
        for (int row = 0; row < 1_001; row++) default(CompilerServices.Determination).Add([0.3f], [0.4f], 1, sums);
        Assert.NotEqual(0, sums[1] - (sums[0] * sums[0] / sums[3]));
        Assert.Equal(0, default(CompilerServices.Determination).Result(sums, 1));

        // Targets that do differ, far from 0: 1 − 1/4 where predictions are off by half the spread.
        sums.AsSpan().Clear();
        for (int row = 0; row < 1_000; row++)
        {
            float target = row % 2 == 0 ? 1_001 : 999;
            default(CompilerServices.Determination).Add([target], [target + 0.5f], 1, sums);
        }
        Assert.Equal(0.75, default(CompilerServices.Determination).Result(sums, 1), 1e-6);
    }

    [Fact]
    public void A_naive_error_of_rounding_is_none_to_compare_with()
    {
        var training = TimeSeries.FromArrays([.. AlmostConstant, .. AlmostConstant]).Split(0.5, 0.25).Standardize().Windows(timesteps: 2).Training;
        Assert.Equal(0, Metric.NaiveError(training));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.MeanAbsoluteScaledError(Metric.NaiveError(training)));
        var moving = TimeSeries.FromArrays([.. Enumerable.Range(0, 100).Select(row => 5.0 + (row % 2))]).Split(0.5, 0.25).Windows(timesteps: 2).Training;
        Assert.Equal(1, Metric.NaiveError(moving));
    }

    [Fact]
    public void A_column_may_stay_as_it_is()
    {
        double[,] values = new double[40, 2];
        for (int row = 0; row < 40; row++) (values[row, 0], values[row, 1]) = (row * 3.5, row % 4);
        var split = TimeSeries.FromArrays(values, ["temp", "kind"]).Split(0.6, 0.2);
        var pipeline = split.Standardize(except: ["kind"]).Windows(timesteps: 2).Training.Pipeline!;
        Assert.Equal(3, pipeline.Scale(1, 3));
        Assert.NotEqual(3, pipeline.Scale(0, 3));
        Assert.Equal(pipeline, Pipeline.FromJson(pipeline.ToJson()));
        Assert.Contains("kind: 0 to 3; as it is", split.Standardize(except: ["kind"]).Windows(timesteps: 2).Training.ToString(), StringComparison.Ordinal);
        Assert.Contains("'knd'", Assert.Throws<ArgumentException>(() => split.Standardize(except: ["knd"])).Message, StringComparison.Ordinal);
    }
}
