using System;
using System.Linq;
using LstmDsl;

namespace Weather;

/// <summary>Trains every model of the project in the same way.</summary>
internal static class Program
{
    private static void Main()
    {
        Run<GlobalModel>(nameof(GlobalModel));
        Run<Networks.NestedModel>(nameof(Networks.NestedModel));
        Run<global::LstmDsl.Something.ModelWithin>(nameof(global::LstmDsl.Something.ModelWithin));
        Run<Clashes.ModelAmongClashes>(nameof(Clashes.ModelAmongClashes));
    }

    private static void Run<TModel>(string name) where TModel : class, IForecastingModel<TModel>
    {
        double[] values = [.. Enumerable.Range(0, 200).Select(index => Math.Sin(index / 5.0))];
        var series = TimeSeries.FromArrays(values);
        var (training, validation, _) = series.Split(0.7, 0.15).Standardize().Windows(timesteps: 20, batchSize: 32);
        var model = TModel.Create(42);
        var trainer = new Trainer<TModel>(model) { Loss = Loss.MeanSquaredError, Metrics = { Metric.MeanAbsoluteError } };
        var history = trainer.Fit(training, validation, epochs: 2, verbose: 0);
        var ahead = model.Forecast(series, steps: 5);
        if (ahead.Any(point => !double.IsFinite(point.Value)))
            throw new InvalidOperationException($"{name} forecast what is no number.");
        Console.WriteLine($"{name}: {history.Epochs.Count} epochs, {ahead.Count} steps ahead");
    }
}
