using LstmDsl.Benchmarks;
using LstmDsl.Tests;

namespace LstmDsl.GpuCheck;

/// <summary>Rows of the comparison: the device beside the CPU's kernels, and beside PyTorch where Python has it.</summary>
internal static class SpeedRows
{
    private const int Rounds = 5;

    /// <summary>Below so many operations more than one thread may be slower than one.</summary>
    private const double Small = 1e9;

    // Small ones first: they are many users' size, and a slow device gets through some of them.
    private static readonly string[] Names =
    [
        "lstm20-step", "lstm40-epoch", "lstm32-step", "lstm128-step", "lstm512-step", "lstm32-predict", "lstm128-predict", "lstm512-predict",
        "rnn40-epoch", "gru128-step", "deep-lstm128-step", "bidirectional-lstm128-step", "long-lstm64-step",
    ];

    /// <summary>Measures the rows, and says each.</summary>
    public static void Run(string device, int skip, Action<PhaseMessage> say)
    {
        say(new(MessageKind.Count) { Count = Names.Length });
        var contenders = new List<Contender> { new OwnContender(Environment.ProcessorCount, allThreads: true) };
        if (IlgpuDevice.Find(device) is IlgpuDevice found)
            contenders.Add(new OwnContender(found));
        contenders.AddRange(Peers(device, say));
        using var oneThread = new OwnContender(threads: 1, allThreads: false);
        try
        {
            foreach (var name in Names.Skip(skip))
            {
                say(new(MessageKind.Begin) { Name = name });
                var row = ComparisonRows.All.Single(row => row.Name == name);
                var rounds = new AlternatingRounds(row.Operations < Small ? [.. contenders, oneThread] : contenders, Rounds, Console.Error);
                var result = rounds.Measure(row);
                say(new(MessageKind.Row) { Name = name, Row = new(name, row.Title, row.Operations, result.Contenders) });
                say(new(MessageKind.Case) { Name = name, Text = rounds.Failures.Count == 0 ? null : string.Join("\n", rounds.Failures) });
            }
        }
        finally
        {
            foreach (var contender in contenders)
                contender.Dispose();
        }
    }

    // On CUDA PyTorch computes there too, with cuDNN: eagerly, as a graph, and as a graph with the shorter products that it takes by default.
    private static List<Contender> Peers(string device, Action<PhaseMessage> say)
    {
        string[] modes = device.StartsWith("cuda", StringComparison.Ordinal) ? [device, $"{device}/graph", $"{device}/graph/tf32"] : ["cpu"];
        var threads = modes is ["cpu"] ? Environment.ProcessorCount : 1;
        var script = Path.Combine(AppContext.BaseDirectory, "Peers", "torch_peer.py");
        var problem = "no python3 on the path";
        foreach (var python in Tools.Find("LSTMDSL_PYTHON", "python3"))
        {
            // Each takes seconds to start, so all at once.
            var starts = modes.Select(mode => Task.Run(() => (
                Peer: PeerContender.TryStart(new PeerCommand(python, [script, mode]), threads, out var reason), Problem: reason))).ToArray();
            var answers = Task.WhenAll(starts).GetAwaiter().GetResult();
            foreach (var (mode, answer) in modes.Zip(answers).Where(pair => pair.Second.Peer is null))
                problem = $"{mode}: {answer.Problem}";
            List<Contender> peers = [.. answers.Select(answer => answer.Peer).OfType<Contender>()];
            if (peers.Count == 0)
                continue;
            if (peers.Count < modes.Length)
                say(new(MessageKind.Fact) { Name = "PyTorch", Text = $"in part: {problem}" });
            return peers;
        }

        say(new(MessageKind.Fact) { Name = "PyTorch", Text = $"not measured: {problem}" });
        return [];
    }
}
