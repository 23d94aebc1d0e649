namespace LstmDsl.Tests;

[Input(4, 2), SimpleRnn(5), Dense(6)]
internal sealed partial class QuantilesRnn5;

[Input(4, 2), SimpleRnn(5), Dense(24)]
internal sealed partial class OneDayAhead;

[Input(4, 1), Lstm(4, ReturnSequences = true), Dense(3)]
internal sealed partial class SequenceOfClasses;

/// <summary>A loss or a target that does not suit the head is found before the first batch.</summary>
public sealed class ObjectiveTests
{
    [Fact]
    public void ALossThatDoesNotSuitTheHeadIsRefused()
    {
        Refused<Lstm20Dense1>(Loss.SparseCategoricalCrossentropy(), "two at least", "(samples, 1)");
        Refused<Lstm20Dense1>(Loss.CategoricalCrossentropy(), "Loss.BinaryCrossentropy()");
        Refused<Lstm20Dense1>(Loss.Quantiles(0.1, 0.9), "a multiple of 2");
        Refused<ClassesRnn5>(Loss.Quantiles(0.1, 0.9), "a multiple of 2", "(samples, 3)");
    }

    [Fact]
    public void AMetricThatTakesOtherTargetsIsRefused()
    {
        var trainer = new ClassesRnn5.Trainer(new(seed: 1))
        {
            Loss = Loss.SparseCategoricalCrossentropy(),
            Metrics = { Metric.CategoricalAccuracy },
        };
        var problem = Assert.Throws<InvalidOperationException>(() => trainer.Fit(new float[2, 4, 2], new float[2], verbose: 0));
        Assert.Contains("'categorical_accuracy' takes targets of (samples, 3)", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'sparse_categorical_crossentropy' of (samples, 1)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TargetsThatAreNoClassAreRefused()
    {
        var trainer = new ClassesRnn5.Trainer(new(seed: 1)) { Loss = Loss.SparseCategoricalCrossentropy() };
        foreach (var wrong in new[] { 3, -1, 0.5f })
        {
            var problem = Assert.Throws<ArgumentException>(() => trainer.Fit(new float[3, 4, 2], new[] { 0, wrong, 1 }, verbose: 0));
            Assert.Contains("y, sample 1, value 0", problem.Message, StringComparison.Ordinal);
            Assert.Contains("from 0 to 2", problem.Message, StringComparison.Ordinal);
        }

        var shape = Assert.Throws<ArgumentException>(() => trainer.Fit(new float[3, 4, 2], new float[3, 3], verbose: 0));
        Assert.Contains(
            "gives (samples, 3), of which the loss 'sparse_categorical_crossentropy' takes targets (samples, 1)",
            shape.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ClassNumbersForALossThatTakesAColumnOfEachClassAreToldWhatToDo()
    {
        const string Advice = "takes a column of each class, a 1 among zeros; for the classes' numbers, 0 to 2, take Loss.SparseCategoricalCrossentropy().";
        AssertAdvice(Loss.CategoricalCrossentropy(), new float[] { 0, 2, 1 }, $"y has the shape (3,). The loss 'categorical_crossentropy' {Advice}");
        AssertAdvice(Loss.CategoricalCrossentropy(), new[] { 0, 2, 1 }, $"y has the shape (3,). The loss 'categorical_crossentropy' {Advice}");
        AssertAdvice(Loss.CategoricalCrossentropy(), new float[3, 1], $"y has the shape (3, 1). The loss 'categorical_crossentropy' {Advice}");
        AssertAdvice(Loss.CategoricalHinge, new float[3], $"y has the shape (3,). The loss 'categorical_hinge' {Advice}");
        AssertAdvice(
            Loss.SparseCategoricalCrossentropy(), new float[3, 3],
            "y has the shape (3, 3). For a column of each class, a 1 among zeros, take Loss.CategoricalCrossentropy().");

        // Neither is one the other's mistake.
        AssertAdvice(Loss.CategoricalCrossentropy(), new float[3, 2], "gives (samples, 3); y has the shape (3, 2). (Parameter 'y')");
        AssertAdvice(Loss.MeanSquaredError, new float[3], "gives (samples, 3); y has the shape (3,). (Parameter 'y')");

        var sequences = new SequenceOfClasses.Trainer(new(seed: 1)) { Loss = Loss.CategoricalCrossentropy() };
        var problem = Assert.Throws<ArgumentException>(() => sequences.Fit(new float[2, 4, 1], new float[2, 4], verbose: 0));
        Assert.Contains(Advice, problem.Message, StringComparison.Ordinal);

        static void AssertAdvice(Loss loss, Samples y, string expected)
        {
            var trainer = new ClassesRnn5.Trainer(new(seed: 1)) { Loss = loss };
            var problem = Assert.Throws<ArgumentException>(() => trainer.Fit(new float[3, 4, 2], y, verbose: 0));
            Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ClassNumbersForOneProbabilityAreToldWhatToDo()
    {
        var trainer = new WeatherLstm20.Trainer(new(seed: 1)) { Loss = Loss.BinaryCrossentropy() };
        var problem = Assert.Throws<ArgumentException>(() => trainer.Fit(new float[3, 20], new[] { 1, 0, 2 }, verbose: 0));
        Assert.StartsWith(
            "y, sample 2, value 0: 2; the loss 'binary_crossentropy' takes targets from 0 to 1. For the classes' numbers take "
            + "Loss.SparseCategoricalCrossentropy(), with an output a class.",
            problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClassesThatWereScaledAreToldNotToBe()
    {
        var values = new double[200, 2];
        for (var row = 0; row < 200; row++)
            (values[row, 0], values[row, 1]) = (Math.Sin(row), row % 3);
        var series = TimeSeries.FromArrays(values, ["warm", "kind"]);
        var trainer = new ClassesRnn5.Trainer(new(seed: 1)) { Loss = Loss.SparseCategoricalCrossentropy() };
        var scaled = series.Split(0.6, 0.2).Standardize().Windows(4, targets: ["kind"]);
        var problem = Assert.Throws<ArgumentException>(() => trainer.Fit(scaled.Training, verbose: 0));
        Assert.Contains(
            "takes whole class indices from 0 to 2. The column 'kind' was scaled; leave it as it is: Standardize(except: [\"kind\"]).",
            problem.Message, StringComparison.Ordinal);
        trainer.Fit(series.Split(0.6, 0.2).Windows(4, targets: ["kind"]).Training, verbose: 0);
    }

    [Fact]
    public void AMetricOfOtherTargetsThanTheLossesNamesTheOneThatSuits()
    {
        AssertSuits(Loss.SparseCategoricalCrossentropy(), Metric.CategoricalAccuracy, "Metric.SparseCategoricalAccuracy");
        AssertSuits(Loss.CategoricalCrossentropy(), Metric.SparseCategoricalAccuracy, "Metric.CategoricalAccuracy");
        AssertSuits(Loss.SparseCategoricalCrossentropy(), Metric.CategoricalCrossentropy(), "Metric.SparseCategoricalCrossentropy()");
        AssertSuits(Loss.CategoricalCrossentropy(), Metric.SparseCategoricalCrossentropy(), "Metric.CategoricalCrossentropy()");
        AssertSuits(Loss.SparseCategoricalCrossentropy(), Metric.TopKCategoricalAccuracy(2), "Metric.SparseTopKCategoricalAccuracy()");
        AssertSuits(Loss.CategoricalCrossentropy(), Metric.SparseTopKCategoricalAccuracy(2), "Metric.TopKCategoricalAccuracy()");

        static void AssertSuits(Loss loss, Metric metric, string expected)
        {
            var trainer = new ClassesRnn5.Trainer(new(seed: 1)) { Loss = loss, Metrics = { metric } };
            var problem = Assert.Throws<InvalidOperationException>(() => trainer.Fit(new float[2, 4, 2], new float[2], verbose: 0));
            Assert.EndsWith($"one batch can only serve one of them. Take {expected}.", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AHeadOfAsManyUnitsAsTimestepsAheadIsToldHowSoManyAreForecast()
    {
        var series = TimeSeries.FromArrays(
            new double[200, 2], ["warm", "wet"], new DateTime(2021, 1, 1), TimeSpan.FromHours(1));
        AssertAdvice(
            new OneDayAhead.Trainer(new(seed: 1)) { Loss = Loss.MeanSquaredError }, series.Split(0.6, 0.2).Windows(4, horizon: 24, targets: ["warm"]),
            "OneDayAhead gives (samples, 24); the targets of training have the shape (93, 1). The target is 'warm', 24 timesteps after a window's "
            + "last (horizon: 24): give the head 1 unit. For the next 24 values make the windows with "
            + "Windows(…, horizon: 1, targetSteps: 24).");
        AssertAdvice(
            new OneDayAhead.Trainer(new(seed: 1)) { Loss = Loss.MeanSquaredError }, series.Split(0.6, 0.2).Windows(4),
            "OneDayAhead gives (samples, 24); the targets of training have the shape (116, 2). The targets are 'warm', 'wet': give the head 2 units. "
            + "For the next 12 values make the windows with Windows(…, horizon: 1, targetSteps: 12).");
        AssertAdvice(
            new ClassesRnn5.Trainer(new(seed: 1)) { Loss = Loss.MeanSquaredError }, series.Split(0.6, 0.2).Windows(4),
            "ClassesRnn5 gives (samples, 3); the targets of training have the shape (116, 2). The targets are 'warm', 'wet': give the head 2 units, "
            + "or choose other columns with Windows(…, targets: […]).");
        AssertAdvice(
            new QuantilesRnn5.Trainer(new(seed: 1)) { Loss = Loss.Quantiles(0.1, 0.5, 0.9) }, series.Split(0.6, 0.2).Windows(4, targets: ["wet"]),
            "QuantilesRnn5 gives (samples, 6), of which the loss 'quantiles' takes targets (samples, 2); the targets of training have the shape (116, 1). "
            + "The target is 'wet': give the head 3 units. For the next 2 values make the windows with "
            + "Windows(…, horizon: 1, targetSteps: 2).");
    }

    internal static void AssertAdvice<TModel>(Trainer<TModel> trainer, DatasetSplit data, string expected)
        where TModel : class, IRecurrentModel<TModel>
    {
        var problem = Assert.Throws<ArgumentException>(() => trainer.Fit(data.Training, verbose: 0));
        Assert.Equal(expected + " (Parameter 'training')", problem.Message);
    }

    [Fact]
    public void TargetsThatAreNoProbabilityAreRefused()
    {
        var trainer = new ClassesRnn5.Trainer(new(seed: 1)) { Loss = Loss.CategoricalCrossentropy() };
        var y = new float[2, 3];
        y[1, 2] = 1.5f;
        var problem = Assert.Throws<ArgumentException>(() => trainer.Fit(new float[2, 4, 2], y, verbose: 0));
        Assert.Contains(
            "y, sample 1, value 2: 1.5; the loss 'categorical_crossentropy' takes targets from 0 to 1",
            problem.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void QuantilesFindTheirShares()
    {
        // The input says nothing, so the best forecast of a quantile is that of the targets, which lie evenly in (0, 1) and in (4, 5).
        var y = new float[400, 2];
        for (var sample = 0; sample < 400; sample++)
            (y[sample, 0], y[sample, 1]) = ((sample + 0.5f) / 400, 4 + ((sample * 7 % 400) + 0.5f) / 400);
        var model = new QuantilesRnn5(seed: 1);
        var trainer = new QuantilesRnn5.Trainer(model) { Loss = Loss.Quantiles(0.1, 0.5, 0.9), Optimizer = new Adam(0.02) };
        trainer.Fit(new float[400, 4, 2], y, batchSize: 400, epochs: 900, verbose: 0);

        var forecast = model.Predict(new float[1, 4, 2]);
        float[] expected = [0.1f, 0.5f, 0.9f, 4.1f, 4.5f, 4.9f];
        for (var output = 0; output < 6; output++)
        {
            // The loss is flat around its minimum: a step of Adam moves an output by some hundredths.
            Assert.Equal(expected[output], forecast[0, output], 0.05f);
        }
    }

    [Fact]
    public void ALossOfOnesOwnTrains()
    {
        var (x, y) = RandomSamples.For(ClassesRnn5.Shape, samples: 30);
        var trainer = new ClassesRnn5.Trainer(new(seed: 1)) { Loss = Loss.Of(new CauchyLoss { Width = 0.5f }), Optimizer = new Adam(0.02) };
        var history = trainer.Fit(x, y, epochs: 30, verbose: 0);
        Assert.True(history["loss"][^1] < 0.8 * history["loss"][0]);
        Assert.Equal("CauchyLoss", trainer.Loss.Name);
    }

    private static void Refused<TModel>(Loss loss, params string[] expected) where TModel : class, IRecurrentModel<TModel>
    {
        var (x, y) = RandomSamples.For(TModel.Shape, samples: 4);
        var trainer = new Trainer<TModel>(TModel.Create(seed: 1)) { Loss = loss };
        var problem = Assert.Throws<InvalidOperationException>(() => trainer.Fit(x, y, verbose: 0));
        Assert.All(expected, part => Assert.Contains(part, problem.Message, StringComparison.Ordinal));
        Assert.Equal(0, trainer.Iteration);
    }
}
