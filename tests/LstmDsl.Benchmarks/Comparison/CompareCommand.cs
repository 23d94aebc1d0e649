namespace LstmDsl.Benchmarks;

/// <summary>
/// <c>compare</c>: measures the machine's peak, then this library beside the peers that are found, row by row in alternating rounds, and
/// prints and writes what came out.
/// </summary>
internal static class CompareCommand
{
    /// <summary>Runs the command and returns its exit code.</summary>
    public static int Run(string[] arguments)
    {
        Console.OutputEncoding = System.Text.Encoding.UTF8;
        if (CompareOptions.Parse(arguments, out var exitCode) is not { } options)
            return exitCode;

        var load = Machine.LoadAverage();
        var contenders = new List<Contender>(options.Threads.Select(threads => new OwnContender(threads, threads == options.Threads[^1])));
        contenders.AddRange(options.Devices.Select(device => new OwnContender(device)));
        try
        {
            var absent = StartPeers(options, contenders);
            var rounds = new AlternatingRounds(contenders, options.Rounds, Console.Out);
            var rows = new List<RowResult>();
            var peaks = options.Threads.Select(MachinePeak.Measure).ToArray();
            foreach (var row in options.Rows)
            {
                if (rounds.Measure(row) is { Contenders.Count: > 0 } result)
                    rows.Add(result);
                // Whatever else the machine does hides its peak; between rows there is another chance to see it.
                peaks = [.. peaks.Select(peak => peak.LookAgain())];
            }

            Publish(
                new ComparisonReport(
                    Machine.Current(),
                    load,
                    DateTimeOffset.Now,
                    options.Rounds,
                    peaks,
                    [.. contenders.Select(contender => contender.Name).Distinct()],
                    absent,
                    rounds.Failures,
                    rows),
                options.Output);
            return rounds.Failures.Count == 0 ? 0 : 1;
        }
        finally
        {
            foreach (var contender in contenders)
                contender.Dispose();
        }
    }

    private static List<string> StartPeers(CompareOptions options, List<Contender> contenders)
    {
        var absent = new List<string>();
        Peer[] commit = options.Against is { } against ? [EarlierCommit.Build(against, Console.Out)] : [];
        foreach (var peer in options.Peers.Concat(commit))
        {
            var started = peer.Start(options.Threads, out var problem);
            contenders.AddRange(started);
            if (started.Count == 0)
                absent.Add($"{peer.Name} ({problem}): {peer.HowToGet}");
            Console.WriteLine(started.Count == 0 ? $"absent: {absent[^1]}" : $"found: {started[0].Name}");
        }

        return absent;
    }

    private static void Publish(ComparisonReport report, string folder)
    {
        var page = MarkdownReport.Write(report);
        Console.WriteLine();
        Console.WriteLine(page);
        Directory.CreateDirectory(folder);
        var path = Path.GetFullPath(Path.Combine(folder, report.Machine.FileName));
        File.WriteAllText(path + ".md", page);
        File.WriteAllText(path + ".json", JsonReport.Write(report));
        Console.WriteLine($"{path}.md");
        Console.WriteLine($"{path}.json");
    }
}
