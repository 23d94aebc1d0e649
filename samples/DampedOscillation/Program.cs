using System.CommandLine;
using System.Globalization;
using System.Text;
using DampedOscillation;
using LstmDsl;

Console.OutputEncoding = Encoding.UTF8;
var epochs = new Option<int>("--epochs") { Description = "Epochs of each network.", DefaultValueFactory = _ => 1000 };
var seed = new Option<int>("--seed") { Description = "Seed of the weights and of the shuffling.", DefaultValueFactory = _ => 42 };
var verbose = new Option<int>("--verbose") { Description = "0: silent; 1: a progress bar; 2: a line an epoch.", DefaultValueFactory = _ => 0 };
var output = new Option<string>("--output") { Description = "The folder that takes the pictures.", DefaultValueFactory = _ => "output" };
var device = new Option<string>("--device")
{
    Description = "What trains: cpu, cuda, opencl, ilgpu-cpu, or best for a GPU if there is one.",
    DefaultValueFactory = _ => "cpu",
};
var command = new RootCommand("Compares a simple recurrent network with an LSTM on exp(−x/5)·cos(x), and lets both run freely.")
{
    epochs, seed, verbose, output, device,
};
command.SetAction(parsed =>
{
    try
    {
        var found = IlgpuDevice.Find(parsed.GetValue(device)!);
        Compare(found, parsed.GetValue(epochs), parsed.GetValue(seed), parsed.GetValue(verbose), parsed.GetValue(output)!);
        return 0;
    }
    catch (ArgumentException problem)
    {
        // There is no such device; the message lists what there is.
        Console.Error.WriteLine(problem.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static void Compare(Device device, int epochs, int seed, int verbose, string output)
{
    Console.WriteLine($"running on {device}");
    Directory.CreateDirectory(output);
    var (x, y) = (Curve.Cut(moved: 0), Curve.Cut(moved: 1));
    Console.WriteLine($"exp(−x/5)·cos(x): shape ({Curve.Points},), {Curve.Values.Rank} dimension");
    Console.WriteLine($"first ten values: {string.Join(", ", Curve.Values.Take(10).Select(value => value.ToString("0.0000", CultureInfo.InvariantCulture)))}");
    Console.WriteLine($"windows {Shape(x)}, targets, the same moved by one, {Shape(y)}");
    Console.WriteLine();

    var runs = new[]
    {
        Run.Of<DampedRnn>("SimpleRNN", device, epochs, seed, verbose),
        Run.Of<DampedLstm>("LSTM", device, epochs, seed, verbose),
    };

    var values = Curve.Values.Select(value => (double)value).ToArray();
    Save(new LineChart { Title = "exp(−x/5)·cos(x)", XLabel = "x" }.Add("curve", Curve.Places, values), output, "curve.svg");

    var losses = new LineChart { Title = "Losses", XLabel = "epoch", YLabel = "mean squared error", LogarithmicY = true };
    foreach (var run in runs)
    {
        losses.Add($"{run.Name}, training", run.History, Monitored.Loss);
        losses.Add($"{run.Name}, validation", run.History, Monitored.ValLoss, LineStyle.Dashes);
    }

    Save(losses, output, "losses.svg");

    // The first value that is forecast follows the first target window, points 1 to 20.
    var forecasts = new LineChart { Title = "Running freely for 180 steps", XLabel = "x" }.Add("curve", Curve.Places, values);
    var places = Curve.Places[(Curve.Timesteps + 1)..];
    foreach (var run in runs)
        forecasts.Add(run.Name, places, [.. run.Forecast.Take(places.Length).Select(value => (double)value)], LineStyle.Dashes);
    Save(forecasts, output, "forecasts.svg");
}

static string Shape(float[,,] values) => $"({values.GetLength(0)}, {values.GetLength(1)}, {values.GetLength(2)})";

static void Save(LineChart chart, string folder, string name)
{
    var path = Path.GetFullPath(Path.Combine(folder, name));
    chart.Save(path);
    Console.WriteLine(path);
}
