namespace LstmDsl.Tests;

[Input(3, 2), BatchNormalization(Momentum = 0.9), Flatten, Dense(1)]
internal sealed partial class NormalizedFeatures;

public sealed class BatchNormalizationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Training_moves_the_averages_by_the_batchs_moments(bool reference)
    {
        var model = new NormalizedFeatures(seed: 1);
        var (x, y) = RandomSamples.For(NormalizedFeatures.Shape, samples: 20);
        var trainer = new NormalizedFeatures.Trainer(model, reference ? Device.Reference : new CpuDevice(threads: 3))
        {
            Optimizer = new Sgd(0.1),
            Loss = Loss.MeanSquaredError,
        };
        double[] mean = [0, 0], variance = [1, 1];
        var values = x.Values.ToArray();
        for (var epoch = 0; epoch < 3; epoch++)
        {
            for (var feature = 0; feature < 2; feature++)
            {
                var own = values.Where((_, index) => index % 2 == feature).Select(value => (double)value).ToArray();
                var average = own.Average();
                mean[feature] = (0.9 * mean[feature]) + (0.1 * average);
                variance[feature] = (0.9 * variance[feature]) + (0.1 * own.Average(value => (value - average) * (value - average)));
            }
        }

        trainer.Fit(x, y, batchSize: 20, epochs: 3, verbose: 0);
        for (var feature = 0; feature < 2; feature++)
        {
            // Floats of magnitude 1.
            Assert.Equal(mean[feature], model.BatchNormalization.MovingMean[feature], 1e-6);
            Assert.Equal(variance[feature], model.BatchNormalization.MovingVariance[feature], 1e-6);
        }

        Assert.NotEqual(1, model.BatchNormalization.Gamma[0]);
    }

    [Fact]
    public void Moving_averages_are_no_trainable_weights()
    {
        Assert.Contains("Trainable params: 11 ", NormalizedFeatures.Summary, StringComparison.Ordinal);
        Assert.Contains("Non-trainable params: 4 ", NormalizedFeatures.Summary, StringComparison.Ordinal);
        Assert.Equal(15, NormalizedFeatures.ParameterCount);
    }

    [Fact]
    public void A_prediction_does_not_depend_on_the_samples_beside_it()
    {
        var model = new NormalizedFeatures(seed: 1);
        var (x, y) = RandomSamples.For(NormalizedFeatures.Shape, samples: 20);
        new NormalizedFeatures.Trainer(model) { Loss = Loss.MeanSquaredError }.Fit(x, y, epochs: 2, verbose: 0);
        Assert.Equal(model.Predict(x)[3, 0], model.Predict(x.Values.Slice(3 * 6, 6)));
    }
}
