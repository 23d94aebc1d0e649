namespace LstmDsl.Tests;

/// <summary>How an epoch and a validation are cut, and what single steps do.</summary>
public sealed class FitArgumentTests
{
    [Fact]
    public void StepsGoOnWhereTheLastEpochStoppedAndAnEpochEndsEarlyWhereDataRunOut()
    {
        var batches = new List<int>();
        var trainer = Trainer();
        trainer.Callbacks.Add(new LambdaCallback(onEpochEnd: context => batches.Add(context.Batch)));
        var history = trainer.Fit(X, Y, batchSize: 4, epochs: 4, verbose: 0, stepsPerEpoch: 3);
        Assert.Equal([3, 2, 3, 2], batches);
        Assert.Contains("ran out after 2 of 3 batches", Assert.Single(history.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void StepsThatDivideTheDataWarnOfNothingAndSeeAllOfIt()
    {
        // Two epochs of half the batches are one of all: the same order, the same updates.
        var (halves, whole) = (Trainer(), Trainer());
        var history = halves.Fit(Part(16), Targets(16), batchSize: 4, epochs: 2, verbose: 0, stepsPerEpoch: 2);
        whole.Fit(Part(16), Targets(16), batchSize: 4, epochs: 1, verbose: 0);
        Assert.Empty(history.Warnings);
        Assert.Equal(whole.State.Parameters.Span.ToArray(), halves.State.Parameters.Span.ToArray());
    }

    [Fact]
    public void ValidationHasOnlySoManyBatchesAndComesOnlySoOften()
    {
        var few = Trainer().Fit(X, Y, batchSize: 4, epochs: 5, validation: (X, Y), verbose: 0, validationSteps: 2, validationFreq: 2);
        var part = Trainer().Fit(X, Y, batchSize: 4, epochs: 5, validation: (Part(8), Targets(8)), verbose: 0);
        Assert.Equal([1, 3], few.EpochsOf("val_loss"));
        Assert.Equal(part["val_loss"][1], few["val_loss"][0]);
        Assert.Equal(part["val_loss"][3], few["val_loss"][1]);
    }

    [Fact]
    public void WhatIsNeverValidatedIsNoLog()
    {
        var trainer = Trainer();
        trainer.Callbacks.Add(new EarlyStopping(Monitored.ValLoss));
        var problem = Assert.Throws<InvalidOperationException>(() =>
            trainer.Fit(X, Y, epochs: 3, validationSplit: 0.5, verbose: 0, validationFreq: 4));
        Assert.Contains("val_loss", problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.Iteration);
    }

    [Fact]
    public void ArgumentsThatMakeNoSenseAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Trainer().Fit(X, Y, verbose: 0, stepsPerEpoch: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Trainer().Fit(X, Y, verbose: 0, validationFreq: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Trainer().Fit(X, Y, verbose: 0, validationSplit: 0.5, validationSteps: 0));
        Assert.Throws<ArgumentException>(() => Trainer().Fit(X, Y, verbose: 0, validationSteps: 1));
    }

    [Fact]
    public void AValueThatIsNotFiniteIsFoundInTheArrayThatHoldsIt()
    {
        var (inputs, targets) = (new float[2, 4, 2], new float[2, 3]);
        (inputs[1, 2, 0], targets[1, 2]) = (float.NaN, float.PositiveInfinity);
        Refused((inputs, new float[2, 3]), "validation.X[1, 2, 0] is NaN");
        Refused((new float[2, 4, 2], targets), "validation.Y[1, 2] is Infinity");

        static void Refused((Samples X, Samples Y) validation, string expected)
        {
            var problem = Assert.Throws<ArgumentException>(() => Trainer().Fit(X, Y, validation: validation, verbose: 0));
            Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void DoublesTrainAsTheNearestFloatsDoAndThoseBeyondFloatsAreRefused()
    {
        var (x, y) = (new double[6, 4, 2], new double[6, 3]);
        var (floatX, floatY) = (new float[6, 4, 2], new float[6, 3]);
        for (var index = 0; index < 48; index++)
            floatX[index / 8, index / 2 % 4, index % 2] = (float)(x[index / 8, index / 2 % 4, index % 2] = Math.Sin(index));
        for (var index = 0; index < 18; index++)
            floatY[index / 3, index % 3] = (float)(y[index / 3, index % 3] = Math.Cos(index));
        var (ofDoubles, ofFloats) = (Trainer(), Trainer());
        Assert.Equal(ofFloats.Fit(floatX, floatY, epochs: 3, verbose: 0)["loss"], ofDoubles.Fit(x, y, epochs: 3, verbose: 0)["loss"]);
        Assert.Equal(ofFloats.State.Parameters.Span.ToArray(), ofDoubles.State.Parameters.Span.ToArray());

        x[5, 3, 1] = 1e39;
        var problem = Assert.Throws<ArgumentException>(() => Trainer().Fit(x, y, verbose: 0));
        Assert.StartsWith("x[5, 3, 1] is Infinity; expected finite numbers", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AListWithAGapIsRefused()
    {
        Refused(trainer => trainer.Callbacks.Add(null!), "Callbacks[0] is null; expected a callback");
        Refused(trainer => trainer.Metrics.Add(null!), "Metrics[1] is null; expected a metric");
        Refused(trainer => trainer.WeightedMetrics.Add(null!), "WeightedMetrics[0] is null; expected a metric");

        static void Refused(Action<ClassesRnn5.Trainer> change, string expected)
        {
            var trainer = Trainer();
            change(trainer);
            var problem = Assert.Throws<ArgumentException>(() => trainer.Fit(X, Y, verbose: 0));
            Assert.StartsWith(expected, problem.Message, StringComparison.Ordinal);
            Assert.Equal(0, trainer.Iteration);
        }
    }

    [Fact]
    public void AStepOnABatchIsThatOfAFit()
    {
        var (fitted, stepped) = (Trainer(), Trainer());
        var history = fitted.Fit(X, Y, batchSize: Count, epochs: 3, shuffle: false, verbose: 0);
        for (var step = 0; step < 3; step++)
        {
            var evaluation = stepped.TrainOnBatch(X, Y);
            Assert.Equal(history["loss"][step], evaluation.Loss);
            Assert.Equal(history["mean_absolute_error"][step], evaluation["mean_absolute_error"]);
        }

        Assert.Equal(fitted.State.Parameters.Span.ToArray(), stepped.State.Parameters.Span.ToArray());
        Assert.Equal(3, stepped.Iteration);
    }

    [Fact]
    public void ADataSetTakesClassWeightsAndStepsToo()
    {
        var data = WindowedDataset.FromArrays(Rows(40), Labels(40), sequenceLength: 4, batchSize: 8);
        var trainer = new ClassesRnn5.Trainer(new(seed: 1)) { Loss = Loss.SparseCategoricalCrossentropy(fromLogits: true) };
        var history = trainer.Fit(
            data, data, epochs: 2, verbose: 0, classWeight: new Dictionary<int, double> { [0] = 0 }, stepsPerEpoch: 2, validationSteps: 1);
        Assert.Equal(4, trainer.Iteration);
        Assert.True(history["loss"][0] < history["val_loss"][0]);
    }

    private const int Count = 20;

    private static Samples X { get; } = RandomSamples.For(ClassesRnn5.Shape, Count).X;

    private static Samples Y { get; } = RandomSamples.For(ClassesRnn5.Shape, Count).Y;

    private static ClassesRnn5.Trainer Trainer() => new(new(seed: 1))
    {
        Loss = Loss.MeanSquaredError,
        Metrics = { Metric.MeanAbsoluteError },
    };

    private static Samples Part(int count) => Samples.Of(X.Values[..(count * 8)].ToArray(), count, 4, 2);

    private static Samples Targets(int count) => Samples.Of(Y.Values[..(count * 3)].ToArray(), count, 3);

    private static Samples Rows(int count) => Samples.Of([.. Enumerable.Range(0, count * 2).Select(index => MathF.Sin(index))], count, 2);

    private static float[] Labels(int count) => [.. Enumerable.Range(0, count).Select(index => index % 3f)];
}
