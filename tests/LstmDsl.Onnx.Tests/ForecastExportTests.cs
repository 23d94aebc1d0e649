namespace LstmDsl.Tests;

[Forecast(8, 3, Seasons = [4])]
[Target("load")]
[Known("warmth")]
[Known(DatePart.HourOfDay)]
[Past("wind", Scaling.MinMax)]
[Known("load", Lag = 5)]
[Quantiles(0.1, 0.5, 0.9)]
[Lstm(4)]
[Future]
[Dense(6, Activation = Activation.Relu)]
internal sealed partial class StandardForecast;

[Forecast(8, 3)]
[Target("load", Scaling = Scaling.Log)]
[Target("warmth", NonNegative = true)]
[Known("wind", Scaling.Log1p)]
[Quantiles(0.2, 0.5)]
[Mean]
[Lstm(4)]
[RepeatVector(3)]
[Future]
[Lstm(4, ReturnSequences = true)]
internal sealed partial class LogForecast;

[Forecast(8, 3)]
[Target("load", Scaling = Scaling.WindowLast)]
[Known("warmth", Scaling.WindowMean)]
[Past("wind", Scaling.WindowLast)]
[Quantiles(0.1, 0.5, 0.9)]
[Lstm(4)]
[Future]
[Dense(6)]
internal sealed partial class WindowForecast;

[Forecast(8, 3, Seasons = [4], Lead = 1)]
[Target("load", Scaling = Scaling.Seasonal)]
[Known("warmth", Scaling.Seasonal)]
[Past("wind", Scaling.Difference)]
[Lstm(4)]
[Future]
[Dense(6)]
internal sealed partial class SeasonalForecast;

[Forecast(8, 3)]
[Target("load", Scaling = Scaling.Difference)]
[Known("warmth", Scaling.Difference)]
[Lstm(4)]
[Future]
[Dense(6)]
internal sealed partial class DifferenceForecast;

[Forecast(8, 3)]
[Target("load", Scaling = Scaling.WindowMean)]
[Quantiles(0.1, 0.5, 0.9)]
[Lstm(4)]
internal sealed partial class PastForecast;

[Forecast(8, 3)]
[Target("load", NonNegative = true)]
[Target("warmth")]
[Quantiles(0.1, 0.25, 0.5, 0.75, 0.9)]
[Mean]
[Lstm(4)]
internal sealed partial class CalibratedForecast;

/// <summary>A declared forecast as a graph: raw rows in, targets in their units out, whatever the scaling.</summary>
public sealed class ForecastExportTests
{
    [Fact]
    public void Fitted_scalings_and_lags_agree() => Check<StandardForecast>();

    [Fact]
    public void Logarithms_several_targets_and_means_agree() => Check<LogForecast>();

    [Fact]
    public void Windows_own_scales_agree() => Check<WindowForecast>();

    [Fact]
    public void Seasons_and_a_lead_agree() => Check<SeasonalForecast>();

    [Fact]
    public void Differences_agree() => Check<DifferenceForecast>();

    [Fact]
    public void What_knows_the_past_alone_agrees() => Check<PastForecast>();

    [Fact]
    public void Calibrated_levels_agree()
    {
        Check<CalibratedForecast>(calibrates: true);
        Check<WindowForecast>(calibrates: true);
    }

    private static void Check<TModel>(bool calibrates = false) where TModel : class, IDeclaredForecast<TModel>
    {
        var series = Series();
        var plan = TModel.Forecasting;
        var model = TModel.Create(seed: 2);
        var windows = CompilerServices.DeclaredForecasts.Windows<TModel>(series.Split(0.6, 0.2), 16, 1, true, 1);
        new ForecastTrainer<TModel>(model).Fit(windows.Training, epochs: 2, verbose: 0);
        if (calibrates)
            Assert.Contains(model.Calibrate(windows.Validation).Moves(0, 0), move => move.Move > 0);
        int[] lastRows = [60, 61, 75];
        var expected = Forecaster.At(model, series, lastRows);

        using var folder = new TemporaryFolder();
        var path = folder.File("forecast.onnx");
        model.ExportOnnx(path, new() { IncludePipeline = true });
        var inputs = ForecastNodes.RawInputs(TModel.Plan, plan);
        (string, int[], float[])[] given =
        [
            (inputs[0].Name, [lastRows.Length, .. inputs[0].Shape],
                [.. lastRows.SelectMany(last => Enumerable.Range(last - inputs[0].Timesteps + 1, inputs[0].Timesteps).SelectMany(row => Features(series, plan.WindowColumns, row)))]),
        ];
        if (inputs.Length > 1)
        {
            given =
            [
                .. given,
                (inputs[1].Name, [lastRows.Length, .. inputs[1].Shape],
                    [.. lastRows.SelectMany(last => Enumerable.Range(last + plan.Lead + 1, plan.Horizon).SelectMany(row => Features(series, plan.FutureColumns, row)))]),
            ];
        }

        var (shape, values) = OnnxRuntime.Run(path, given);
        Assert.Equal([lastRows.Length, plan.Horizon, plan.Targets.Count() * plan.OutputsPerTarget], shape);
        // Raw values of a magnitude of 60 as floats, and sums of a window in floats where the library has doubles.
        Close.Relative([.. expected.SelectMany(table => table.Values.ToArray())], [.. values.Select(value => (double)value)], 5e-6, typeof(TModel).Name);
    }

    private static IEnumerable<float> Features(TimeSeries series, IEnumerable<ForecastColumn> columns, int row)
    {
        foreach (var column in columns)
        {
            if (column.Part is { } part)
            {
                var (sine, cosine) = DateParts.Of(part, series.TimeAt(row)!.Value);
                yield return sine;
                yield return cosine;
            }
            else
            {
                yield return (float)series[row - column.Lag, series.Columns.ToList().IndexOf(column.Name)];
            }
        }
    }

    private static TimeSeries Series()
    {
        var values = new double[100, 3];
        for (var row = 0; row < 100; row++)
        {
            values[row, 0] = 60 + (10 * Math.Sin(row * 0.7)) + (row % 5);
            values[row, 1] = 20 + (5 * Math.Cos(row * 0.3));
            values[row, 2] = 3 + (row * row % 7);
        }

        return TimeSeries.FromArrays(values, ["load", "warmth", "wind"], new DateTime(2020, 1, 1), TimeStep.Hours(1));
    }
}
