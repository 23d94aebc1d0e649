namespace LstmDsl.Tests;

[Input(2, 3), Normalization, Flatten]
internal sealed partial class AdaptedFeatures;

[Input(2, 3), Normalization(Invert = true), Flatten]
internal sealed partial class RestoredFeatures;

[Input(5, 1), Normalization(PerFeature = false)]
internal sealed partial class AdaptedSeries;

[Input(1, 3), Normalization(PerFeature = false)]
internal sealed partial class AdaptedTogether;

[Input(1, 2), Normalization(Mean = [10, -3], Variance = [4, 0.25]), Rescaling(2, 0.5)]
internal sealed partial class DeclaredFeatures;

[Input(1, 2), Normalization(Mean = [3], Variance = [2], Invert = true)]
internal sealed partial class DeclaredOnce;

[Input(4, 2), Normalization(Mean = [10, -3], Variance = [4, 0.25]), Normalization, Lstm(3), Normalization(Invert = true), Dense(2), Rescaling(2, 0.5)]
internal sealed partial class StreamedNumbers;

[Input(4, 2), Normalization, Lstm(3), Dense(1), Rescaling(10, 5)]
internal sealed partial class TrainedOnRaw;

/// <summary>Layers with constants. Expected numbers are those of the examples in Keras's documentation, or by hand.</summary>
public sealed class NormalizationTests
{
    private static readonly Device[] Devices = [Device.Reference, Device.ReferenceDouble, new CpuDevice(threads: 1)];

    /// <summary>Rows 0, 7, 4 and 2, 9, 6: means 1, 8, 5, variances 1.</summary>
    private static readonly float[,] Rows = { { 0, 7, 4 }, { 2, 9, 6 }, { 0, 7, 4 }, { 2, 9, 6 } };

    [Fact]
    public void Adapt_gives_each_feature_mean_0_and_variance_1()
    {
        var model = new AdaptedFeatures();
        Assert.Equal([0, 7, 4, 2, 9, 6], Predict(model, [0, 7, 4, 2, 9, 6], Device.Cpu));
        model.Normalization.Adapt(Rows);
        foreach (var device in Devices)
            Assert.Equal([-1, -1, -1, 1, 1, 1], Predict(model, [0, 7, 4, 2, 9, 6], device));
        Assert.Equal([1, 8, 5], model.Normalization.Mean.ToArray());
        Assert.Equal([1, 1, 1], model.Normalization.Variance.ToArray());
        Assert.Equal([0], model.Normalization.Count.ToArray());
    }

    [Fact]
    public void Adapt_takes_sequences_and_windows_as_it_takes_rows()
    {
        var sequences = new float[2, 2, 3];
        Buffer.BlockCopy(Rows, 0, sequences, 0, Rows.Length * sizeof(float));
        var model = new AdaptedFeatures();
        model.Normalization.Adapt(sequences);
        Assert.Equal([1, 8, 5], model.Normalization.Mean.ToArray());

        // Windows of rows 0 and 1, 1 and 2, 2 and 3: each row of the inner two counts twice.
        var rows = new float[,] { { 0, 0, 0 }, { 3, 6, 9 }, { 3, 6, 9 }, { 0, 0, 0 } };
        model.Normalization.Adapt(WindowedDataset.FromArrays(rows, null, sequenceLength: 2));
        Assert.Equal([2, 4, 6], model.Normalization.Mean.ToArray());
        Assert.Equal([2, 8, 18], model.Normalization.Variance.ToArray());
    }

    [Fact]
    public void Adapt_over_all_features_has_one_mean_and_one_variance()
    {
        var series = new AdaptedSeries();
        series.Normalization.Adapt((float[])[1, 2, 3, 4, 5]);
        Assert.Equal([3], series.Normalization.Mean.ToArray());
        Assert.Equal([2], series.Normalization.Variance.ToArray());
        foreach (var device in Devices)
            Equal([-1.4142135f, -0.70710677f, 0, 0.70710677f, 1.4142135f], Predict(series, [1, 2, 3, 4, 5], device));

        var together = new AdaptedTogether();
        together.Normalization.Adapt(new float[,] { { 1, 2, 3 }, { 4, 5, 3 } });
        Assert.Equal([3], together.Normalization.Mean.ToArray());
        foreach (var device in Devices)
            Equal([0, 0, 0], Predict(together, [3, 3, 3], device));
    }

    [Fact]
    public void The_way_back_restores_what_was_normalised()
    {
        var model = new RestoredFeatures();
        model.Normalization.Adapt(Rows);
        foreach (var device in Devices)
            Assert.Equal([2, 10, 8, 0, 7, 4], Predict(model, [1, 2, 3, -1, -1, -1], device));
        foreach (var device in Devices)
            Equal([3 + (float)Math.Sqrt(2), 3 - (2 * (float)Math.Sqrt(2))], Predict(new DeclaredOnce(), [1, -2], device));
    }

    [Fact]
    public void Declared_numbers_are_constants()
    {
        Assert.Equal(0, DeclaredFeatures.ParameterCount);
        foreach (var device in Devices)
            Assert.Equal([(2 * 1.5f) + 0.5f, (2 * -4) + 0.5f], Predict(new DeclaredFeatures(), [13, -5], device));
    }

    [Fact]
    public void Timesteps_stream()
    {
        var model = new StreamedNumbers(seed: 3);
        model.Normalization1.Adapt(new float[,] { { 1, 2 }, { 4, 3 } });
        model.Normalization2.Variance.CopyFrom([4, 5, 6]);
        float[] window = [13, -5, 9, -2.5f, 10, -3.5f, 8, -3];
        var (expected, actual, state) = (new float[2], new float[2], model.CreateState());
        model.Predict(window, expected);
        for (var t = 0; t < 4; t++)
            model.Step(ref state, window.AsSpan(2 * t, 2), actual);
        Assert.Equal(expected, actual);
    }

    /// <summary>Keras's <c>max(sqrt(variance), epsilon)</c>.</summary>
    [Fact]
    public void A_feature_that_never_changes_is_divided_by_epsilon()
    {
        var model = new AdaptedSeries();
        model.Normalization.Adapt((float[])[0.3f, 0.3f, 0.3f]);
        Assert.Equal([0], model.Normalization.Variance.ToArray());
        foreach (var device in Devices)
            Equal([0, (0.5f - 0.3f) / 1e-7f, 0, 0, 0], Predict(model, [0.3f, 0.5f, 0.3f, 0.3f, 0.3f], device));
    }

    [Fact]
    public void What_Adapt_cannot_take_leaves_the_layer_as_it_was()
    {
        var model = new AdaptedFeatures();
        model.Normalization.Adapt(Rows);
        Refused("'normalization.mean' has 3 features; found samples of the shape (4, 2), whose rows have 2.", new float[4, 2]);
        Refused("samples[1, 2] is NaN; expected finite numbers.", new float[,] { { 1, 2, 3 }, { 4, 5, float.NaN } });
        Refused("There is no sample to take mean and variance from.", new float[0, 3]);
        Refused("The values of feature 1 spread so far", new float[,] { { 1, 3e38f, 3 }, { 4, -3e38f, 3 } });
        Assert.Throws<ArgumentException>(() => model.Normalization.Adapt(default(Samples)));
        Assert.Equal([1, 8, 5], model.Normalization.Mean.ToArray());
        Assert.Equal([1, 1, 1], model.Normalization.Variance.ToArray());

        void Refused(string message, Samples samples) => Assert.StartsWith(
            message, Assert.Throws<ArgumentException>(() => model.Normalization.Adapt(samples)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Training_leaves_moments_as_they_are(bool reference)
    {
        var model = new TrainedOnRaw(seed: 1);
        var (x, y) = RandomSamples.For(TrainedOnRaw.Shape, samples: 40);
        model.Normalization.Adapt(x);
        var (mean, variance, kernel) = (model.Normalization.Mean.ToArray(), model.Normalization.Variance.ToArray(), model.Lstm.Kernel.ToArray());
        var trainer = new TrainedOnRaw.Trainer(model, reference ? Device.Reference : new CpuDevice(threads: 3))
        {
            Optimizer = new AdamW(0.01, weightDecay: 0.1) { UseEma = true, GlobalClipNorm = 1 },
            Loss = Loss.MeanSquaredError,
        };
        var history = trainer.Fit(x, y, batchSize: 8, epochs: 4, verbose: 0);
        Assert.Equal(mean, model.Normalization.Mean.ToArray());
        Assert.Equal(variance, model.Normalization.Variance.ToArray());
        Assert.NotEqual(kernel, model.Lstm.Kernel.ToArray());
        Assert.True(history["loss"][^1] < history["loss"][0]);
    }

    [Fact]
    public void A_model_of_which_nothing_is_trained_stays_as_it_is()
    {
        var model = new AdaptedFeatures();
        model.Normalization.Adapt(Rows);
        var before = ModelWeights.Of(model);
        var (x, y) = RandomSamples.For(AdaptedFeatures.Shape, samples: 10);
        new AdaptedFeatures.Trainer(model) { Optimizer = new AdamW(0.1), Loss = Loss.MeanSquaredError }.Fit(x, y, epochs: 2, verbose: 0);
        Assert.Equal(before, ModelWeights.Of(model));
    }

    /// <summary>Mean and variance of two features and Keras's count.</summary>
    [Fact]
    public void Moments_are_no_trainable_weights()
    {
        Assert.Contains("Trainable params: 76 ", TrainedOnRaw.Summary, StringComparison.Ordinal);
        Assert.Contains("Non-trainable params: 5 ", TrainedOnRaw.Summary, StringComparison.Ordinal);
        Assert.Contains("normalization (Normalization)", TrainedOnRaw.Summary, StringComparison.Ordinal);
        Assert.Equal(81, TrainedOnRaw.ParameterCount);
    }

    private static float[] Predict<TModel>(TModel model, float[] x, Device device) where TModel : class, IRecurrentModel<TModel>
    {
        var prediction = new float[TModel.Shape.OutputLength];
        new Predictor<TModel>(model, device).Predict(x, prediction);
        return prediction;
    }

    // The reference in double rounds once, at the end.
    private static void Equal(float[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2.4e-7f * Math.Max(1, Math.Abs(pair.First))));
}
