namespace LstmDsl.Tests;

[Input(4, 2), SimpleRnn(5), Dense(6)]
internal sealed partial class QuantilesRnn5;

/// <summary>A loss or a target that does not suit the head is found before the first batch.</summary>
public sealed class ObjectiveTests
{
    [Fact]
    public void ALossThatDoesNotSuitTheHeadIsRefused()
    {
        Refused<Lstm20Dense1>(Loss.SparseCategoricalCrossentropy(), "two at least", "(samples, 1)");
        Refused<Lstm20Dense1>(Loss.CategoricalCrossentropy(), "Loss.BinaryCrossentropy()");
        Refused<Lstm20Dense1>(Loss.Quantiles(0.1, 0.9), "a multiple of 2");
        Refused<ClassesRnn5>(Loss.Quantiles(0.1, 0.9), "a multiple of 2", "(samples, 3)");
    }

    [Fact]
    public void AMetricThatTakesOtherTargetsIsRefused()
    {
        var trainer = new ClassesRnn5.Trainer(new(seed: 1))
        {
            Loss = Loss.SparseCategoricalCrossentropy(),
            Metrics = { Metric.CategoricalAccuracy },
        };
        var problem = Assert.Throws<InvalidOperationException>(() => trainer.Fit(new float[2, 4, 2], new float[2], verbose: 0));
        Assert.Contains("'categorical_accuracy' takes targets of (samples, 3)", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'sparse_categorical_crossentropy' of (samples, 1)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TargetsThatAreNoClassAreRefused()
    {
        var trainer = new ClassesRnn5.Trainer(new(seed: 1)) { Loss = Loss.SparseCategoricalCrossentropy() };
        foreach (var wrong in new[] { 3, -1, 0.5f })
        {
            var problem = Assert.Throws<ArgumentException>(() => trainer.Fit(new float[3, 4, 2], new[] { 0, wrong, 1 }, verbose: 0));
            Assert.Contains("y, sample 1, value 0", problem.Message, StringComparison.Ordinal);
            Assert.Contains("from 0 to 2", problem.Message, StringComparison.Ordinal);
        }

        var shape = Assert.Throws<ArgumentException>(() => trainer.Fit(new float[3, 4, 2], new float[3, 3], verbose: 0));
        Assert.Contains(
            "gives (samples, 3), of which the loss 'sparse_categorical_crossentropy' takes targets (samples, 1)",
            shape.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void TargetsThatAreNoProbabilityAreRefused()
    {
        var trainer = new ClassesRnn5.Trainer(new(seed: 1)) { Loss = Loss.CategoricalCrossentropy() };
        var y = new float[2, 3];
        y[1, 2] = 1.5f;
        var problem = Assert.Throws<ArgumentException>(() => trainer.Fit(new float[2, 4, 2], y, verbose: 0));
        Assert.Contains(
            "y, sample 1, value 2: 1.5; the loss 'categorical_crossentropy' takes targets from 0 to 1",
            problem.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void QuantilesFindTheirShares()
    {
        // The input says nothing, so the best forecast of a quantile is that of the targets, which lie evenly in (0, 1) and in (4, 5).
        var y = new float[400, 2];
        for (var sample = 0; sample < 400; sample++)
            (y[sample, 0], y[sample, 1]) = ((sample + 0.5f) / 400, 4 + ((sample * 7 % 400) + 0.5f) / 400);
        var model = new QuantilesRnn5(seed: 1);
        var trainer = new QuantilesRnn5.Trainer(model) { Loss = Loss.Quantiles(0.1, 0.5, 0.9), Optimizer = new Adam(0.02) };
        trainer.Fit(new float[400, 4, 2], y, batchSize: 400, epochs: 900, verbose: 0);

        var forecast = model.Predict(new float[1, 4, 2]);
        float[] expected = [0.1f, 0.5f, 0.9f, 4.1f, 4.5f, 4.9f];
        for (var output = 0; output < 6; output++)
        {
            // The loss is flat around its minimum: a step of Adam moves an output by some hundredths.
            Assert.Equal(expected[output], forecast[0, output], 0.05f);
        }
    }

    [Fact]
    public void ALossOfOnesOwnTrains()
    {
        var (x, y) = RandomSamples.For(ClassesRnn5.Shape, samples: 30);
        var trainer = new ClassesRnn5.Trainer(new(seed: 1)) { Loss = Loss.Of(new CauchyLoss { Width = 0.5f }), Optimizer = new Adam(0.02) };
        var history = trainer.Fit(x, y, epochs: 30, verbose: 0);
        Assert.True(history["loss"][^1] < 0.8 * history["loss"][0]);
        Assert.Equal("CauchyLoss", trainer.Loss.Name);
    }

    private static void Refused<TModel>(Loss loss, params string[] expected) where TModel : class, IRecurrentModel<TModel>
    {
        var (x, y) = RandomSamples.For(TModel.Shape, samples: 4);
        var trainer = new Trainer<TModel>(TModel.Create(seed: 1)) { Loss = loss };
        var problem = Assert.Throws<InvalidOperationException>(() => trainer.Fit(x, y, verbose: 0));
        Assert.All(expected, part => Assert.Contains(part, problem.Message, StringComparison.Ordinal));
        Assert.Equal(0, trainer.Iteration);
    }
}
