namespace LstmDsl.Tests;

/// <summary>Callbacks that set the learning rate, and one that stops where it was too high.</summary>
public sealed class LearningRateCallbackTests
{
    private static readonly (Samples X, Samples Y) Data = RandomSamples.For(SmallStack.Shape, samples: 20);

    [Fact]
    public void ASchedulerSeesTheRateSoFar()
    {
        var output = new StringWriter();
        var training = new FakeTraining("loss") { LearningRate = 0.5 };
        training.Run(new LearningRateScheduler((epoch, rate) => rate / (epoch + 1), verbose: 1) { Output = output }, "loss", 1, 1, 1);
        Assert.Equal(0.5 / 6, training.LearningRate, 1e-15);
        Assert.StartsWith("Epoch 1: LearningRateScheduler setting learning rate to 0.5.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ARateThatMakesNoSenseIsRefused()
    {
        var trainer = Trainer(new Adam(0.01), new LearningRateScheduler(epoch => epoch == 1 ? double.NaN : 0.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(Data.X, Data.Y, epochs: 3, verbose: 0));
    }

    [Fact]
    public void WhoeverSetsTheRateRefusesASchedule()
    {
        foreach (var callback in new Callback[] { new LearningRateScheduler(_ => 0.1), new ReduceLROnPlateau(Monitored.Loss) })
        {
            var trainer = Trainer(new Adam(Schedule.CosineDecay(0.1, decaySteps: 9)), callback);
            var refusal = Assert.Throws<InvalidOperationException>(() => trainer.Fit(Data.X, Data.Y, verbose: 0));
            Assert.Contains("follows a schedule", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(0, trainer.Iteration);
        }
    }

    [Fact]
    public void CallbacksActInTheirOrderAndTheRateIsInTheHistory()
    {
        var seen = new List<double>();
        var trainer = Trainer(
            new Sgd(0.25),
            new LambdaCallback(onEpochEnd: run => seen.Add(run.LearningRate)),
            new ReduceLROnPlateau(Monitored.Loss, factor: 0.5, patience: 1, minDelta: 1000),
            new LambdaCallback(onEpochEnd: run => seen.Add(run.LearningRate)));
        var history = trainer.Fit(Data.X, Data.Y, epochs: 3, verbose: 0);
        Assert.Equal([0.25, 0.25, 0.25, 0.125, 0.125, 0.0625], seen);
        Assert.Equal([0.25, 0.25, 0.125], history["learning_rate"]);
    }

    [Fact]
    public void APlateauGoesOnFromACheckpoint()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("half.safetensors");
        var whole = Trainer(new Sgd(0.25), Plateau());
        var history = whole.Fit(Data.X, Data.Y, epochs: 8, verbose: 0);

        var half = Trainer(new Sgd(0.25), Plateau());
        half.Fit(Data.X, Data.Y, epochs: 3, verbose: 0);
        half.Save(path);
        var resumed = Trainer(new Sgd(0.25), Plateau());
        resumed.Load(path);
        var rest = resumed.Fit(Data.X, Data.Y, epochs: 8, initialEpoch: 3, verbose: 0);
        Assert.Equal(history["learning_rate"].Skip(3), rest["learning_rate"]);

        static ReduceLROnPlateau Plateau() => new(Monitored.Loss, factor: 0.5, patience: 2, minDelta: 1000, cooldown: 2);
    }

    [Fact]
    public void ALossThatIsNotFiniteStopsAfterItsBatch()
    {
        var trainer = Trainer(new Sgd(1e30), new TerminateOnNaN(explain: false));
        var history = trainer.Fit(Data.X, Data.Y, batchSize: 2, epochs: 9, verbose: 0);
        Assert.Single(history.Epochs);
        Assert.StartsWith("TerminateOnNaN: the loss is ", history.StoppedBy, StringComparison.Ordinal);
        Assert.EndsWith("of epoch 1", history.StoppedBy, StringComparison.Ordinal);
        Assert.InRange(trainer.Iteration, 1, 9);
    }

    [Fact]
    public void ACheckpointNamedAfterAMissingValidationIsFoundBeforeTheFirstBatch()
    {
        using var folder = new TemporaryFolder();
        var trainer = Trainer(new Sgd(0.1), new ModelCheckpoint(folder.File("{epoch}-{val_loss:.2f}.safetensors")));
        var refusal = Assert.Throws<InvalidOperationException>(
            () => trainer.Fit(Data.X, Data.Y, epochs: 4, validationSplit: 0.2, validationFreq: 2, verbose: 0));
        Assert.Contains("val_loss, which epoch 1 will not have", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.Iteration);

        // Only validated epochs write where only the best do.
        var best = Trainer(new Sgd(0.1), new ModelCheckpoint(folder.File("{epoch}-{val_loss:.2f}.safetensors"), saveBestOnly: true));
        best.Fit(Data.X, Data.Y, epochs: 4, validationSplit: 0.2, validationFreq: 2, verbose: 0);
        var first = Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).First();
        Assert.StartsWith("2-", Path.GetFileName(first), StringComparison.Ordinal);
    }

    private static SmallStack.Trainer Trainer(Optimizer optimizer, params Callback[] callbacks)
    {
        var trainer = new SmallStack.Trainer(new SmallStack(seed: 4)) { Optimizer = optimizer, Loss = Loss.MeanSquaredError };
        foreach (var callback in callbacks)
            trainer.Callbacks.Add(callback);
        return trainer;
    }
}
