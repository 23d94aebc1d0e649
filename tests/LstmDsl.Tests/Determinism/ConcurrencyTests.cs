namespace LstmDsl.Tests;

/// <summary>Any number of threads may predict on one model at once; training and predicting at once is refused.</summary>
public sealed class ConcurrencyTests
{
    [Fact]
    public void SixteenThreadsPredictWhatOneDoes()
    {
        const int Threads = 16, Windows = 37;
        var model = new SmallStack(seed: 9);
        var shape = SmallStack.Shape;
        var (x, _) = RandomSamples.For(shape, Windows);
        var windows = x.Values.ToArray();
        var serial = new float[Windows * shape.OutputLength];
        for (var window = 0; window < Windows; window++)
        {
            model.Predict(
                windows.AsSpan(window * shape.InputLength, shape.InputLength),
                serial.AsSpan(window * shape.OutputLength, shape.OutputLength));
        }

        var differences = 0;
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            var together = new float[serial.Length];
            for (var round = 0; round < 50; round++)
            {
                model.Predict(windows, together);
                if (!together.AsSpan().SequenceEqual(serial))
                    Interlocked.Increment(ref differences);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(0, differences);
    }

    [Fact]
    public void PredictingWhileAnotherThreadTrainsIsAnErrorThatSaysSo()
    {
        var (x, y) = RandomSamples.For(SmallStack.Shape, samples: 20);
        var model = new SmallStack(seed: 1);
        InvalidOperationException? elsewhere = null;
        var here = new float[SmallStack.Shape.OutputLength];
        var trainer = new SmallStack.Trainer(model)
        {
            Loss = Loss.MeanSquaredError,
            Callbacks =
            {
                new LambdaCallback(onEpochEnd: _ =>
                {
                    // A callback runs between steps on the training thread and may predict.
                    model.Predict(x.Values[..SmallStack.Shape.InputLength], here);
                    var other = new Thread(() => elsewhere = Assert.Throws<InvalidOperationException>(() => model.Predict(new float[24], new float[3])));
                    other.Start();
                    other.Join();
                }),
            },
        };
        trainer.Fit(x, y, verbose: 0);
        Assert.Contains("being trained on another thread", elsewhere!.Message, StringComparison.Ordinal);
        Assert.All(here, value => Assert.True(float.IsFinite(value)));
    }
}
