// Run me from this folder: dotnet run forecast.cs
// or from the repository's: dotnet run samples/Notebook/forecast.cs
// A notebook without a notebook: from declaration to forecast, step by step. The pictures go into "output", in the folder you are in.
#:project ../../src/LstmDsl
#:property PublishAot=false

using System.Text;
using LstmDsl;

Console.OutputEncoding = Encoding.UTF8;
Directory.CreateDirectory("output");
var here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;

// 1. Read the data. Times are checked: they rise by one step, and the series says by which.
var weather = TimeSeries.ReadCsv(
    Path.Combine(here, "../TemperatureForecast/data/seattle-weather.csv"), time: "date", values: ["temp_max"], unit: "°C");
Title("the data");
Console.WriteLine(weather);

// 2. Look at them: the first values as numbers, all of them as a picture.
var temperatures = weather.Column("temp_max");
for (var day = 0; day < 5; day++)
    Console.WriteLine($"{weather.TimeAt(day):yyyy-MM-dd}  {temperatures[day]:0.0} °C");
DateTime[] days = [.. Enumerable.Range(0, weather.Count).Select(day => weather.TimeAt(day)!.Value.DateTime)];
Save(
    new LineChart { Title = "Seattle, highest temperature of the day", YLabel = "°C" }.Add("temp_max", days, temperatures),
    "output/data.svg");

// 3. Cut them into training, validation and test, in the order of time; then into windows of 20 days, each with the day after it.
//    Mean and standard deviation are those of the training part alone.
var (train, validation, test) = weather.Split(0.70, 0.15).Standardize().Windows(timesteps: WeatherModel.Timesteps, batchSize: 32);
Title("the windows");
Console.WriteLine(train);
Console.WriteLine(validation);
Console.WriteLine(test);

// 4. The model is declared at the end of this file; its shapes and its memory are already known.
var model = new WeatherModel(seed: 42);
Title("the model");
Console.WriteLine(WeatherModel.Summary);

// 5. Train it, until the validation loss has not fallen for two epochs; the best weights come back.
var trainer = new WeatherModel.Trainer(model)
{
    Optimizer = new RmsProp(),
    Loss = Loss.MeanSquaredError,
    Metrics = { Metric.MeanAbsoluteError },
    Callbacks = { new EarlyStopping(Monitored.ValLoss, patience: 2, restoreBestWeights: true) },
};
Title("the training");
var history = trainer.Fit(train, validation, epochs: 30);
history.SaveChart("output/loss.svg");
Console.WriteLine(Path.GetFullPath("output/loss.svg"));

// 6. How wrong is it on days it has not seen? Beside it stands the forecast that costs nothing: the same as the day before.
Title("the test");
Console.WriteLine(trainer.Evaluate(test));

// 7. Five days ahead, each fed back as the next day's input.
var ahead = model.Forecast(weather, steps: 5);
Title("the forecast");
foreach (var next in ahead)
    Console.WriteLine($"{next.Time:yyyy-MM-dd}  {next.Value:0.0} °C");
Save(
    new LineChart { Title = "The last weeks and five days ahead", YLabel = "°C" }
        .Add("what came", days[^30..], temperatures[^30..])
        .Add("forecast of the day, made the day before", [.. model.Predict(test).Where(point => point.Time >= weather.TimeAt(weather.Count - 30))])
        .Add("five days ahead", ahead, LineStyle.Dots),
    "output/forecast.svg");

static void Title(string text) => Console.WriteLine($"\n--- {text}");

static void Save(LineChart chart, string file)
{
    chart.Save(file);
    Console.WriteLine(Path.GetFullPath(file));
}

[Input(20, 1)]                 // timesteps, features
[Lstm(20, Init.Zeros)]         // units, kernel initializer
[Dense(1)]
public sealed partial class WeatherModel;
