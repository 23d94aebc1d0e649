using System.Diagnostics;
using LstmDsl;

namespace DampedOscillation;

/// <summary>One network's training and its free run, written once for any model that feeds itself.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="History">Its losses.</param>
/// <param name="Forecast">180 steps after the first target window, each fed back.</param>
/// <param name="PerEpoch">Time of an epoch: the median.</param>
internal sealed record Run(string Name, History History, float[] Forecast, TimeSpan PerEpoch)
{
    /// <summary>Trains a model and lets it run freely.</summary>
    public static Run Of<TModel>(string name, Device device, int epochs, int seed, int verbose)
        where TModel : class, IForecastingModel<TModel>
    {
        Console.WriteLine(TModel.Summary);
        Console.WriteLine();

        var model = TModel.Create(seed);
        var trainer = new Trainer<TModel>(model, device) { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError };
        var (x, y) = (Curve.Cut(moved: 0), Curve.Cut(moved: 1));
        var watch = Stopwatch.StartNew();
        var history = trainer.Fit(x, y, batchSize: 10, epochs: epochs, validationSplit: 0.1, verbose: verbose);
        watch.Stop();

        // The start is the first target window; each step appends the last output and drops the oldest value.
        var forecast = new float[Curve.Windows];
        model.Forecast(Curve.Values.AsSpan(1, Curve.Timesteps), forecast);

        var durations = history.Durations.Order().ToList();
        var median = durations[durations.Count / 2];
        Console.WriteLine(FormattableString.Invariant(
            $"{name}: {epochs} epochs in {watch.Elapsed.TotalSeconds:0.00} s, {median.TotalMilliseconds:0.00} ms an epoch; loss {history["loss"][^1]:0.000000}, val_loss {history["val_loss"][^1]:0.000000}"));
        Console.WriteLine();
        return new(name, history, forecast, median);
    }
}
