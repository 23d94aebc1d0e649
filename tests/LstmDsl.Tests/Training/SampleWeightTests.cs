namespace LstmDsl.Tests;

[Input(4, 2), SimpleRnn(5, ReturnSequences = true), Dense(2)]
internal sealed partial class SequenceRnn5;

[Input(4, 2), SimpleRnn(5), Dense(3)]
internal sealed partial class ClassesRnn5;

/// <summary>Sample and class weights beyond what Keras's own runs show: weights of timesteps, evaluation, and what is refused.</summary>
public sealed class SampleWeightTests
{
    private const int Count = 13;

    [Fact]
    public void AWeightOfASampleIsThatOfAllItsTimesteps()
    {
        var (x, y) = RandomSamples.For(SequenceRnn5.Shape, Count);
        float[] ofSamples = [.. Enumerable.Range(0, Count).Select(sample => 0.3f * sample)];
        var ofTimesteps = new float[Count, 4];
        for (var sample = 0; sample < Count; sample++)
        {
            for (var t = 0; t < 4; t++)
                ofTimesteps[sample, t] = ofSamples[sample];
        }

        Assert.Equal(Trained(x, y, ofSamples), Trained(x, y, ofTimesteps));
        Assert.NotEqual(Trained(x, y, ofSamples), Trained(x, y, weights: null));
    }

    [Fact]
    public void AWeightOfATimestepWeighsItAloneAndTheDivisorStaysTheCount()
    {
        var (x, y) = RandomSamples.For(SequenceRnn5.Shape, Count);
        var model = new SequenceRnn5(seed: 1);
        var weights = new float[Count, 4];
        var predictions = new float[Count * 8];
        model.Predict(x.Values, predictions);
        double sum = 0, weightSum = 0;
        for (var index = 0; index < predictions.Length; index++)
        {
            var weight = weights[index / 8, index / 2 % 4] = index / 2 % 3;
            weightSum += weight;
            sum += weight * Math.Pow(predictions[index] - y.Values[index], 2);
        }

        foreach (var device in new[] { Device.ReferenceDouble, Device.Cpu })
        {
            var trainer = new SequenceRnn5.Trainer(model, device)
            {
                Loss = Loss.MeanSquaredError,
                Metrics = { Metric.MeanSquaredError },
                WeightedMetrics = { Metric.MeanSquaredError },
            };
            var evaluation = trainer.Evaluate(x, y, batchSize: 5, weights);
            // Predictions are floats, and so are the terms on the CPU.
            Assert.Equal(sum / predictions.Length, evaluation.Loss, 1e-6);
            // A metric divides by the sum of the weights, which counts each timestep's weight once for its two values.
            Assert.Equal(sum / weightSum, evaluation["weighted_mean_squared_error"], 1e-6);
            Assert.Equal(trainer.Evaluate(x, y).Loss, evaluation["mean_squared_error"], 1e-7);
        }
    }

    [Fact]
    public void AMeanByWeightsDividesByTheirSum()
    {
        var (x, y) = RandomSamples.For(ClassesRnn5.Shape, Count);
        float[] weights = [.. Enumerable.Range(0, Count).Select(sample => sample % 3f)];
        var trainer = new ClassesRnn5.Trainer(new(seed: 1))
        {
            Loss = Loss.MeanSquaredError with { Reduction = Reduction.MeanWithSampleWeight },
            WeightedMetrics = { Metric.MeanSquaredError },
        };
        var evaluation = trainer.Evaluate(x, y, batchSize: Count, weights);
        Assert.Equal(evaluation["mean_squared_error"], evaluation.Loss, 1e-7);
        Assert.Equal(0, trainer.Evaluate(x, y, batchSize: Count, new float[Count]).Loss);
    }

    [Fact]
    public void ClassWeightsAreSampleWeightsOfTheClasses()
    {
        var (x, _) = RandomSamples.For(ClassesRnn5.Shape, Count);
        var labels = new float[Count];
        var oneHot = new float[Count, 3];
        var weights = new float[Count];
        for (var sample = 0; sample < Count; sample++)
        {
            var label = sample * sample % 3;
            (labels[sample], oneHot[sample, label], weights[sample]) = (label, 1, label == 1 ? 2.5f : 1);
        }

        var classWeight = new Dictionary<int, double> { [1] = 2.5 };
        var bySample = Classes(sparse: true).Fit(x, labels, sampleWeight: weights, verbose: 0)["loss"];
        Assert.Equal(bySample, Classes(sparse: true).Fit(x, labels, classWeight: classWeight, verbose: 0)["loss"]);
        // One-hot labels take another way to the same loss.
        Assert.Equal(bySample[0], Classes(sparse: false).Fit(x, oneHot, classWeight: classWeight, verbose: 0)["loss"][0], 1e-6);
    }

    [Fact]
    public void WeightsThatDoNotFitAreRefusedBeforeTheFirstBatch()
    {
        var (x, y) = RandomSamples.For(SequenceRnn5.Shape, Count);
        var trainer = new SequenceRnn5.Trainer(new(seed: 1)) { Loss = Loss.MeanSquaredError };
        var classWeight = new Dictionary<int, double> { [0] = 2 };
        Refused("sampleWeight has the shape (12,); SequenceRnn5 takes (13,) for a sample's whole sequence or (13, 4)", () =>
            trainer.Fit(x, y, sampleWeight: new float[12], verbose: 0));
        Refused("sampleWeight has the shape (13, 3)", () => trainer.Fit(x, y, sampleWeight: new float[13, 3], verbose: 0));
        Refused("sampleWeight[0] is NaN", () => trainer.Fit(x, y, sampleWeight: Enumerable.Repeat(float.NaN, Count).ToArray(), verbose: 0));
        Refused("class weights need one target a sample", () => trainer.Fit(x, y, classWeight: classWeight, verbose: 0));
        Refused("no validation data", () => trainer.Fit(x, y, validationSampleWeight: new float[13], verbose: 0));

        var (classX, _) = RandomSamples.For(ClassesRnn5.Shape, Count);
        var classes = Classes(sparse: true);
        Refused("cannot be combined", () =>
            classes.Fit(classX, new float[Count], sampleWeight: new float[Count], classWeight: classWeight, verbose: 0));
        Refused("There is no class 3", () =>
            classes.Fit(classX, new float[Count], classWeight: new Dictionary<int, double> { [3] = 1 }, verbose: 0));
        Assert.Equal(0, trainer.Iteration + classes.Iteration);
    }

    private static void Refused(string expected, Action action) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static ClassesRnn5.Trainer Classes(bool sparse) => new(new(seed: 1))
    {
        Loss = sparse ? Loss.SparseCategoricalCrossentropy(fromLogits: true) : Loss.CategoricalCrossentropy(fromLogits: true),
    };

    private static float[] Trained(Samples x, Samples y, Samples? weights)
    {
        var model = new SequenceRnn5(seed: 1);
        var trainer = new SequenceRnn5.Trainer(model) { Loss = Loss.MeanSquaredError };
        trainer.Fit(x, y, batchSize: 5, epochs: 2, verbose: 0, sampleWeight: weights);
        return trainer.State.Parameters.Span.ToArray();
    }
}
