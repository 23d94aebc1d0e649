using System.CommandLine;
using System.Text;
using LstmDsl;
using WeatherClasses;

Console.OutputEncoding = Encoding.UTF8;
var epochs = new Option<int>("--epochs") { Description = "Epochs at most.", DefaultValueFactory = _ => 60 };
var patience = new Option<int>("--patience")
{
    Description = "Epochs without a better validation loss after which training stops.",
    DefaultValueFactory = _ => 8,
};
var seed = new Option<int>("--seed") { Description = "Seed of all that is random.", DefaultValueFactory = _ => 42 };
var plain = new Option<bool>("--no-class-weights") { Description = "Let each day weigh the same, however rare its weather." };
var output = new Option<string>("--output") { Description = "The folder that takes the pictures.", DefaultValueFactory = _ => "output" };
var device = new Option<string>("--device")
{
    Description = "What trains: cpu, cuda, opencl, ilgpu-cpu, or best for a GPU if there is one.",
    DefaultValueFactory = _ => "cpu",
};
var command = new RootCommand("Tells what kind of weather Seattle has tomorrow: drizzle, fog, rain, snow or sun.")
{
    epochs, patience, seed, plain, output, device,
};
command.SetAction(parsed =>
{
    try
    {
        var found = IlgpuDevice.Find(parsed.GetValue(device)!);
        var weighClasses = !parsed.GetValue(plain);
        Classify(found, parsed.GetValue(epochs), parsed.GetValue(patience), parsed.GetValue(seed), weighClasses, parsed.GetValue(output)!);
        return 0;
    }
    catch (Exception problem) when (problem is ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException)
    {
        // There is no such device, or the folder cannot be written; the message says so.
        Console.Error.WriteLine(problem.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static void Classify(Device device, int epochs, int patience, int seed, bool weighClasses, string output)
{
    Console.WriteLine($"running on {device}");
    var days = WeatherDays.Read(Path.Combine(AppContext.BaseDirectory, "data", "seattle-weather.csv"));
    var counts = days.TrainingCounts();
    var weights = weighClasses ? days.ClassWeights() : null;
    Console.WriteLine($"{days.Count} days, of which the first {days.Border.Validation} are learnt from:");
    for (var label = 0; label < counts.Length; label++)
    {
        var weight = weights?[label] ?? 1;
        Console.WriteLine(FormattableString.Invariant($"{WeatherDays.Kinds[label],9} {counts[label],4} days, each weighs {weight:0.00}"));
    }

    Console.WriteLine();
    var model = new WeatherClassifier(seed);
    var trainer = new WeatherClassifier.Trainer(model, device)
    {
        Optimizer = new Adam(),
        Loss = Loss.SparseCategoricalCrossentropy(),
        Metrics = { Metric.SparseCategoricalAccuracy },
        Callbacks = { new EarlyStopping(Monitored.ValLoss, patience: patience, restoreBestWeights: true) },
    };
    Console.WriteLine(WeatherClassifier.Summary);
    Console.WriteLine();
    var history = trainer.Fit(
        days.Windows(0, days.Border.Validation, shuffle: true),
        days.Windows(days.Border.Validation, days.Border.Test, shuffle: false),
        epochs, classWeight: weights);
    Console.WriteLine(history.StoppedBy ?? $"ran all {epochs} epochs");
    Console.WriteLine();

    var told = Tell(model, days.Windows(days.Border.Test, days.Count, shuffle: false));
    var frequent = Array.IndexOf(counts, counts.Max());
    var confusion = Compare(day => told[day - days.Border.Test]);
    Console.WriteLine(confusion);
    Console.WriteLine();
    Report("the network", confusion);
    Report("the same as the day before", Compare(day => days.ClassOf(day - 1)));
    Report($"always {WeatherDays.Kinds[frequent]}", Compare(_ => frequent));
    Console.WriteLine();

    Directory.CreateDirectory(output);
    var losses = Path.GetFullPath(Path.Combine(output, "loss.svg"));
    history.SaveChart(losses);
    Console.WriteLine(losses);
    Console.WriteLine(ConfusionPicture.Save(confusion, output));

    Confusion Compare(Func<int, int> tell) =>
        new(Enumerable.Range(days.Border.Test, days.Count - days.Border.Test).Select(day => (days.ClassOf(day), tell(day))));
}

// The most probable class of each window.
static List<int> Tell(WeatherClassifier model, WindowedDataset windows)
{
    var told = new List<int>();
    foreach (var (inputs, _) in windows.Batches())
    {
        var probabilities = model.Predict(inputs);
        for (var window = 0; window < probabilities.GetLength(0); window++)
            told.Add(Enumerable.Range(0, WeatherDays.Kinds.Count).MaxBy(label => probabilities[window, label]));
    }

    return told;
}

static void Report(string name, Confusion confusion) => Console.WriteLine(FormattableString.Invariant(
    $"{name,-28}{100 * confusion.Accuracy,5:0.0} % of the days, {100 * confusion.BalancedAccuracy,5:0.0} % on average over the classes"));
