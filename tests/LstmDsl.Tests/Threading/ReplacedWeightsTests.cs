namespace LstmDsl.Tests;

/// <summary>Weights that are replaced while other threads predict: those get an error, and never a mixture of two models.</summary>
public sealed class ReplacedWeightsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task While_weights_are_replaced_other_threads_are_refused()
    {
        var model = new SmallStack(seed: 1);
        var trainer = new SmallStack.Trainer(model) { Loss = Loss.MeanSquaredError };
        var (x, y) = RandomSamples.For(SmallStack.Shape, samples: 4);
        var outputs = new float[4 * SmallStack.Shape.OutputLength];
        model.Save(folder.File("model.safetensors"));
        var weights = ModelWeights.Of(model);
        var state = State(model);
        using (var begun = new ManualResetEventSlim())
        using (var end = new ManualResetEventSlim())
        {
            var replacing = Task.Factory.StartNew(
                () =>
                {
                    using var occupied = state.BeginReplacing();
                    begun.Set();
                    end.Wait();
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
            begun.Wait();
            Action[] refused =
            [
                () => model.Predict(x.Values, outputs),
                () => new Predictor<SmallStack>(model, Device.Reference).Predict(x.Values, outputs),
                () => model.Save(folder.File("other.safetensors")),
                () => trainer.Load(folder.File("model.safetensors")),
                () => trainer.Fit(x, y, verbose: 0),
                () => trainer.Evaluate(x, y),
                () => state.SetParameters(new float[state.Plan.ParameterFloats]),
                () => state.CopyParameters(),
            ];
            foreach (var action in refused)
            {
                var message = Assert.Throws<InvalidOperationException>(action).Message;
                Assert.StartsWith("The weights of SmallStack are being replaced on another thread", message, StringComparison.Ordinal);
                Assert.EndsWith("by making a second one and swapping the reference.", message, StringComparison.Ordinal);
            }

            end.Set();
            await replacing;
        }

        model.Predict(x.Values, outputs);
        Assert.Equal(weights, ModelWeights.Of(model));
    }

    [Fact]
    public void A_load_that_fails_leaves_the_model_to_others()
    {
        var model = new SmallStack(seed: 1);
        var trainer = new SmallStack.Trainer(model) { Loss = Loss.MeanSquaredError };
        File.WriteAllText(folder.File("bad.safetensors"), "no file of ours");
        Assert.Throws<InvalidDataException>(() => trainer.Load(folder.File("bad.safetensors")));
        State(model).RequireIdle();
    }

    [Fact]
    public void A_callback_may_write_weights_but_not_load_its_own_trainer()
    {
        var model = new SmallStack(seed: 1);
        model.Save(folder.File("model.safetensors"));
        var trainer = new SmallStack.Trainer(model) { Loss = Loss.MeanSquaredError };
        string? refusal = null;
        trainer.Callbacks.Add(new LambdaCallback(onEpochEnd: context =>
        {
            context.SetWeights(context.CopyWeights());
            refusal = Assert.Throws<InvalidOperationException>(() => trainer.Load(folder.File("model.safetensors"))).Message;
        }));
        var (x, y) = RandomSamples.For(SmallStack.Shape, samples: 4);
        trainer.Fit(x, y, verbose: 0);
        Assert.Contains("is being trained already", refusal, StringComparison.Ordinal);
    }

    /// <summary>Each prediction is that of the one or of the other, or is refused; so is each forecast of many steps.</summary>
    [Fact]
    public async Task No_prediction_under_loads_is_of_two_models()
    {
        const int Steps = 200, Loads = 150;
        var (one, other) = (new Lstm20Dense1(seed: 1), new Lstm20Dense1(seed: 2));
        one.Save(folder.File("one.safetensors"));
        other.Save(folder.File("other.safetensors"));
        var window = RandomSamples.For(Lstm20Dense1.Shape, samples: 1).X.Values.ToArray();
        float[][] forecasts = [Forecast(one), Forecast(other)];
        float[] predictions = [one.Predict(window), other.Predict(window)];

        var served = new Lstm20Dense1(seed: 1);
        var trainer = new Lstm20Dense1.Trainer(served) { Loss = Loss.MeanSquaredError };
        var isOver = false;
        var predicting = Task.Factory.StartNew(
            () => Serve(() => Assert.Contains(served.Predict(window), predictions)),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var forecasting = Task.Factory.StartNew(
            () => Serve(() => Assert.Contains(Forecast(served), forecasts)),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        for (var load = 0; load < Loads; load++)
        {
            trainer.Load(folder.File(load % 2 == 0 ? "other.safetensors" : "one.safetensors"));
            Thread.Yield();
        }

        Volatile.Write(ref isOver, true);
        Assert.True(await predicting + await forecasting > 0);

        float[] Forecast(Lstm20Dense1 model)
        {
            var steps = new float[Steps];
            model.Forecast(window, steps);
            return steps;
        }

        int Serve(Action ask)
        {
            var answers = 0;
            while (!Volatile.Read(ref isOver) || answers == 0)
            {
                try
                {
                    ask();
                    answers++;
                }
                catch (InvalidOperationException refusal)
                {
                    Assert.Contains("swapping the reference", refusal.Message, StringComparison.Ordinal);
                }
            }

            return answers;
        }
    }

    private static CompilerServices.ModelState<TModel> State<TModel>(TModel model) where TModel : class, IRecurrentModel<TModel> => model.State;
}
