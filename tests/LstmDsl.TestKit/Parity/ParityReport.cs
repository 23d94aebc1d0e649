using System.Globalization;
using System.Text;

namespace LstmDsl.Tests;

/// <summary>
/// How close the comparisons with Keras came. Where the environment variable <c>LSTMDSL_PARITY_REPORT</c> names a folder, a run of tests
/// leaves a table there, in a file of its assembly's name: <c>LSTMDSL_PARITY_REPORT=$PWD/report dotnet test</c>. A row is
/// what a group's cases came to on one backend: the largest relative error, and for floats the largest over the error that Keras's own
/// float32 made in the same case (<see cref="ParityCase.Float32Error"/>). Without the variable nothing is kept.
/// </summary>
internal sealed class ParityReport
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("LSTMDSL_PARITY_REPORT");

    private static readonly ParityReport OfThisRun = new();

    private readonly SortedDictionary<(string Group, string Backend), Row> rows = [];

    /// <summary>The assembly whose tests run.</summary>
    private static string? Suite => AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name)
        .First(name => name!.StartsWith("LstmDsl.", StringComparison.Ordinal) && name.EndsWith(".Tests", StringComparison.Ordinal));

    /// <summary>
    /// Writes down the error of a comparison, or that a case without a measured error agreed. The table is written each time: test runners
    /// kill their process a tenth of a second after the last test, which may be too soon for anything left to its exit.
    /// </summary>
    public static void Record(ParityCase parity, double? error = null)
    {
        if (string.IsNullOrEmpty(Folder))
            return;
        lock (OfThisRun)
        {
            OfThisRun.Add(parity, error);
            Directory.CreateDirectory(Folder);
            File.WriteAllText(Path.Combine(Folder, $"{Suite}.md"), OfThisRun.ToString());
        }
    }

    /// <summary>Adds an error to its row; without one only the case is counted.</summary>
    public void Add(ParityCase parity, double? error)
    {
        var key = (parity.Group, parity.Backend);
        if (!rows.TryGetValue(key, out var row))
            rows.Add(key, row = new Row());
        row.Cases.Add(parity.Name);
        if (error is not { } measured)
            return;
        row.Largest = Larger(row.Largest, new(measured, parity.Name));
        if (parity.Float32Error is { } float32Error)
            row.LargestRatio = Larger(row.LargestRatio, new(measured / float32Error, parity.Name));
    }

    /// <summary>The table, as Markdown.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("| group | cases | backend | largest error | in | largest over Keras's float32 error | in |\n");
        text.Append("| --- | ---: | --- | ---: | --- | ---: | --- |\n");
        foreach (var ((group, backend), row) in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {group} | {row.Cases.Count} | {backend} ");
            text.Append(CultureInfo.InvariantCulture, $"| {row.Largest?.Value:0.0e+00} | {row.Largest?.Case} ");
            text.Append(CultureInfo.InvariantCulture, $"| {row.LargestRatio?.Value:0.00} | {row.LargestRatio?.Case} |\n");
        }

        return text.ToString();
    }

    private static Extreme Larger(Extreme? one, Extreme other) => one is { } given && given.Value >= other.Value ? given : other;

    private readonly record struct Extreme(double Value, string Case);

    private sealed class Row
    {
        public HashSet<string> Cases { get; } = [];

        public Extreme? Largest { get; set; }

        public Extreme? LargestRatio { get; set; }
    }
}
