using System.Diagnostics;
using System.Text;
using LstmDsl.Benchmarks;
using LstmDsl.Tests;

namespace LstmDsl.GpuCheck;

/// <summary>Rows of the comparison: the device beside the CPU's kernels, and beside PyTorch where Python has it.</summary>
internal static class SpeedRows
{
    private const int Rounds = 5;

    /// <summary>A slow row begins no further round once it has had this part of the time, so that others come to their turn.</summary>
    private const double ShareOfRow = 0.2;

    /// <summary>What saying a row may take, in seconds, before the time is up.</summary>
    private const double Margin = 3;

    /// <summary>Below so many operations more than one thread may be slower than one.</summary>
    private const double Small = 1e9;

    /// <summary>Small ones first: they are many users' size, and a slow device gets through some of them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "lstm20-step", "lstm40-epoch", "lstm32-step", "lstm128-step", "lstm512-step", "lstm32-predict", "lstm128-predict", "lstm512-predict",
        "rnn40-epoch", "gru128-step", "deep-lstm128-step", "bidirectional-lstm128-step", "long-lstm64-step",
    ];

    /// <summary>Measures the rows, and says each.</summary>
    public static void Run(string device, int skip, TimeSpan allowed, Action<PhaseMessage> say)
    {
        var clock = Stopwatch.StartNew();
        var contenders = new List<Contender> { new OwnContender(Environment.ProcessorCount, allThreads: true) };
        if (IlgpuDevice.Find(device) is IlgpuDevice found)
        {
            contenders.Add(new OwnContender(found));
            if (IsCuda(device))
                contenders.Add(new OwnContender(found.In(MatrixPrecision.TensorFloat32)));
        }

        contenders.AddRange(Peers(device, say));
        using var progress = new ProgressWriter(line => say(new(MessageKind.Progress) { Text = line }));
        using var oneThread = new OwnContender(threads: 1, allThreads: false);
        try
        {
            foreach (var name in Names.Skip(skip))
            {
                say(new(MessageKind.Begin) { Name = name });
                var row = ComparisonRows.All.Single(row => row.Name == name);
                var end = Math.Min((allowed.TotalSeconds * ShareOfRow) + clock.Elapsed.TotalSeconds, allowed.TotalSeconds - Margin);
                var rounds = new AlternatingRounds(
                    row.Operations < Small ? [.. contenders, oneThread] : contenders, Rounds, progress, () => clock.Elapsed.TotalSeconds > end);
                var begun = Stopwatch.GetTimestamp();
                var result = rounds.Measure(row);
                say(new(MessageKind.Row) { Name = name, Row = new(name, row.Title, row.Operations, result.Contenders) });
                var problem = rounds.Failures.Count == 0 ? null : string.Join("\n", rounds.Failures);
                say(new(MessageKind.Case) { Name = name, Seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds, Text = problem });
            }
        }
        finally
        {
            foreach (var contender in contenders)
                contender.Dispose();
        }
    }

    private static bool IsCuda(string device) => device.StartsWith("cuda", StringComparison.Ordinal);

    // On CUDA PyTorch computes there too, with cuDNN: eagerly, as a graph, and as a graph with the shorter products that it takes by default.
    private static List<Contender> Peers(string device, Action<PhaseMessage> say)
    {
        string[] modes = IsCuda(device) ? [device, $"{device}/graph", $"{device}/graph/tf32"] : ["cpu"];
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

    /// <summary>Hands over what is written, line by line.</summary>
    private sealed class ProgressWriter(Action<string> take) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value) => take(value ?? "");
    }
}
