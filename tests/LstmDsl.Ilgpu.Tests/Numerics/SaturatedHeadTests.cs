namespace LstmDsl.Tests;

[Input(1, 1), Flatten, Dense(1, Activation = Activation.Sigmoid)]
internal sealed partial class OneProbability;

[Input(1, 3), Flatten, Dense(3, Activation = Activation.Softmax)]
internal sealed partial class ThreeClasses;

[Input(3, 2), Lstm(3), Dense(2, Activation = Activation.Sigmoid)]
internal sealed partial class SigmoidEnd;

[Input(3, 2), Lstm(3), Dense(2)]
internal sealed partial class SigmoidLogits;

[Input(3, 2), Masking, Gru(3, ReturnSequences = true), Dense(3), Activation(Activation.Softmax)]
internal sealed partial class SoftmaxEnd;

[Input(3, 2), Masking, Gru(3, ReturnSequences = true), Dense(3)]
internal sealed partial class SoftmaxLogits;

[Input(4, 2), Flatten, Dense(2, Activation = Activation.Sigmoid, ActivityL2 = 0.5)]
internal sealed partial class CostlyProbabilities;

[Input(4, 2), Flatten, Dense(3, Activation = Activation.Softmax, ActivityL2 = 0.5)]
internal sealed partial class CostlyClasses;

/// <summary>
/// Where a model ends in sigmoid or softmax, the crossentropies that belong to it work from its logits on every device: a head that is sure
/// and wrong costs what it should, and still learns.
/// </summary>
public sealed class SaturatedHeadTests
{
    // A few roundings of float.
    private const double Tolerance = 1e-6;

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnCuda]
    [OnOpenCl]
    public void A_probability_that_is_sure_and_wrong_costs_its_logit(string device)
    {
        float[] x = [100, -60, 3, 30];
        float[] y = [0, 1, 1, 0];
        var model = new OneProbability(seed: 1);
        model.Dense.Kernel.CopyFrom([1]);
        var trainer = new OneProbability.Trainer(model, TestDevices.Get(device))
        {
            Optimizer = new Sgd(0.001),
            Loss = Loss.BinaryCrossentropy(),
            Metrics = { Metric.BinaryCrossentropy(), Metric.BinaryCrossentropy(fromLogits: true), Metric.BinaryAccuracy() },
        };
        var inputs = new float[4, 1, 1];
        Buffer.BlockCopy(x, 0, inputs, 0, sizeof(float) * x.Length);
        var expected = x.Zip(y, (logit, label) => Math.Max(logit, 0) - (logit * label) + Math.Log(1 + Math.Exp(-Math.Abs(logit))))
            .Average();
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

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnCuda]
    [OnOpenCl]
    public void A_class_that_is_sure_and_wrong_costs_its_logit(string device)
    {
        var model = new ThreeClasses(seed: 1);
        model.Dense.Kernel.CopyFrom([1, 0, 0, 0, 1, 0, 0, 0, 1]);
        var trainer = new ThreeClasses.Trainer(model, TestDevices.Get(device))
        {
            Optimizer = new Sgd(0.001),
            Loss = Loss.SparseCategoricalCrossentropy(),
            Metrics = { Metric.SparseCategoricalCrossentropy() },
        };
        float[,,] x = { { { 100, 0, -20 } }, { { -200, 50, 0 } } };
        float[,] y = { { 1 }, { 0 } };

        // ln Σ eˣ is the highest logit, to float's precision.
        Assert.Equal(1, trainer.Evaluate(x, y).Loss / 175, Tolerance);
        var step = trainer.TrainOnBatch(x, y);
        Assert.Equal(1, step.Loss / 175, Tolerance);
        Assert.Equal(1, step[Monitored.Of(Metric.SparseCategoricalCrossentropy())] / 175, Tolerance);
        // Of the first input: half of 100 · (1, −1, 0) from the first sample, and of −200 · (−1, 1, 0) from the second.
        Assert.Equal(1 - (0.001 * 150), model.Dense.Kernel[0, 0], Tolerance);
        Assert.Equal(0.001 * 150, model.Dense.Kernel[0, 1], Tolerance);
        Assert.Equal(0, model.Dense.Kernel[0, 2], Tolerance);
    }

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnCuda]
    [OnOpenCl]
    public void A_sigmoid_head_trains_as_its_logits_do(string device)
    {
        var x = Samples.Of(Waves(7 * 6, 0.37), 7, 3, 2);
        var y = Samples.Of(Array.ConvertAll(Waves(7 * 2, 0.61), value => value > 0 ? 1f : 0), 7, 2);
        foreach (var (ofProbabilities, ofLogits) in new[]
        {
            (Loss.BinaryCrossentropy(), Loss.BinaryCrossentropy(fromLogits: true)),
            (Loss.BinaryCrossentropy(labelSmoothing: 0.1), Loss.BinaryCrossentropy(fromLogits: true, labelSmoothing: 0.1)),
            (Loss.BinaryFocalCrossentropy(), Loss.BinaryFocalCrossentropy(fromLogits: true)),
            (Loss.BinaryCrossentropy(fromLogits: true), Loss.BinaryCrossentropy(fromLogits: true)),
        })
        {
            Assert.Equal(Train<SigmoidLogits>(ofLogits, x, y, device), Train<SigmoidEnd>(ofProbabilities, x, y, device));
        }
    }

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnCuda]
    [OnOpenCl]
    public void A_softmax_head_trains_as_its_logits_do(string device)
    {
        var values = Waves(7 * 6, 0.37);
        values.AsSpan(4, 2).Clear(); // the first sample's last timestep
        var x = Samples.Of(values, 7, 3, 2);
        int[] classes = [.. Enumerable.Range(0, 21).Select(index => (index * 7) % 3)];
        var sparse = Samples.Of([.. classes.Select(label => (float)label)], 7, 3);
        float[] oneHot = [.. classes.SelectMany(label => Enumerable.Range(0, 3).Select(column => column == label ? 1f : 0))];
        var dense = Samples.Of(oneHot, 7, 3, 3);

        Assert.Equal(
            Train<SoftmaxLogits>(Loss.SparseCategoricalCrossentropy(fromLogits: true), x, sparse, device),
            Train<SoftmaxEnd>(Loss.SparseCategoricalCrossentropy(), x, sparse, device));
        Assert.Equal(
            Train<SoftmaxLogits>(Loss.CategoricalCrossentropy(fromLogits: true), x, dense, device),
            Train<SoftmaxEnd>(Loss.CategoricalCrossentropy(), x, dense, device));
    }

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnCuda]
    [OnOpenCl]
    public void What_the_output_costs_is_added_to_the_logits_gradient(string device)
    {
        SameStep<CostlyProbabilities>(device, Loss.BinaryCrossentropy());
        SameStep<CostlyClasses>(device, Loss.CategoricalCrossentropy());
    }

    /// <summary>Weights so large that the head is sure of nearly everything; losses of two epochs and the weights after them.</summary>
    private static float[] Train<TModel>(Loss loss, Samples x, Samples y, string device) where TModel : class, IRecurrentModel<TModel>
    {
        var model = TModel.Create(seed: 6);
        foreach (var tensor in model.State.Plan.Tensors)
            model.State.Write(tensor, 0, Array.ConvertAll(model.State.Read(tensor).ToArray(), weight => 40 * weight));
        var trainer = new Trainer<TModel>(model, TestDevices.Get(device)) { Optimizer = new Adam(0.01), Loss = loss };
        var history = trainer.Fit(x, y, batchSize: 5, epochs: 2, validation: (x, y), shuffle: false, verbose: 0);
        var losses = history["loss"].Concat(history["val_loss"]).Select(value => (float)value);
        return [.. losses, .. model.State.Parameters.Span];
    }

    /// <summary>Loss and gradients, without and with weights, against the scalar reference in double.</summary>
    private static void SameStep<TModel>(string device, Loss loss) where TModel : class, IRecurrentModel<TModel>
    {
        const int Count = 5;
        var shape = TModel.Shape;
        var model = TModel.Create(seed: 6);
        foreach (var weights in new double[]?[] { null, [0.5, 2, 1, 0, 1.5] })
        {
            var batch = new DeviceBatch
            {
                X = Waves(Count * shape.InputLength, 0.37),
                Y = Array.ConvertAll(Waves(Count * shape.OutputLength, 0.61), Math.Abs),
                Samples = Count,
                Loss = loss,
                Weights = weights,
            };
            var expected = DeviceStep<TModel>.Run(Device.ReferenceDouble, model, batch);
            var found = DeviceStep<TModel>.Run(TestDevices.Get(device), model, batch);
            Close.Relative([expected.Loss], [found.Loss], Tolerance, "loss");
            Close.Relative([expected.EvaluatedLoss], [found.EvaluatedLoss], Tolerance, "loss of the prediction");
            foreach (var tensor in TModel.Plan.Tensors)
                Close.Relative(expected.Gradient(tensor), found.Gradient(tensor), Tolerance, tensor.Name);
        }
    }

    private static float[] Waves(int count, double step) => [.. Enumerable.Range(0, count).Select(index => (float)Math.Sin(step * index))];
}
