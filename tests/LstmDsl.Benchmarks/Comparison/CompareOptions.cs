using System.CommandLine;

namespace LstmDsl.Benchmarks;

/// <summary>What the command line asks of a comparison.</summary>
internal sealed class CompareOptions
{
    private readonly Option<string[]> rows = new("--rows")
    {
        Description = "Rows to measure; all of them if not given. There are: "
            + string.Join(", ", ComparisonRows.All.Select(row => row.Name)) + ".",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> peers = new("--peers")
    {
        Description = $"Peers to look for: {string.Join(", ", Peer.All.Select(peer => peer.Key))}, or none; all of them if not given.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> rounds = new("--rounds")
    {
        Description = "Rounds of each row.",
        DefaultValueFactory = _ => 9,
    };

    private readonly Option<int[]> threads = new("--threads")
    {
        Description = "Numbers of threads to measure; one and all if not given.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> devices = new("--devices")
    {
        Description = "Devices to measure beside the CPU: cuda:0, opencl:0; none if not given.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> against = new("--against")
    {
        Description = "Another commit of this repository, whose library is built beside and measured as a peer.",
    };

    private readonly Option<string> output = new("--output")
    {
        Description = "The folder that takes the report, named after the processor, as Markdown and JSON.",
        DefaultValueFactory = _ => Path.Combine("artifacts", "benchmarks"),
    };

    private readonly ParseResult parsed;

    private CompareOptions(string[] arguments)
    {
        rows.AcceptOnlyFromAmong([.. ComparisonRows.All.Select(row => row.Name)]);
        peers.AcceptOnlyFromAmong([.. Peer.All.Select(peer => peer.Key), "none"]);
        rounds.Validators.Add(result => RequirePositive(result, [result.GetValueOrDefault<int>()]));
        threads.Validators.Add(result => RequirePositive(result, result.GetValueOrDefault<int[]>() ?? []));
        parsed = new RootCommand("Measures this library beside every other one that is found here, in alternating rounds.")
        {
            rows, peers, rounds, threads, devices, against, output,
        }.Parse(arguments);
    }

    public IReadOnlyList<ComparisonRow> Rows =>
        parsed.GetValue(rows) is { Length: > 0 } names
            ? [.. ComparisonRows.All.Where(row => names.Contains(row.Name))]
            : ComparisonRows.All;

    public IReadOnlyList<Peer> Peers =>
        parsed.GetValue(peers) is { Length: > 0 } keys ? [.. Peer.All.Where(peer => keys.Contains(peer.Key))] : Peer.All;

    public int Rounds => parsed.GetValue(rounds);

    /// <summary>In ascending order, each once.</summary>
    public IReadOnlyList<int> Threads =>
        [.. (parsed.GetValue(threads) is { Length: > 0 } asked ? asked : [1, Environment.ProcessorCount]).Distinct().Order()];

    /// <summary>Devices beside the CPU.</summary>
    public IReadOnlyList<IlgpuDevice> Devices => [.. (parsed.GetValue(devices) ?? []).Select(IlgpuDevice.Find).OfType<IlgpuDevice>()];

    /// <summary>A commit to compare with; null for none.</summary>
    public string? Against => parsed.GetValue(against);

    public string Output => parsed.GetValue(output)!;

    /// <summary>The options; null where there is nothing to run, because help was asked for or the command line is wrong.</summary>
    public static CompareOptions? Parse(string[] arguments, out int exitCode)
    {
        var options = new CompareOptions(arguments);
        var runs = options.parsed.Action is null && options.parsed.Errors.Count == 0;
        exitCode = runs ? 0 : options.parsed.Invoke();
        return runs ? options : null;
    }

    private static void RequirePositive(System.CommandLine.Parsing.OptionResult result, int[] numbers)
    {
        if (numbers.Any(number => number < 1))
            result.AddError($"{result.Option.Name} takes numbers from 1 on.");
    }
}
