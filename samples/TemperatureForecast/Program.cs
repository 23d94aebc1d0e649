using System.Text;
using LstmDsl;
using TemperatureForecast;

Console.OutputEncoding = Encoding.UTF8;
if (SampleOptions.Parse(args, out var exitCode) is not { } options)
    return exitCode;

try
{
    if (options.Seeds > 0)
        SeedStudy.Run(options);
    else
        Forecast(options);
    return 0;
}
catch (Exception problem) when (problem is IOException or InvalidDataException or ArgumentException or UnauthorizedAccessException)
{
    // What is wrong with a file or an option is said in one line; a stack trace would only hide it.
    Console.Error.WriteLine(problem.Message);
    return 1;
}

static void Forecast(SampleOptions options)
{
    var device = options.FindDevice();
    Console.WriteLine($"running on {device}");
    var series = options.ReadSeries();
    Console.WriteLine(series);
    Console.WriteLine();
    var (training, validation, test) = series.Split(0.70, 0.15).Standardize().Windows(timesteps: JenaModel.Timesteps, batchSize: 32);
    Console.WriteLine(training);
    Console.WriteLine(validation);
    Console.WriteLine(test);
    Console.WriteLine();

    Directory.CreateDirectory(options.Output);
    var model = new JenaModel(options.Seed);
    var checkpoint = new ModelCheckpoint(Path.Combine(options.Output, "jena_lstm.keras"), saveBestOnly: true);
    var trainer = new JenaModel.Trainer(model, device)
    {
        Optimizer = new RmsProp(),
        Loss = Loss.MeanSquaredError,
        Metrics = { Metric.MeanAbsoluteError },
        Callbacks = { new EarlyStopping(Monitored.ValLoss, patience: options.Patience), checkpoint },
    };
    Console.WriteLine(JenaModel.Summary);
    Console.WriteLine();
    var history = trainer.Fit(training, validation, options.Epochs);
    Console.WriteLine(history.StoppedBy ?? $"ran all {options.Epochs} epochs");

    // The last weights are not the best ones: those lie in the checkpoint.
    var best = JenaModel.Load(checkpoint.BestPath!);
    Console.WriteLine($"loaded the best weights back from {checkpoint.BestPath}");
    Console.WriteLine();

    Report(new JenaModel.Trainer(best, device) { Loss = Loss.MeanSquaredError, Metrics = { Metric.MeanAbsoluteError } }.Evaluate(test));
    Console.WriteLine();

    var next = best.Forecast(series, steps: 5);
    foreach (var point in next)
        Console.WriteLine(FormattableString.Invariant($"{Date(point.Time!.Value)}  {point.Value:0.0} {options.Unit}"));
    Console.WriteLine();

    Console.WriteLine(Pictures.Loss(history, options));
    Console.WriteLine(Pictures.Forecast(series, best.Predict(test), next, options));
}

static void Report(Evaluation evaluation)
{
    var errors = evaluation.InUnits!;
    Console.WriteLine($"test: {evaluation}");
    var (model, naive) = (errors.MeanAbsoluteError, errors.NaiveMeanAbsoluteError);
    Console.WriteLine(FormattableString.Invariant(
        $"same as the day before: {naive:0.00} {errors.Unit}, the network: {model:0.00} {errors.Unit}; {(model < naive ? "the network" : "the day before")} is better by {Math.Abs(model - naive):0.00} {errors.Unit}"));
}

static string Date(DateTimeOffset time) => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", null);
