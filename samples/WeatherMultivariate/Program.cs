using System.CommandLine;
using System.Text;
using LstmDsl;
using WeatherMultivariate;

Console.OutputEncoding = Encoding.UTF8;
var epochs = new Option<int>("--epochs") { Description = "Epochs at most.", DefaultValueFactory = _ => 60 };
var patience = new Option<int>("--patience")
{
    Description = "Epochs without a better validation loss after which training stops.",
    DefaultValueFactory = _ => 6,
};
var seed = new Option<int>("--seed") { Description = "Seed of all that is random.", DefaultValueFactory = _ => 42 };
var output = new Option<string>("--output") { Description = "The folder that takes the pictures.", DefaultValueFactory = _ => "output" };
var device = new Option<string>("--device")
{
    Description = "What trains: cpu, cuda, opencl, ilgpu-cpu, or best for a GPU if there is one.",
    DefaultValueFactory = _ => "cpu",
};
var command = new RootCommand("Forecasts four measurements of Seattle's weather together, a day ahead and five days ahead.")
{
    epochs, patience, seed, output, device,
};
command.SetAction(parsed =>
{
    try
    {
        var found = IlgpuDevice.Find(parsed.GetValue(device)!);
        Forecast(found, parsed.GetValue(epochs), parsed.GetValue(patience), parsed.GetValue(seed), parsed.GetValue(output)!);
        return 0;
    }
    catch (Exception problem) when (problem is ArgumentException or IOException or UnauthorizedAccessException)
    {
        // There is no such device, or the folder cannot be written; the message says so.
        Console.Error.WriteLine(problem.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static void Forecast(Device device, int epochs, int patience, int seed, string output)
{
    Console.WriteLine($"running on {device}");
    var series = TimeSeries.ReadCsv(
        Path.Combine(AppContext.BaseDirectory, "data", "seattle-weather.csv"),
        time: "date", values: [.. Measurement.All.Select(measurement => new SeriesColumn(measurement.Column, measurement.Unit))]);
    Console.WriteLine(series);
    Console.WriteLine();

    // Each column is standardised by itself: millimetres of rain weigh as much as degrees.
    var split = series.Split(0.70, 0.15).Standardize();
    var (training, validation, test) = split.Windows(timesteps: SeattleModel.Timesteps, batchSize: 32);
    var model = new SeattleModel(seed);
    var trainer = new SeattleModel.Trainer(model, device)
    {
        Optimizer = new Adam(),
        Loss = Loss.MeanSquaredError,
        Metrics = { Metric.MeanAbsoluteError },
        Callbacks = { new EarlyStopping(Monitored.ValLoss, patience: patience, restoreBestWeights: true) },
    };
    Console.WriteLine(SeattleModel.Summary);
    Console.WriteLine();
    var history = trainer.Fit(training, validation, epochs);
    Console.WriteLine(history.StoppedBy ?? $"ran all {epochs} epochs");
    Console.WriteLine();

    var forecasts = model.Predict(test);
    Report(split, forecasts);
    var ahead = model.Forecast(series, steps: 5);
    foreach (var day in ahead)
    {
        var values = Measurement.All.Select(
            (one, column) => FormattableString.Invariant($"{one.Column} {day.Values[column],5:0.0} {one.Unit}"));
        Console.WriteLine($"{day.Time:yyyy-MM-dd}  {string.Join("   ", values)}");
    }

    Console.WriteLine();
    Directory.CreateDirectory(output);
    var losses = Path.GetFullPath(Path.Combine(output, "loss.svg"));
    history.SaveChart(losses);
    Console.WriteLine(losses);
    for (var column = 0; column < Measurement.All.Count; column++)
        Console.WriteLine(Pictures.Forecast(series, column, forecasts, ahead, output));
}

static void Report(SplitSeries split, IReadOnlyList<ForecastPoint> forecasts)
{
    Console.WriteLine($"mean absolute error over the {forecasts.Count} days of the test part");
    Console.WriteLine($"{"",-22}{"the network",14}{"the day before",17}{"always the mean",18}");
    for (var column = 0; column < Measurement.All.Count; column++)
    {
        var (measurement, errors) = (Measurement.All[column], ColumnErrors.Of(split, forecasts, column));
        Console.WriteLine(FormattableString.Invariant(
            $"{$"{measurement.Column}, {measurement.Unit}",-22}{errors.Model,14:0.00}{errors.DayBefore,17:0.00}{errors.Mean,18:0.00}"));
    }

    Console.WriteLine();
}
