namespace LstmDsl.Tests;

// A batch of 40 is cut into several blocks, in training and in prediction.

[Input(4, 2, BatchSize = 40), Lstm(7, Stateful = true, ReturnSequences = true), Gru(5, Stateful = true, ReturnSequences = true)]
[SimpleRnn(3, Stateful = true), Dense(1)]
internal sealed partial class StatefulBatch;

[Input(12, 2), Lstm(7, ReturnSequences = true), Gru(5, ReturnSequences = true), SimpleRnn(3), Dense(1)]
internal sealed partial class LongWindow;

[Input(5, 1, BatchSize = 2), Lstm(3, Stateful = true), Dense(1)]
internal sealed partial class StatefulSeries;

[Input(4, 2, BatchSize = 1), Gru(3, Stateful = true), Dense(1)]
internal sealed partial class StatefulOne;

/// <summary>What stateful layers carry from batch to batch, and what that asks of batches.</summary>
public sealed class StatefulTests
{
    private static (Samples X, Samples Y) Data { get; } = RandomSamples.For(StatefulBatch.Shape, samples: 120);

    [Fact]
    public void WindowsInARowAreOneLongWindow()
    {
        var (stateful, whole) = (new StatefulBatch(seed: 4), new LongWindow(seed: 4));
        Assert.Equal(State(whole).Parameters.Span.ToArray(), State(stateful).Parameters.Span.ToArray());
        var windows = Data.X.Values.ToArray();

        // The long window of a sample: what stands in its place in each of the three batches.
        var longWindows = new float[windows.Length];
        for (var index = 0; index < windows.Length; index++)
        {
            var (batch, inBatch) = Math.DivRem(index, 40 * 8);
            var (sample, value) = Math.DivRem(inBatch, 8);
            longWindows[(sample * 24) + (batch * 8) + value] = windows[index];
        }

        var (outputs, last) = (new float[120], new float[40]);
        stateful.Predict(windows, outputs);
        whole.Predict(longWindows, last);
        Assert.Equal(last, outputs[80..]);

        // In three calls it is the same, from zeros.
        var again = new float[120];
        stateful.ResetStates();
        for (var batch = 0; batch < 3; batch++)
            stateful.Predict(windows.AsSpan(batch * 320, 320), again.AsSpan(batch * 40, 40));
        Assert.Equal(outputs, again);
    }

    [Fact]
    public void NothingButAResetPutsZerosBack()
    {
        var trainer = Trainer(new CpuDevice(threads: 1));
        var first = trainer.Evaluate(Data.X, Data.Y, batchSize: 40).Loss;
        Assert.NotEqual(first, trainer.Evaluate(Data.X, Data.Y, batchSize: 40).Loss);
        trainer.Model.ResetStates();
        Assert.Equal(first, trainer.Evaluate(Data.X, Data.Y, batchSize: 40).Loss);
    }

    [Fact]
    public void AFitIsItsBatchesInOrderAndGoesOnInItsValidationAndInTheNextEpoch()
    {
        var (fitted, stepped) = (Trainer(new CpuDevice(threads: 2)), Trainer(new CpuDevice(threads: 1)));
        var history = fitted.Fit(Data.X, Data.Y, batchSize: 40, epochs: 2, validation: (Batch(0).X, Batch(0).Y), shuffle: false, verbose: 0);
        for (var epoch = 0; epoch < 2; epoch++)
        {
            for (var batch = 0; batch < 3; batch++)
                stepped.TrainOnBatch(Batch(batch).X, Batch(batch).Y);
            Assert.Equal(stepped.Evaluate(Batch(0).X, Batch(0).Y, batchSize: 40).Loss, history["val_loss"][epoch]);
        }

        Assert.Equal(stepped.State.Parameters.Span.ToArray(), fitted.State.Parameters.Span.ToArray());
    }

    [Fact]
    public void TheVectorKernelsTrainAsTheReferenceDoes()
    {
        var (cpu, reference) = (Trainer(Device.Cpu), Trainer(Device.ReferenceDouble));
        var expected = reference.Fit(Data.X, Data.Y, batchSize: 40, epochs: 3, shuffle: false, verbose: 0)["loss"];
        var found = cpu.Fit(Data.X, Data.Y, batchSize: 40, epochs: 3, shuffle: false, verbose: 0)["loss"];

        // Nine updates in float against the same in double.
        foreach (var (one, other) in expected.Zip(found))
            Assert.Equal(one, other, 1e-5);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void TheNumberOfThreadsDoesNotChangeTheResult(int width)
    {
        float[] Train(int threads)
        {
            var trainer = Trainer(new CpuDevice(threads, width));
            trainer.Fit(Data.X, Data.Y, batchSize: 40, epochs: 3, shuffle: false, verbose: 0);
            var outputs = new float[120];
            new Predictor<StatefulBatch>(trainer.Model, new CpuDevice(threads, width)).Predict(Data.X.Values, outputs);
            return [.. trainer.State.Parameters.Span, .. outputs];
        }

        Assert.Equal(Train(threads: 1), Train(threads: 2));
        Assert.Equal(Train(threads: 1), Train(threads: 7));
    }

    [Fact]
    public void ErrorsInTheUsersUnitsBeginInTheStatesThatTheLossBeganIn()
    {
        // 63 rows to train on, 58 windows of them.
        var series = TimeSeries.FromArrays([.. Enumerable.Range(0, 105).Select(index => 10 + (3 * Math.Sin(index / 3.0)))]);
        var training = series.Split(0.6, 0.2).Standardize().Windows(timesteps: 5, batchSize: 2, shuffle: false).Training;
        var trainer = new StatefulSeries.Trainer(new(seed: 1)) { Loss = Loss.MeanAbsoluteError };
        trainer.Fit(training, epochs: 1, verbose: 0);
        var evaluation = trainer.Evaluate(training);
        var pipeline = trainer.Model.Pipeline!;
        var deviation = pipeline.UnscaleTarget(0, 1) - pipeline.UnscaleTarget(0, 0);

        // Both are sums of the same errors, one in float.
        Assert.Equal(evaluation.Loss * deviation, evaluation.InUnits!.MeanAbsoluteError, 1e-5);

        // The next pass goes on from where this one ended.
        Assert.NotEqual(evaluation.Loss, trainer.Evaluate(training).Loss);
    }

    [Fact]
    public void BatchesOfAnotherSizeAndAnotherOrderAreRefused()
    {
        var trainer = Trainer(Device.Cpu);
        Refused(
            "StatefulBatch has stateful layers, which go on from batch to batch in the order of the data, which shuffling would destroy. "
            + "Write Windows(…, shuffle: false) where the windows are made, or Fit(x, y, …, shuffle: false).",
            () => trainer.Fit(Data.X, Data.Y, batchSize: 40, verbose: 0));
        Refused("batches of 32", () => trainer.Fit(Data.X, Data.Y, shuffle: false, verbose: 0));
        Refused("84 samples are no whole number", () =>
            trainer.Fit(Data.X, Data.Y, batchSize: 40, shuffle: false, validationSplit: 0.3, verbose: 0));
        Refused("validation data: 36 samples", () =>
            trainer.Fit(Batch(0).X, Batch(0).Y, batchSize: 40, shuffle: false, validation: (Part(36).X, Part(36).Y), verbose: 0));
        Refused("batches of 32", () => trainer.Evaluate(Data.X, Data.Y));
        Refused("batches of 36", () => trainer.TrainOnBatch(Part(36).X, Part(36).Y));
        Refused("36 samples are no whole number", () => trainer.Model.Predict(Part(36).X.Values, new float[36]));
        Refused("1 samples are no whole number", () => trainer.Model.Predict(new float[8]));
        Assert.Equal(0, trainer.Iteration);
    }

    [Fact]
    public void OneSampleGoesOnFromItself()
    {
        var model = new StatefulOne(seed: 2);
        var window = Data.X.Values[..8];
        var first = model.Predict(window);
        Assert.NotEqual(first, model.Predict(window));
        model.ResetStates();
        Assert.Equal(first, model.Predict(window));
    }

    [Fact]
    public void ARunThatGoesOnTakesTheStatesFromItsCheckpoint()
    {
        using var folder = new TemporaryFolder();
        var (whole, stopped, resumed) = (Trainer(Device.Cpu), Trainer(Device.Cpu), Trainer(Device.Cpu));
        var expected = whole.Fit(Data.X, Data.Y, batchSize: 40, epochs: 4, shuffle: false, verbose: 0);
        stopped.Callbacks.Add(new LambdaCallback(onBatchEnd: context =>
        {
            if (context is { Epoch: 2, Batch: 1 })
                context.Save(folder.File("within.safetensors"), weightsOnly: false);
        }));
        stopped.Fit(Data.X, Data.Y, batchSize: 40, epochs: 4, shuffle: false, verbose: 0);

        resumed.Callbacks.Add(new LambdaCallback());
        resumed.Resume(folder.File("within.safetensors"));
        var found = resumed.Fit(Data.X, Data.Y, batchSize: 40, epochs: 4, shuffle: false, verbose: 0);
        Assert.Equal(expected["loss"], found["loss"]);
        Assert.Equal(whole.State.Parameters.Span.ToArray(), resumed.State.Parameters.Span.ToArray());
    }

    [Fact]
    public void TheSummaryShowsTheBatchSize() => Assert.Contains("(40, 4, 7)", StatefulBatch.Summary, StringComparison.Ordinal);

    private static void Refused(string reason, Action action) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static StatefulBatch.Trainer Trainer(Device device) => new(new StatefulBatch(seed: 3), device)
    {
        Optimizer = new Adam(0.01),
        Loss = Loss.MeanSquaredError,
    };

    private static (Samples X, Samples Y) Batch(int batch) => (
        Samples.Of([.. Data.X.Values.Slice(batch * 320, 320)], 40, 4, 2), Samples.Of([.. Data.Y.Values.Slice(batch * 40, 40)], 40, 1));

    private static (Samples X, Samples Y) Part(int samples) =>
        (Samples.Of([.. Data.X.Values[..(samples * 8)]], samples, 4, 2), Samples.Of([.. Data.Y.Values[..samples]], samples, 1));

    private static CompilerServices.ModelState<TModel> State<TModel>(TModel model) where TModel : class, IRecurrentModel<TModel> => model.State;
}
