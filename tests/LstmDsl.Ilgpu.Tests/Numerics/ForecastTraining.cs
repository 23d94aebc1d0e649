namespace LstmDsl.Tests;

[Forecast(12, 4, Seasons = [6])]
[Target("load", Scaling = Scaling.WindowLast)]
[Known("warmth", Scaling.Seasonal)]
[Known(DatePart.HourOfDay)]
[Past("wind")]
[Quantiles(0.1, 0.5, 0.9)]
[Mean]
[Lstm(5)]
[RepeatVector(4)]
[Future]
[Gru(4, ReturnSequences = true)]
internal sealed partial class ForecastOnDevice;

/// <summary>Windows of a declared forecast, put together of parts with scales of their own, on a device.</summary>
internal static class ForecastTraining
{
    /// <summary>Trains there and in double, from one set of weights.</summary>
    public static void SameRun(Device device)
    {
        var values = new double[90, 3];
        for (var row = 0; row < 90; row++)
        {
            values[row, 0] = 60 + (10 * Math.Sin(row * 0.7)) + (row % 5);
            values[row, 1] = 20 + (5 * Math.Cos(row * 0.3));
            values[row, 2] = 3 + (row * row % 7);
        }

        var series = TimeSeries.FromArrays(values, ["load", "warmth", "wind"], new DateTime(2020, 1, 1), TimeStep.Hours(1));
        var windows = ForecastOnDevice.Windows(series.Split(0.7, 0.15), batchSize: 16, shuffle: false);
        var (expected, found) = (Trained(Device.ReferenceDouble), Trained(device));
        // Twelve steps of sums of some tens of terms, and windows' scales in floats.
        Close.Relative(expected, found, 2e-5, "weights");

        double[] Trained(Device on)
        {
            var model = new ForecastOnDevice(seed: 3);
            new ForecastOnDevice.Trainer(model, on) { Optimizer = new Sgd(0.05) }.Fit(windows.Training, windows.Validation, epochs: 4, verbose: 0);
            return [.. ModelWeights(model).Select(weight => (double)weight)];
        }
    }

    private static float[] ModelWeights<TModel>(TModel model) where TModel : class, IRecurrentModel<TModel> => model.State.Parameters.Span.ToArray();
}
