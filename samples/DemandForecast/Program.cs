using System.CommandLine;
using System.Globalization;
using System.Text;
using DemandForecast;
using LstmDsl;

Console.OutputEncoding = Encoding.UTF8;
var epochs = new Option<int>("--epochs") { Description = "Epochs.", DefaultValueFactory = _ => 5 };
epochs.Validators.Add(result =>
{
    if (result.Tokens is [var given] && int.TryParse(given.Value, CultureInfo.InvariantCulture, out var count) && count < 1)
        result.AddError("--epochs counts passes over the training windows: at least 1, or the report would be one of a network that learnt nothing.");
});
var seed = new Option<int>("--seed") { Description = "Seed of the weights and of the shuffling.", DefaultValueFactory = _ => 42 };
var calendarOnly = new Option<bool>("--calendar-only") { Description = "Forecast without knowing the weather of the day that is forecast." };
var output = new Option<string>("--output") { Description = "The folder that takes the report.", DefaultValueFactory = _ => "output" };
var command = new RootCommand("Forecasts the electricity demand of Victoria, Australia, in each hour of the next day, with bands.")
{
    epochs, seed, calendarOnly, output,
};
command.SetAction(parsed =>
{
    try
    {
        var folder = Directory.CreateDirectory(parsed.GetValue(output)!).FullName;
        Forecast(parsed.GetValue(calendarOnly), parsed.GetValue(seed), parsed.GetValue(epochs), folder);
        return 0;
    }
    catch (Exception problem) when (problem is ArgumentException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(problem.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static void Forecast(bool calendarOnly, int seed, int epochs, string folder)
{
    var demand = TimeSeries.ReadCsv(
        Path.Combine(AppContext.BaseDirectory, "data", "vic_electricity-hourly.csv"),
        time: "Time", values: DemandModel.Columns, zone: "Australia/Melbourne");
    Console.WriteLine(demand);

    // Learnt is nothing later than June 2014. The last 91 days of that are held out, to calibrate the bands on; what follows is the test.
    DateTimeOffset test = new(2014, 6, 30, 14, 0, 0, TimeSpan.Zero);
    var split = demand.Split(validation: test.AddDays(-91), test);

    // The last day of the file plays tomorrow: of it is given what would be known, calendar and weather.
    var (known, tomorrow) = (demand[..^24], demand[^24..]);
    if (calendarOnly)
    {
        var model = Learn(new DemandByCalendar(seed), DemandByCalendar.Windows(split, sequenceStride: 2), demand, test, epochs, folder);
        foreach (var hour in model.Forecast(known, tomorrow))
            Console.WriteLine($"{hour.Time:yyyy-MM-dd HH:mm}  {hour.Demand:0} MW  ({hour.Demand.P10:0} … {hour.Demand.P90:0})");
    }
    else
    {
        var model = Learn(new DemandModel(seed), DemandModel.Windows(split, sequenceStride: 2), demand, test, epochs, folder);
        foreach (var hour in model.Forecast(known, tomorrow))
            Console.WriteLine($"{hour.Time:yyyy-MM-dd HH:mm}  {hour.Demand:0} MW  ({hour.Demand.P10:0} … {hour.Demand.P90:0})");
    }
}

// Trains, calibrates, measures and reports any model of the demand.
static TModel Learn<TModel>(
    TModel model, ForecastWindows<TModel> windows, TimeSeries demand, DateTimeOffset test, int epochs, string folder)
    where TModel : class, IDeclaredForecast<TModel>
{
    Console.WriteLine(windows.Training);
    Console.WriteLine(TModel.Summary);
    var trainer = new ForecastTrainer<TModel>(model) { Metrics = { Metric.MeanAbsoluteError } };
    var history = trainer.Fit(windows.Training, windows.Validation, epochs);
    Console.WriteLine($"bands calibrated {model.Calibrate(windows.Validation)}");

    // Each day at midnight of the eastern states' standard time, from the hours until then.
    var result = model.Backtest(demand, origins: 183, stride: TimeStep.Hours(24), from: test.AddHours(-1));
    Console.WriteLine(result);
    var report = Path.Combine(folder, "demand.html");
    result.SaveReport(report, history);
    Console.WriteLine(report);
    return model;
}
