namespace LstmDsl.Tests;

[Input(4, 2), Lstm(3), Dense(2, Activation = Activation.Sigmoid)]
internal sealed partial class SigmoidEnd;

[Input(4, 2), Lstm(3), Dense(2)]
internal sealed partial class SigmoidLogits;

[Input(4, 2), Masking, Gru(3, ReturnSequences = true), Dense(3), Activation(Activation.Softmax)]
internal sealed partial class SoftmaxEnd;

[Input(4, 2), Masking, Gru(3, ReturnSequences = true), Dense(3)]
internal sealed partial class SoftmaxLogits;

[Input(1, 1), Flatten, Dense(1, Activation = Activation.Sigmoid)]
internal sealed partial class OneProbability;

[Input(4, 2), Flatten, Dense(2, Activation = Activation.Sigmoid, ActivityL2 = 0.5)]
internal sealed partial class CostlyProbabilities;

[Input(4, 2), Flatten, Dense(3, Activation = Activation.Softmax, ActivityL2 = 0.5)]
internal sealed partial class CostlyClasses;

/// <summary>Models that end in sigmoid or softmax, trained on a device with the crossentropies that belong to it.</summary>
internal static class SaturatedHeads
{
    // A few roundings of float.
    public const double Tolerance = 1e-6;

    public static void AProbabilityCostsItsLogit(Device device)
    {
        float[] x = [100, -60, 3, 30];
        float[] y = [0, 1, 1, 0];
        var model = new OneProbability(seed: 1);
        model.Dense.Kernel.CopyFrom([1]);
        var trainer = new OneProbability.Trainer(model, device)
        {
            Optimizer = new Sgd(0.001),
            Loss = Loss.BinaryCrossentropy(),
            Metrics = { Metric.BinaryCrossentropy(), Metric.BinaryCrossentropy(fromLogits: true), Metric.BinaryAccuracy() },
        };
        var inputs = new float[4, 1, 1];
        Buffer.BlockCopy(x, 0, inputs, 0, sizeof(float) * x.Length);
        var expected = x.Zip(y, (logit, label) => Math.Max(logit, 0) - (logit * label) + Math.Log(1 + Math.Exp(-Math.Abs(logit)))).Average();
        var gradient = x.Zip(y, (logit, label) => ((1 / (1 + Math.Exp(-logit))) - label) * logit).Average();

        Assert.Equal(1, trainer.Evaluate(inputs, y).Loss / expected, Tolerance);
        var step = trainer.TrainOnBatch(inputs, y);
        Assert.Equal(1, step.Loss / expected, Tolerance);
        Assert.Equal(1, step[Monitored.Of(Metric.BinaryCrossentropy())] / expected, Tolerance);
        Assert.Equal(1, step[new("binary_crossentropy_1")] / expected, Tolerance);
        // It works from the output all the same.
        Assert.Equal(0.25, step[Monitored.Of(Metric.BinaryAccuracy())]);
        Assert.Equal(1 - (0.001 * gradient), model.Dense.Kernel[0, 0], Tolerance);
    }

    public static void ASigmoidTrainsAsItsLogitsDo(Device device, int samples, int batchSize)
    {
        var x = Samples.Of(Waves(samples * 8, 0.37), samples, 4, 2);
        var y = Samples.Of(Array.ConvertAll(Waves(samples * 2, 0.61), value => value > 0 ? 1f : 0), samples, 2);
        foreach (var (ofProbabilities, ofLogits) in new[]
        {
            (Loss.BinaryCrossentropy(), Loss.BinaryCrossentropy(fromLogits: true)),
            (Loss.BinaryCrossentropy(labelSmoothing: 0.1), Loss.BinaryCrossentropy(fromLogits: true, labelSmoothing: 0.1)),
            (Loss.BinaryFocalCrossentropy(), Loss.BinaryFocalCrossentropy(fromLogits: true)),
            (Loss.BinaryCrossentropy(fromLogits: true), Loss.BinaryCrossentropy(fromLogits: true)),
        })
        {
            Assert.Equal(Train<SigmoidLogits>(device, ofLogits, x, y, batchSize), Train<SigmoidEnd>(device, ofProbabilities, x, y, batchSize));
        }
    }

    public static void ASoftmaxTrainsAsItsLogitsDo(Device device, int samples, int batchSize)
    {
        var values = Waves(samples * 8, 0.37);
        values.AsSpan(4, 4).Clear(); // the first sample's last two timesteps
        var x = Samples.Of(values, samples, 4, 2);
        int[] classes = [.. Enumerable.Range(0, samples * 4).Select(index => (index * 7) % 3)];
        var sparse = Samples.Of([.. classes.Select(label => (float)label)], samples, 4);
        float[] oneHot = [.. classes.SelectMany(label => Enumerable.Range(0, 3).Select(column => column == label ? 1f : 0))];
        var dense = Samples.Of(oneHot, samples, 4, 3);

        Assert.Equal(
            Train<SoftmaxLogits>(device, Loss.SparseCategoricalCrossentropy(fromLogits: true), x, sparse, batchSize),
            Train<SoftmaxEnd>(device, Loss.SparseCategoricalCrossentropy(), x, sparse, batchSize));
        Assert.Equal(
            Train<SoftmaxLogits>(device, Loss.CategoricalCrossentropy(fromLogits: true), x, dense, batchSize),
            Train<SoftmaxEnd>(device, Loss.CategoricalCrossentropy(), x, dense, batchSize));
    }

    public static float[] Waves(int count, double step) => [.. Enumerable.Range(0, count).Select(index => (float)Math.Sin(step * index))];

    /// <summary>Weights so large that the head is sure of nearly everything; losses of two epochs and the weights after them.</summary>
    private static float[] Train<TModel>(Device device, Loss loss, Samples x, Samples y, int batchSize)
        where TModel : class, IRecurrentModel<TModel>
    {
        var model = TModel.Create(seed: 6);
        foreach (var tensor in model.State.Plan.Tensors)
            model.State.Write(tensor, 0, Array.ConvertAll(model.State.Read(tensor).ToArray(), weight => 40 * weight));
        var trainer = new Trainer<TModel>(model, device) { Optimizer = new Adam(0.01), Loss = loss };
        var history = trainer.Fit(x, y, batchSize, epochs: 2, validation: (x, y), shuffle: false, verbose: 0);
        var losses = history["loss"].Concat(history["val_loss"]).Select(value => (float)value);
        return [.. losses, .. model.State.Parameters.Span];
    }
}
