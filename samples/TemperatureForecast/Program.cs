using LstmDsl;
using TemperatureForecast;
var weather = TimeSeries.ReadCsv(args[0], time: "date", values: ["temp_max"]);
var (train, validation, test) = weather.Split(0.70, 0.15).Standardize().Windows(timesteps: 20, batchSize: 32);

var model = new JenaModel(seed: 42);
Console.WriteLine(JenaModel.Summary);                    // the table Keras prints
var trainer = new JenaModel.Trainer(model)
{
    Optimizer = new RmsProp(),
    Loss = Loss.MeanSquaredError,
    Metrics = { Metric.MeanAbsoluteError },
    Callbacks = { new EarlyStopping(Monitored.ValLoss, patience: 2),
                  new ModelCheckpoint("jena_lstm.safetensors", saveBestOnly: true) },
};
History history = trainer.Fit(train, validation, epochs: 30);
history.SaveChart("loss.svg");
Console.WriteLine(trainer.Evaluate(test));               // in °C, the naive forecast beside it
foreach (var next in model.Forecast(weather, steps: 5))  // dates and °C
    Console.WriteLine($"{next.Time:yyyy-MM-dd}  {next.Value:0.0} °C");
