using System.CommandLine;
using System.Diagnostics;

namespace LstmDsl.Benchmarks;

/// <summary><c>repeat</c>: does this library's work of one row again and again, so that a profiler sees nothing else.</summary>
internal static class RepeatCommand
{
    /// <summary>Runs the command and returns its exit code.</summary>
    public static int Run(string[] arguments)
    {
        var row = new Argument<string>("row") { Description = "The row, as compare calls it." };
        row.AcceptOnlyFromAmong([.. ComparisonRows.All.Where(row => row.Work is not null).Select(row => row.Name)]);
        var threads = new Option<int>("--threads") { Description = "Threads to work with.", DefaultValueFactory = _ => 1 };
        var seconds = new Option<int>("--seconds") { Description = "How long.", DefaultValueFactory = _ => 10 };
        var command = new RootCommand("Repeats one row's work, for a profiler.") { row, threads, seconds };
        command.SetAction(parsed => Repeat(
            ComparisonRows.All.Single(found => found.Name == parsed.GetValue(row)),
            parsed.GetValue(threads),
            parsed.GetValue(seconds)));
        return command.Parse(arguments).Invoke();
    }

    private static void Repeat(ComparisonRow row, int threads, int seconds)
    {
        using var own = new OwnContender(threads, allThreads: true);
        var fastest = double.PositiveInfinity;
        var until = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < until)
            fastest = Math.Min(fastest, own.Measure(row).Seconds);
        Console.WriteLine($"{row.Name}: {Quantity.Time(fastest)}, the fastest round");
    }
}
