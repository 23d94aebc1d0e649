using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>Metrics that Keras lacks, and options that the parity cases do not show, against numbers worked out by hand.</summary>
public sealed class MetricTests
{
    [Fact]
    public void SymmetricPercentageErrorTakesTheMeanOfBothAsMeasure() =>
        // 200·1/3, 0 of two zeros, 200·4/4.
        Assert.Equal((66.66666666666667 + 0 + 200) / 3, Value(Metric.SymmetricMeanAbsolutePercentageError, [1, 0, -2], [2, 0, 2]), 1e-12);

    [Fact]
    public void ScaledErrorIsThatOfTheNaiveForecastOnTheTrainingData()
    {
        Assert.Equal((1 + 3 + 2) / 3.0, Metric.NaiveError([1, 2, 5, 3]), 1e-12);
        Assert.Equal((4 + 1) / 2.0, Metric.NaiveError([1, 2, 5, 3], season: 2), 1e-12);
        Assert.Equal(1.5 / 2.5, Value(Metric.MeanAbsoluteScaledError(2.5), [1, 2], [2, 4]), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.MeanAbsoluteScaledError(0));
        Assert.Throws<ArgumentException>(() => Metric.NaiveError([1, 2], season: 2));
    }

    [Fact]
    public void TheNaiveErrorOfWindowsIsInTheNetworksUnits()
    {
        // Standardised on the training part, rows 0 to 5; its two windows of 4 end at rows 3 and 4, whose values are 3 and 5.
        var split = TimeSeries.FromArrays([1, 2, 4, 3, 5, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9]).Split(0.4, 0.3).Standardize();
        var training = split.Windows(timesteps: 4).Training;
        var mean = 24 / 6.0;
        double[] values = [1, 2, 4, 3, 5, 9];
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / 6);
        Assert.Equal((2 + 4) / 2.0 / deviation, Metric.NaiveError(training), 1e-12);
        Assert.Throws<ArgumentException>(() => Metric.NaiveError(WindowedDataset.FromArrays(new float[9], new float[9], 3)));
    }

    [Fact]
    public void TheTrueClassMayBeAmongTheHighest()
    {
        float[] predictions = [0.1f, 0.5f, 0.4f, 0.6f, 0.3f, 0.1f];
        Assert.Equal(0.5, Value(Metric.SparseCategoricalAccuracy, [2, 0], predictions, columns: 3));
        Assert.Equal(1, Value(Metric.SparseTopKCategoricalAccuracy(2), [2, 0], predictions, columns: 3));
        Assert.Equal(0.5, Value(Metric.SparseTopKCategoricalAccuracy(2), [0, 0], predictions, columns: 3));
    }

    [Fact]
    public void PrecisionAndRecallOfOneClassCountThatClassAlone()
    {
        float[] targets = [1, 0, 1, 1, 0, 1];
        float[] predictions = [0.9f, 0.8f, 0.2f, 0.7f, 0.6f, 0.1f];
        Assert.Equal(2 / 4.0, Value(Metric.Precision(), targets, predictions, columns: 2));
        Assert.Equal(2 / 4.0, Value(Metric.Recall(), targets, predictions, columns: 2));
        // Class 0 has targets 1, 1, 0 and predictions 0.9, 0.2, 0.6.
        Assert.Equal(0.5, Value(Metric.Precision(classId: 0), targets, predictions, columns: 2));
        Assert.Equal(1, Value(Metric.Precision(threshold: 0.65, classId: 0), targets, predictions, columns: 2));
    }

    [Fact]
    public void ScoresAreAveragedInThreeWays()
    {
        float[] targets = [1, 0, 0, 1, 0, 1, 1, 0];
        float[] predictions = [0.9f, 0.1f, 0.8f, 0.3f, 0.2f, 0.6f, 0.7f, 0.1f];
        // Output 0: 2 hits, 1 wrong, 0 missed; output 1: 1 hit, 0 wrong, 1 missed.
        // Keras's 1e-7 in three divisors changes the seventh digit.
        var (first, second) = (0.8, 2 / 3.0);
        Assert.Equal((first + second) / 2, Value(Metric.F1Score(threshold: 0.5), targets, predictions, columns: 2), 1e-6);
        Assert.Equal(0.75, Value(Metric.F1Score(Averaging.Micro, 0.5), targets, predictions, columns: 2), 1e-6);
        Assert.Equal((first + second) / 2, Value(Metric.F1Score(Averaging.Weighted, 0.5), targets, predictions, columns: 2), 1e-6);
        // beta = 2: 5·P·R / (4·P + R) = (10/3) / (11/3) and 2.5 / 4.5.
        Assert.Equal((10 / 11.0 + (2.5 / 4.5)) / 2, Value(Metric.FBetaScore(2, threshold: 0.5), targets, predictions, columns: 2), 1e-6);
    }

    [Fact]
    public void AreasUnderCurvesOfFewThresholds()
    {
        // Keras's own example: thresholds just below 0, ½, just above 1.
        float[] targets = [0, 0, 1, 1];
        float[] predictions = [0, 0.5f, 0.3f, 0.9f];
        Assert.Equal(0.75, Value(Metric.Auc(thresholds: 3), targets, predictions), 1e-12);
        // From (2 of 4) to (1 of 1): slope ⅓, intercept 1 − ⅓·1 = ⅔; then from (1 of 1) to nothing: slope 1.
        var first = 1 / 3.0 * (1 + (2 / 3.0 * Math.Log(4))) / 2;
        Assert.Equal(first + 0.5, Value(Metric.Auc(AucCurve.PrecisionRecall, thresholds: 3), targets, predictions), 1e-12);
        float[] logits = [-20, 0, -0.8472979f, 2.197225f];
        Assert.Equal(0.75, Value(Metric.Auc(thresholds: 3, fromLogits: true), targets, logits), 1e-12);
    }

    [Fact]
    public void NamesInLogsAreKerass()
    {
        var tracked = TrackedMetric.Of(
            [Metric.MeanAbsoluteError, Metric.BinaryAccuracy(0.3), Metric.BinaryAccuracy()],
            [Metric.MeanAbsoluteError, Metric.R2Score]);
        Assert.Equal(
            ["mean_absolute_error", "binary_accuracy", "binary_accuracy_1", "weighted_mean_absolute_error", "r2_score"],
            tracked.Select(metric => metric.Name));
    }

    [Fact]
    public void ANumberThatIsTakenIsSkipped()
    {
        static Metric Named(string name) => Metric.Of(Loss.MeanSquaredError, name);
        var tracked = TrackedMetric.Of([Named("x"), Named("x_1"), Named("x")], [Named("x"), Named("x"), Named("x_2")]);
        Assert.Equal(
            ["x", "x_1", "x_2", "weighted_x", "weighted_x_1", "weighted_x_2"],
            tracked.Select(metric => metric.Name));
    }

    [Theory]
    [InlineData("loss")]
    [InlineData("val_loss")]
    [InlineData("val_score")]
    [InlineData("learning_rate")]
    public void ANameThatLogsKeepForSomethingElseIsRefused(string name)
    {
        var metric = Metric.Of(Loss.Huber(), name);
        var problem = Assert.Throws<ArgumentException>(() => TrackedMetric.Of([Metric.R2Score, metric], []));
        Assert.StartsWith($"Metrics[1] has the name '{name}'", problem.Message, StringComparison.Ordinal);
        problem = Assert.Throws<ArgumentException>(() => TrackedMetric.Of([], [metric]));
        Assert.StartsWith($"WeightedMetrics[0] has the name '{name}'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALossOfAWholeBatchIsNoMetric() => Assert.Throws<ArgumentException>(() => Metric.Of(Loss.Dice));

    [Fact]
    public void DirectionsSayWhatIsBetter()
    {
        Assert.Equal(Direction.Maximize, Metric.BinaryAccuracy().Direction);
        Assert.Equal(Direction.Maximize, Metric.CosineSimilarity.Direction);
        Assert.Equal(Direction.Maximize, Metric.Auc().Direction);
        Assert.Equal(Direction.Minimize, Metric.KLDivergence.Direction);
    }

    private static double Value(Metric metric, float[] targets, float[] predictions, int columns = 1)
    {
        var run = new LossRun<ReferenceBackend<double>, double>(targets, predictions, columns);
        var sums = new MetricSums(run.Rows, columns);
        sums.Begin([new TrackedMetric(metric, metric.Name, IsWeighted: false)]);
        run.Measure(sums, blockRows: 1);
        return sums.Result(0);
    }
}
