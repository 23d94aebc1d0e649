// Run me from this folder: dotnet run bikes.cs
// or from the repository's: dotnet run samples/BikeSharing/bikes.cs
// How many people will use Washington's bike share in each hour of the next day? The pictures and the report go into "output", in the folder
// you are in.
#:project ../../src/LstmDsl
#:property PublishAot=false

using System.Text;
using LstmDsl;

Console.OutputEncoding = Encoding.UTF8;
Directory.CreateDirectory("output");
var here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;

// 1. Read the data. The model at the end of this file says which columns it needs; the weather is a word.
var bikes = TimeSeries.ReadCsv(
    Path.Combine(here, "data/bike_sharing-hourly.csv"), time: "date_time", values: BikeModel.Columns, categories: ["weather"]);
Title("the data");
Console.WriteLine(bikes);

// 2. Look at them. What repeats, and after how many hours?
Console.WriteLine(bikes.Autocorrelation("users"));
bikes[^(28 * 24)..].SaveChart("output/data.svg");

// 3. Cut off the last 60 days, for the test, and before them four weeks to hold out; then into windows as the model declares them.
//    Every scaling's numbers are those of the training part alone.
var (train, validation, test) = BikeModel.Windows(bikes.SplitLast(validation: 28 * 24, test: 60 * 24), sequenceStride: 2);
Title("the windows");
Console.WriteLine(train);

// 4. Train it. Loss and optimizer follow from the declaration, and the metric is in users.
var model = new BikeModel(seed: 42);
Title("the model");
Console.WriteLine(BikeModel.Summary);
Title("the training");
var trainer = new BikeModel.Trainer(model) { Metrics = { Metric.MeanAbsoluteError } };
var history = trainer.Fit(train, validation, epochs: 5);

// 5. Widen or narrow the bands by how far the held-out weeks lay outside of them.
Title("the bands");
Console.WriteLine(model.Calibrate(validation));

// 6. How good would it have been? Each midnight of the last 60 days, the 24 hours that followed; beside it what costs nothing.
var result = model.Backtest(bikes, origins: 60);
Title("the test");
Console.WriteLine(result);
Console.WriteLine(result.ByWeekday());
result.SaveReport("output/bikes.html", history);
Console.WriteLine(Path.GetFullPath("output/bikes.html"));

// 7. The last day once more, as a forecaster would ask for it: until midnight all is known, and of the day calendar and weather.
var day = model.Forecast(bikes[..^24], bikes[^24..]);
Title("the forecast");
foreach (var hour in day)
    Console.WriteLine($"{hour.Time:yyyy-MM-dd HH:mm}  {hour.Users,4:0} users  ({hour.Users.P10:0} … {hour.Users.P90:0})");

static void Title(string text) => Console.WriteLine($"\n--- {text}");

[Forecast(72, 24, Seasons = [24, 168])]                               // hours back, hours ahead, what repeats
[Target("users", Scaling = Scaling.Log1p, NonNegative = true)]        // counts: an hour may have none
[Known("temp", Unit = "°C")]
[Known("atemp", Unit = "°C")]
[Known("hum", Unit = "%")]
[Known("windspeed")]
[Known("weather", Categories = ["clear", "mist", "rain"])]            // a number for each word
[Known("holiday", Scaling.None)]
[Known("workingday", Scaling.None)]
[Known(DatePart.HourOfDay)]
[Known(DatePart.DayOfWeek)]
[Known("users", Lag = 24)]                                            // what the same hour was a day before
[Known("users", Lag = 168)]                                           // and a week
[Quantiles(0.1, 0.5, 0.9)]
[Lstm(64)]
[RepeatVector(24)]
[Future]
[Bidirectional]
[Lstm(32, ReturnSequences = true)]
[Dense(64, Activation = Activation.Relu)]
internal sealed partial class BikeModel;
