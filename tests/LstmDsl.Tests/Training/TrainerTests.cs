namespace LstmDsl.Tests;

/// <summary>What Fit and Evaluate promise beyond numbers: epochs, stops, seeds, checks before the first batch.</summary>
public sealed class TrainerTests
{
    [Fact]
    public void EpochsIsTheIndexPastTheLast()
    {
        var history = Trainer().Fit(X, Y, epochs: 5, initialEpoch: 3, verbose: 0);
        Assert.Equal([3, 4], history.Epochs);
    }

    [Fact]
    public void TheValidationPartIsTheLastOneBeforeShuffling()
    {
        // With samples 24 to 31 as validation either way, the losses agree; the training part is shuffled alike.
        var split = Trainer().Fit(X, Y, validationSplit: 0.25, epochs: 2, verbose: 0);
        var given = Trainer().Fit(Part(X, 0, 24), Part(Y, 0, 24), validation: (Part(X, 24, 32), Part(Y, 24, 32)), epochs: 2, verbose: 0);
        Assert.Equal(split["val_loss"], given["val_loss"]);
        Assert.Equal(split["loss"], given["loss"]);
    }

    [Fact]
    public void TheSeedDecidesTheOrder()
    {
        var one = Trainer().Fit(X, Y, batchSize: 4, verbose: 0, seed: 1);
        Assert.Equal(one["loss"], Trainer().Fit(X, Y, batchSize: 4, verbose: 0, seed: 1)["loss"]);
        Assert.NotEqual(one["loss"], Trainer().Fit(X, Y, batchSize: 4, verbose: 0, seed: 2)["loss"]);
        Assert.NotEqual(one["loss"], Trainer().Fit(X, Y, batchSize: 4, verbose: 0, shuffle: false)["loss"]);
    }

    [Fact]
    public void ACancellationEndsAfterTheBatchAndKeepsTheHistory()
    {
        using var source = new CancellationTokenSource();
        var trainer = Trainer(new LambdaCallback(onBatchEnd: context =>
        {
            if (context is { Epoch: 2, Batch: 1 })
                source.Cancel();
        }));
        var history = trainer.Fit(X, Y, batchSize: 8, epochs: 9, verbose: 0, cancellation: source.Token);
        Assert.Equal([0, 1], history.Epochs);
        Assert.Equal(10, trainer.Iteration);
        Assert.Contains("cancelled in epoch 3, after batch 2 of 4", history.StoppedBy, StringComparison.Ordinal);
    }

    [Fact]
    public void AStopAtABatchsEndStillEndsTheEpoch()
    {
        var trainer = Trainer(new LambdaCallback(onBatchEnd: context => context.Stop("enough")));
        var history = trainer.Fit(X, Y, batchSize: 8, epochs: 9, verbose: 0);
        Assert.Equal([0], history.Epochs);
        Assert.Equal(1, trainer.Iteration);
        Assert.Equal("enough", history.StoppedBy);
    }

    [Fact]
    public void ACallbackMayWriteWeights()
    {
        var model = new Lstm20Dense1(seed: 1);
        var trainer = new Lstm20Dense1.Trainer(model)
        {
            Loss = Loss.MeanSquaredError,
            Callbacks = { new LambdaCallback(onEpochEnd: _ => model.Dense.Bias.Set(0, 0, 100)) },
        };
        var history = trainer.Fit(X, Y, epochs: 2, shuffle: false, verbose: 0);
        // The second epoch trains on from the written bias, so its loss is that of an output near 100.
        Assert.InRange(history["loss"][1], 9_000, 11_000);
        Assert.Equal(100, model.Dense.Bias[0]);
    }

    [Fact]
    public void EvaluateMeasuresWhatFitReportsAsValidation()
    {
        var trainer = Trainer();
        var history = trainer.Fit(X, Y, validation: (X, Y), epochs: 2, verbose: 0);
        var evaluation = trainer.Evaluate(X, Y);
        Assert.Equal(history["val_loss"][^1], evaluation.Loss, 1e-7);
        Assert.Equal(history["val_mean_absolute_error"][^1], evaluation[Monitored.Of(Metric.MeanAbsoluteError)], 1e-7);
        Assert.Null(evaluation.InUnits);
        Assert.Throws<KeyNotFoundException>(() => evaluation["accuracy"]);
    }

    [Fact]
    public void BatchesOfOneAndOfEverythingWork()
    {
        foreach (var batchSize in new[] { 1, 32, 1000 })
            Assert.True(double.IsFinite(Trainer().Fit(X, Y, batchSize, verbose: 0)["loss"][0]));
    }

    [Fact]
    public void BadInputIsFoundBeforeTheFirstBatchAndChangesNothing()
    {
        var model = new Lstm20Dense1(seed: 1);
        var before = model.Lstm.RecurrentKernel.ToArray();
        var trainer = new Lstm20Dense1.Trainer(model) { Loss = Loss.MeanSquaredError };
        var bad = new float[2, 20, 1];
        bad[1, 4, 0] = float.PositiveInfinity;

        Assert.Contains("[1, 4, 0]", Assert.Throws<ArgumentException>(() => trainer.Fit(bad, new float[2], verbose: 0)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "gives (samples, 1); y has the shape (32, 3)",
            Assert.Throws<ArgumentException>(() => trainer.Fit(X, new float[32, 3], verbose: 0)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(X, Y, batchSize: 0, verbose: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(X, Y, epochs: 2, initialEpoch: 3, verbose: 0));
        Assert.Throws<ArgumentException>(() => trainer.Fit(X, Y, validationSplit: 0.99, verbose: 0));
        Assert.Throws<ArgumentException>(() => trainer.Fit(new float[0, 20, 1], Array.Empty<float>(), verbose: 0));
        Assert.Throws<InvalidOperationException>(() => new Lstm20Dense1.Trainer(model).Fit(X, Y, verbose: 0));
        Assert.Equal(0, trainer.Iteration);
        Assert.Equal(before, model.Lstm.RecurrentKernel.ToArray());
    }

    private static float[,,] X { get; } = Inputs();

    private static float[,] Y { get; } = Targets();

    private static Lstm20Dense1.Trainer Trainer(params Callback[] callbacks)
    {
        var trainer = new Lstm20Dense1.Trainer(new Lstm20Dense1(seed: 1)) { Loss = Loss.MeanSquaredError, Metrics = { Metric.MeanAbsoluteError } };
        foreach (var callback in callbacks)
            trainer.Callbacks.Add(callback);
        return trainer;
    }

    private static float[,,] Inputs()
    {
        var (x, _) = RandomSamples.For(Lstm20Dense1.Shape, samples: 32);
        var values = new float[32, 20, 1];
        Buffer.BlockCopy(x.Values.ToArray(), 0, values, 0, values.Length * sizeof(float));
        return values;
    }

    private static float[,] Targets()
    {
        var (_, y) = RandomSamples.For(Lstm20Dense1.Shape, samples: 32);
        var values = new float[32, 1];
        Buffer.BlockCopy(y.Values.ToArray(), 0, values, 0, values.Length * sizeof(float));
        return values;
    }

    private static float[,,] Part(float[,,] values, int from, int to)
    {
        var part = new float[to - from, values.GetLength(1), values.GetLength(2)];
        var size = values.GetLength(1) * values.GetLength(2) * sizeof(float);
        Buffer.BlockCopy(values, from * size, part, 0, (to - from) * size);
        return part;
    }

    private static float[,] Part(float[,] values, int from, int to)
    {
        var part = new float[to - from, values.GetLength(1)];
        var size = values.GetLength(1) * sizeof(float);
        Buffer.BlockCopy(values, from * size, part, 0, (to - from) * size);
        return part;
    }
}
