using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace LstmDsl.Benchmarks;

/// <summary>
/// Another library, in a process of its own that does what Peers/README.md says: it introduces itself in a line of JSON, then reads names
/// of rows and answers each with one measured round.
/// </summary>
internal sealed class PeerContender : Contender
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestRound = TimeSpan.FromMinutes(5);

    private readonly Process process;
    private readonly HashSet<string> rows;

    private PeerContender(Process process, JsonElement introduction, int threads)
        : base($"{introduction.GetProperty("peer").GetString()} {introduction.GetProperty("version").GetString()}", threads)
    {
        this.process = process;
        rows = [.. introduction.GetProperty("rows").EnumerateArray().Select(row => row.GetString()!)];
    }

    /// <summary>Starts a peer.</summary>
    /// <param name="command">The command; the number of threads is added to it.</param>
    /// <param name="threads">Threads it may use.</param>
    /// <param name="problem">Why there is none: the last line it said, or the reason why it did not start.</param>
    /// <returns>The peer, or null.</returns>
    public static PeerContender? TryStart(PeerCommand command, int threads, out string problem)
    {
        Process? process = null;
        try
        {
            process = Process.Start(command.ToStartInfo(threads))!;
            var errors = process.StandardError.ReadToEndAsync();
            if (ReadLine(process, LongestStart) is { } line)
            {
                problem = "";
                return new(process, JsonDocument.Parse(line).RootElement, threads);
            }

            problem = errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., var last]
                ? last
                : "it ended without a word";
        }
        catch (Exception failure) when (failure is Win32Exception or JsonException or KeyNotFoundException or TimeoutException)
        {
            problem = failure.Message;
            process?.Kill(entireProcessTree: true);
        }

        process?.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public override bool Runs(ComparisonRow row) => rows.Contains(row.Name) && (row.Threads != RowThreads.One || Threads == 1);

    /// <inheritdoc/>
    public override Measurement Measure(ComparisonRow row)
    {
        process.StandardInput.WriteLine(row.Name);
        process.StandardInput.Flush();
        var line = ReadLine(process, LongestRound) ?? throw new InvalidOperationException("the peer ended");
        var answer = JsonDocument.Parse(line).RootElement;
        if (answer.TryGetProperty("error", out var error))
            throw new InvalidOperationException(error.GetString());
        return new(
            answer.GetProperty("seconds").GetDouble(),
            answer.TryGetProperty("peakBytes", out var peak) ? peak.GetInt64() : null);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // The end of its input ends a peer; one that hangs is ended.
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(2)))
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static string? ReadLine(Process process, TimeSpan patience)
    {
        using var tooLong = new CancellationTokenSource(patience);
        try
        {
            return process.StandardOutput.ReadLineAsync(tooLong.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no answer within {patience.TotalSeconds:0} s");
        }
    }
}
