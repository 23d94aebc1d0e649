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

/// <summary>
/// Where a model ends in sigmoid or softmax, the crossentropies that belong to it work from its logits, as Keras does on TensorFlow: a head
/// that is sure and wrong costs what it should, and still learns.
/// </summary>
public sealed class SaturatedHeadTests
{
    public static TheoryData<string> Devices => ["cpu 128", "cpu 256", "cpu 512", "reference", "reference in double"];

    [Theory]
    [MemberData(nameof(Devices))]
    public void AProbabilityThatIsSureAndWrongCostsItsLogit(string device)
    {
        float[] x = [100, -60, 3, 30];
        float[] y = [0, 1, 1, 0];
        var model = new OneProbability(seed: 1);
        model.Dense.Kernel.CopyFrom([1]);
        var trainer = new OneProbability.Trainer(model, On(device))
        {
            Optimizer = new Sgd(0.001),
            Loss = Loss.BinaryCrossentropy(),
            Metrics = { Metric.BinaryCrossentropy(), Metric.BinaryCrossentropy(fromLogits: true) },
        };
        var inputs = new float[4, 1, 1];
        Buffer.BlockCopy(x, 0, inputs, 0, sizeof(float) * x.Length);
        var expected = x.Zip(y, (logit, label) => Math.Max(logit, 0) - (logit * label) + Math.Log(1 + Math.Exp(-Math.Abs(logit)))).Average();
        var gradient = x.Zip(y, (logit, label) => ((1 / (1 + Math.Exp(-logit))) - label) * logit).Average();

        // A few roundings of float.
        Assert.Equal(1, trainer.Evaluate(inputs, y).Loss / expected, 1e-6);
        var step = trainer.TrainOnBatch(inputs, y);
        Assert.Equal(1, step.Loss / expected, 1e-6);
        Assert.Equal(1, step[Monitored.Of(Metric.BinaryCrossentropy())] / expected, 1e-6);
        Assert.Equal(1, step[new("binary_crossentropy_1")] / expected, 1e-6);
        Assert.Equal(1 - (0.001 * gradient), model.Dense.Kernel[0, 0], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void ASigmoidHeadTrainsAsItsLogitsDo(string device)
    {
        var (x, drawn) = RandomSamples.For(SigmoidEnd.Shape, samples: 20);
        var y = Samples.Of([.. drawn.Values.ToArray().Select(value => value > 0 ? 1f : 0)], 20, 2);
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
    [MemberData(nameof(Devices))]
    public void ASoftmaxHeadTrainsAsItsLogitsDo(string device)
    {
        var (padded, _) = RandomSamples.For(SoftmaxEnd.Shape, samples: 20);
        var values = padded.Values.ToArray();
        values.AsSpan(4, 4).Clear(); // the first sample's last two timesteps
        var x = Samples.Of(values, 20, 4, 2);
        int[] classes = [.. Enumerable.Range(0, 80).Select(index => (index * 7) % 3)];
        var sparse = Samples.Of([.. classes.Select(label => (float)label)], 20, 4);
        var dense = Samples.Of([.. classes.SelectMany(label => Enumerable.Range(0, 3).Select(column => column == label ? 1f : 0))], 20, 4, 3);

        Assert.Equal(
            Train<SoftmaxLogits>(Loss.SparseCategoricalCrossentropy(fromLogits: true), x, sparse, device),
            Train<SoftmaxEnd>(Loss.SparseCategoricalCrossentropy(), x, sparse, device));
        Assert.Equal(
            Train<SoftmaxLogits>(Loss.CategoricalCrossentropy(fromLogits: true), x, dense, device),
            Train<SoftmaxEnd>(Loss.CategoricalCrossentropy(), x, dense, device));
    }

    [Fact]
    public void WhatTheOutputCostsIsAddedToTheLogitsGradient()
    {
        CheckGradient<CostlyProbabilities>(Loss.BinaryCrossentropy());
        CheckGradient<CostlyClasses>(Loss.CategoricalCrossentropy());
    }

    [Fact]
    public void OtherLossesAndOtherHeadsWorkFromTheOutput()
    {
        Assert.Null(Loss.MeanSquaredError.OnLogitsOf(Activation.Sigmoid));
        Assert.Null(Loss.BinaryCrossentropy().OnLogitsOf(Activation.Softmax));
        Assert.Null(Loss.CategoricalCrossentropy().OnLogitsOf(Activation.Sigmoid));
        Assert.Null(Loss.SparseCategoricalCrossentropy().OnLogitsOf(null));
        Assert.Null(Metric.BinaryAccuracy().OnLogitsOf(Activation.Sigmoid));
    }

    /// <summary>Weights so large that the head is sure of nearly everything; losses of two epochs and the weights after them.</summary>
    private static float[] Train<TModel>(Loss loss, Samples x, Samples y, string device) where TModel : class, IRecurrentModel<TModel>
    {
        var model = TModel.Create(seed: 6);
        foreach (var tensor in model.State.Plan.Tensors)
            model.State.Write(tensor, 0, Array.ConvertAll(model.State.Read(tensor).ToArray(), weight => 40 * weight));
        var trainer = new Trainer<TModel>(model, On(device)) { Optimizer = new Adam(0.01), Loss = loss };
        var history = trainer.Fit(x, y, batchSize: 20, epochs: 2, validation: (x, y), shuffle: false, verbose: 0);
        var losses = history["loss"].Concat(history["val_loss"]).Select(value => (float)value);
        return [.. losses, .. model.State.Parameters.Span];
    }

    /// <summary>What a step of plain descent changes, against central differences of the loss in double.</summary>
    private static void CheckGradient<TModel>(Loss loss) where TModel : class, IRecurrentModel<TModel>
    {
        const float Step = 1e-2f;
        var (x, drawn) = RandomSamples.For(TModel.Shape, samples: 5);
        var y = Samples.Of([.. drawn.Values.ToArray().Select(Math.Abs)], 5, TModel.Shape.Outputs);
        var model = TModel.Create(seed: 6);
        var trainer = new Trainer<TModel>(model, Device.ReferenceDouble) { Optimizer = new Sgd(1), Loss = loss };
        var before = model.State.Parameters.Span.ToArray();
        var kernel = model.State.Plan.Tensors[0];
        var expected = new double[kernel.Length];
        for (var index = 0; index < expected.Length; index++)
        {
            float[] ends = [before[index] - Step, before[index] + Step];
            var losses = Array.ConvertAll(ends, weight =>
            {
                model.State.Write(kernel, index, [weight]);
                return trainer.Evaluate(x, y).Loss;
            });
            model.State.Write(kernel, index, [before[index]]);
            expected[index] = (losses[1] - losses[0]) / ((double)ends[1] - ends[0]);
        }

        // The step's square times the third derivative; weights are read as floats.
        trainer.TrainOnBatch(x, y);
        for (var index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], (double)before[index] - model.State.Parameters.Span[index], 5e-5);
    }

    private static Device On(string device) => device switch
    {
        "reference" => Device.Reference,
        "reference in double" => Device.ReferenceDouble,
        _ => new CpuDevice(threads: 2, int.Parse(device.AsSpan(4), System.Globalization.CultureInfo.InvariantCulture)),
    };
}
