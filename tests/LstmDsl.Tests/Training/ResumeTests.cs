namespace LstmDsl.Tests;

/// <summary>Training that goes on from a checkpoint ends where training that never stopped does.</summary>
public sealed class ResumeTests
{
    [Fact]
    public void ATrainerGoesOnToTheSameBits()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("half.safetensors");

        var whole = Trainer(new SmallStack(seed: 4));
        var wholeHistory = whole.Fit(X, Y, batchSize: 7, epochs: 6, validationSplit: 0.2, verbose: 0);

        var half = Trainer(new SmallStack(seed: 4));
        half.Fit(X, Y, batchSize: 7, epochs: 3, validationSplit: 0.2, verbose: 0);
        half.Save(path);

        // Another model and trainer, whose own seed would have drawn another order.
        var resumed = Trainer(new SmallStack(seed: 99));
        resumed.Load(path);
        Assert.Equal(3, resumed.NextEpoch);
        Assert.Equal(half.Iteration, resumed.Iteration);
        var history = resumed.Fit(X, Y, batchSize: 7, epochs: 6, initialEpoch: resumed.NextEpoch, validationSplit: 0.2, verbose: 0);

        Assert.Equal(wholeHistory["val_loss"].Skip(3), history["val_loss"]);
        Assert.Equal(ModelWeights.Of(whole.Model), ModelWeights.Of(resumed.Model));
    }

    [Fact]
    public void CallbacksGoOnToo()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("waiting.safetensors");

        // A loss that cannot improve by 1000: every epoch waits.
        var first = Trainer(new SmallStack(seed: 4), Impatient());
        first.Fit(X, Y, epochs: 3, verbose: 0);
        first.Save(path);

        var resumed = Trainer(new SmallStack(seed: 4), Impatient());
        resumed.Load(path);
        var history = resumed.Fit(X, Y, epochs: 50, initialEpoch: resumed.NextEpoch, verbose: 0);
        var whole = Trainer(new SmallStack(seed: 4), Impatient()).Fit(X, Y, epochs: 50, verbose: 0);
        Assert.Equal(whole.Epochs[^1], history.Epochs[^1]);
    }

    [Fact]
    public void AFileOfWeightsAloneStartsTheOptimizerAfresh()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("weights.safetensors");
        var model = new SmallStack(seed: 4);
        model.Save(path);

        var trainer = Trainer(new SmallStack(seed: 5));
        trainer.Fit(X, Y, verbose: 0);
        trainer.Load(path);
        Assert.Equal(0, trainer.Iteration);
        Assert.Equal(ModelWeights.Of(model), ModelWeights.Of(trainer.Model));
    }

    [Fact]
    public void AnotherOptimizersFileIsRefusedAndChangesNothing()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("adam.safetensors");
        Trainer(new SmallStack(seed: 4)).Save(path);
        var model = new SmallStack(seed: 5);
        var before = ModelWeights.Of(model);
        var trainer = new SmallStack.Trainer(model) { Loss = Loss.MeanSquaredError };
        var refusal = Assert.Throws<InvalidDataException>(() => trainer.Load(path));
        Assert.Contains("'adam'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'rmsprop'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, ModelWeights.Of(model));
    }

    [Fact]
    public void AResumeOnAnotherVectorWidthSaysSo()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("wide.safetensors");
        var wide = new SmallStack.Trainer(new SmallStack(seed: 4), new CpuDevice(threads: 1, vectorWidth: 256)) { Loss = Loss.MeanSquaredError };
        wide.Fit(X, Y, verbose: 0);
        wide.Save(path);

        var narrow = new SmallStack.Trainer(new SmallStack(seed: 4), new CpuDevice(threads: 1, vectorWidth: 128)) { Loss = Loss.MeanSquaredError };
        narrow.Load(path);
        var warning = Assert.Single(narrow.Fit(X, Y, verbose: 0).Warnings);
        Assert.Contains("256-bit", warning, StringComparison.Ordinal);
        Assert.Contains("128-bit", warning, StringComparison.Ordinal);
    }

    private static Samples X { get; } = RandomSamples.For(SmallStack.Shape, samples: 30).X;

    private static Samples Y { get; } = RandomSamples.For(SmallStack.Shape, samples: 30).Y;

    private static EarlyStopping Impatient() => new(Monitored.Loss, minDelta: 1000, patience: 5);

    private static SmallStack.Trainer Trainer(SmallStack model, params Callback[] callbacks)
    {
        var trainer = new SmallStack.Trainer(model) { Optimizer = new Adam(0.01), Loss = Loss.MeanSquaredError };
        foreach (var callback in callbacks)
            trainer.Callbacks.Add(callback);
        return trainer;
    }
}
