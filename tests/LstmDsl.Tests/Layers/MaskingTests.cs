namespace LstmDsl.Tests;

[Input(5, 2), Masking, Lstm(4, ReturnSequences = true), Dense(2)]
internal sealed partial class PaddedSequences;

[Input(5, 2), Masking, Gru(4), Dense(1)]
internal sealed partial class PaddedEnds;

public sealed class MaskingTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_sequences_loss_and_metrics_are_those_of_the_timesteps_that_count(bool reference, bool weighted)
    {
        const int Samples = 21;
        var (x, y) = RandomSamples.For(PaddedSequences.Shape, Samples);
        var (values, targets) = (x.Values.ToArray(), y.Values.ToArray());
        for (var sample = 0; sample < Samples; sample++)
            values.AsSpan(((sample * 5) + 5 - (sample % 4)) * 2, sample % 4 * 2).Clear();
        var padded = Windows(values);
        float[] weights = [.. Enumerable.Range(0, Samples).Select(sample => 0.5f + (0.1f * sample))];

        var model = new PaddedSequences(seed: 2);
        var predicted = model.Predict(padded);
        double loss = 0, error = 0, count = 0;
        for (var sample = 0; sample < Samples; sample++)
        {
            for (var t = 0; t < 5 - (sample % 4); t++, count++)
            {
                for (var output = 0; output < 2; output++)
                {
                    var difference = predicted[sample, t, output] - targets[(((sample * 5) + t) * 2) + output];
                    loss += difference * difference / 2 * (weighted ? weights[sample] : 1);
                    error += Math.Abs(difference) / 2;
                }
            }
        }

        var trainer = new PaddedSequences.Trainer(model, reference ? Device.Reference : new CpuDevice(threads: 3))
        {
            // Steps that change no float, so that validation sees the same weights.
            Optimizer = new Sgd(1e-30),
            Loss = Loss.MeanSquaredError,
            Metrics = { Metric.MeanAbsoluteError },
        };
        var history = weighted
            ? trainer.Fit(padded, y, batchSize: Samples, epochs: 1, verbose: 0, sampleWeight: weights, validation: (padded, y))
            : trainer.Fit(padded, y, batchSize: Samples, epochs: 1, verbose: 0, validation: (padded, y));

        // Sums of some two hundred floats. Validation has no weights.
        Assert.Equal(loss / count, history["loss"][0], 1e-6);
        Assert.Equal(error / count, history["mean_absolute_error"][0], 1e-6);
        Assert.Equal(error / count, history["val_mean_absolute_error"][0], 1e-6);
        if (!weighted)
            Assert.Equal(loss / count, history["val_loss"][0], 1e-6);

        Samples Windows(float[] flat) => LstmDsl.Samples.Of(flat, Samples, 5, 2);
    }

    [Fact]
    public void What_stands_behind_the_padding_changes_nothing()
    {
        var model = new PaddedEnds(seed: 2);
        float[] window = [1, 2, 3, 4, 0, 0, 0, 0, 0, 0];
        float[] between = [1, 2, 0, 0, 3, 4, 0, 0, 0, 0];
        float[] before = [0, 0, 0, 0, 0, 0, 1, 2, 3, 4];
        Assert.Equal(model.Predict(window), model.Predict(between));
        Assert.Equal(model.Predict(window), model.Predict(before));
        Assert.NotEqual(model.Predict(window), model.Predict((float[])[1, 2, 3, 4, 0, 0, 0, 1, 0, 0]));
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        Assert.Equal(Train(threads: 1), Train(threads: 2));
        Assert.Equal(Train(threads: 1), Train(threads: 7));
    }

    private static double[] Train(int threads)
    {
        var (x, y) = RandomSamples.For(PaddedSequences.Shape, samples: 45);
        var values = x.Values.ToArray();
        for (var index = 0; index < values.Length; index += 14)
            values.AsSpan(index & ~1, 2).Clear();
        var trainer = new PaddedSequences.Trainer(new(seed: 3), new CpuDevice(threads))
        {
            Optimizer = new Adam(0.01),
            Loss = Loss.MeanSquaredError,
        };
        var history = trainer.Fit(Samples.Of(values, 45, 5, 2), y, batchSize: 32, epochs: 3, verbose: 0);
        return [.. history["loss"]];
    }
}
