using DemandForecast;
using LstmDsl;

var demand = TimeSeries.ReadCsv("/work/shared/data/vic_electricity.csv", time: "Time", values: DemandModel.Columns, zone: "Australia/Melbourne").Resample(TimeStep.Hours(1));
Console.WriteLine(demand);
var split = demand.Split(new DateTimeOffset(2014, 4, 1, 0, 0, 0, TimeSpan.FromHours(10)), new DateTimeOffset(2014, 6, 30, 14, 0, 0, TimeSpan.Zero));
var (train, validation, test) = DemandModel.Windows(split, batchSize: 64);
Console.WriteLine(train);
var model = new DemandModel(seed: 42);
var trainer = new DemandModel.Trainer(model) { Metrics = { Metric.MeanAbsoluteError } };
var history = trainer.Fit(train, validation, epochs: 3);
Console.WriteLine(trainer.Evaluate(test));
model.Calibrate(validation);
var backtest = model.Backtest(demand, 183, TimeStep.Hours(24), new DateTimeOffset(2014, 6, 30, 13, 0, 0, TimeSpan.Zero));
Console.WriteLine(backtest);
backtest.SaveReport("/tmp/core/demand.html", history);
foreach (var hour in model.Forecast(demand.Slice(0, demand.Count - 24), demand.Slice(demand.Count - 24, 24)))
    Console.WriteLine($"{hour.Time:HH:mm}  {hour.Demand:0} MW  ({hour.Demand.P10:0} … {hour.Demand.P90:0})");
