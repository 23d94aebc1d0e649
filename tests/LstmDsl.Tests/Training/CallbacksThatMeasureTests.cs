namespace LstmDsl.Tests;

/// <summary>A callback may measure while a fit runs, but not train: either way the fit goes on as if nothing had been asked.</summary>
public sealed class CallbacksThatMeasureTests
{
    private static (Samples X, Samples Y) Data { get; } = RandomSamples.For(SmallStack.Shape, samples: 30);

    public static TheoryData<string, int> Measuring => new() { { "cpu", 4 }, { "cpu", 30 }, { "reference", 30 } };

    [Theory]
    [MemberData(nameof(Measuring))]
    public void MeasuringChangesNeitherTheFitNorItsCheckpointsNorTheNextFit(string device, int batchSize)
    {
        using var folder = new TemporaryFolder();
        var (plain, measured) = (Trainer(device), Trainer(device));
        var seen = new List<double>();
        measured.Callbacks.Add(new LambdaCallback(
            onBatchEnd: _ => seen.Add(measured.Evaluate(Data.X, Data.Y, batchSize).Loss),
            onEpochEnd: context => context.Save(folder.File($"measured{context.Epoch}.safetensors"), weightsOnly: false)));
        plain.Callbacks.Add(new LambdaCallback(
            onEpochEnd: context => context.Save(folder.File($"plain{context.Epoch}.safetensors"), weightsOnly: false)));

        for (var fit = 0; fit < 2; fit++)
            Assert.Equal(Fit(plain), Fit(measured));
        Assert.Equal(ModelWeights.Of(plain.Model), ModelWeights.Of(measured.Model));
        for (var epoch = 0; epoch < 2; epoch++)
            Assert.Equal(Tensors($"plain{epoch}"), Tensors($"measured{epoch}"));

        // It did measure, and what it measured is the model as it then was.
        Assert.Equal(2 * 2 * 8, seen.Distinct().Count());
        Assert.Equal(seen[^1], measured.Evaluate(Data.X, Data.Y, batchSize).Loss);

        float[][] Tensors(string name) => [.. Safetensors.Read(folder.File(name + ".safetensors")).Tensors
            .Select(tensor => tensor.Values).OfType<float[]>()];
    }

    [Fact]
    public void TrainingWithinAFitIsRefusedAndChangesNothing()
    {
        var (plain, nested) = (Trainer("cpu"), Trainer("cpu"));
        var refusals = new List<string>();
        nested.Callbacks.Add(new LambdaCallback(onEpochEnd: _ =>
        {
            refusals.Add(Assert.Throws<InvalidOperationException>(() => nested.Fit(Data.X, Data.Y, verbose: 0, seed: 9)).Message);
            refusals.Add(Assert.Throws<InvalidOperationException>(() => nested.TrainOnBatch(Data.X, Data.Y)).Message);
        }));

        Assert.Equal(Fit(plain), Fit(nested));
        Assert.Equal(4, refusals.Count);
        Assert.All(refusals, message => Assert.Contains("is being trained already", message, StringComparison.Ordinal));
        Assert.Equal(ModelWeights.Of(plain.Model), ModelWeights.Of(nested.Model));
    }

    private static SmallStack.Trainer Trainer(string device) =>
        new(new SmallStack(seed: 3), device == "cpu" ? Device.Cpu : Device.ReferenceDouble)
        {
            Optimizer = new Adam(0.01),
            Loss = Loss.MeanSquaredError,
            Metrics = { Metric.MeanAbsoluteError },
        };

    private static double[] Fit(SmallStack.Trainer trainer)
    {
        var history = trainer.Fit(Data.X, Data.Y, batchSize: 4, epochs: 2, verbose: 0);
        return [.. history["loss"], .. history["mean_absolute_error"]];
    }
}
