namespace LstmDsl.Tests;

/// <summary>
/// Where a model ends in sigmoid or softmax, the crossentropies that belong to it work from its logits, as Keras does on TensorFlow: a head
/// that is sure and wrong costs what it should, and still learns.
/// </summary>
public sealed class SaturatedHeadTests
{
    public static TheoryData<string> Devices => ["cpu 128", "cpu 256", "cpu 512", "reference", "reference in double"];

    [Theory]
    [MemberData(nameof(Devices))]
    public void AProbabilityThatIsSureAndWrongCostsItsLogit(string device) => SaturatedHeads.AProbabilityCostsItsLogit(On(device));

    [Theory]
    [MemberData(nameof(Devices))]
    public void ASigmoidHeadTrainsAsItsLogitsDo(string device) =>
        SaturatedHeads.ASigmoidTrainsAsItsLogitsDo(On(device), samples: 20, batchSize: 20);

    [Theory]
    [MemberData(nameof(Devices))]
    public void ASoftmaxHeadTrainsAsItsLogitsDo(string device) =>
        SaturatedHeads.ASoftmaxTrainsAsItsLogitsDo(On(device), samples: 20, batchSize: 20);

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
