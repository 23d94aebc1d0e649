using System.Diagnostics;
using System.Globalization;

namespace LstmDsl.GpuCheck;

/// <summary>
/// Runs a phase in processes of its own, until its time is up. One that dies or falls silent loses the case that it was at, and another goes
/// on behind it.
/// </summary>
/// <param name="result">Takes what the phase finds.</param>
/// <param name="device">The device.</param>
/// <param name="slowness">How many times as patient to be as usual.</param>
internal sealed class PhaseProcess(PhaseResult result, string device, double slowness)
{
    private const int LinesOfError = 6;

    // A process that computed so long, in seconds, while it said nothing is at work: compiling kernels, say, on a processor that others share.
    private const double AtWork = 0.1;

    // How often somebody who watches hears of a case that takes long, in seconds.
    private const int Watch = 15;

    private static readonly TimeSpan EndOfProcess = TimeSpan.FromSeconds(5);

    private string? underWay;

    /// <summary>Runs the phase.</summary>
    /// <param name="allowed">How long it may take.</param>
    /// <param name="changed">Called whenever there is something new.</param>
    public void Run(TimeSpan allowed, Action changed)
    {
        var clock = Stopwatch.StartNew();
        var before = -1;
        // Another process only where the last one came further.
        while (clock.Elapsed < allowed && result.Ran.Count > before && (before < 0 || result.OutOfTime.Count > 0))
        {
            before = result.Ran.Count;
            RunOnce(clock, allowed, changed);
            result.Seconds = clock.Elapsed.TotalSeconds;
        }
    }

    private void RunOnce(Stopwatch clock, TimeSpan allowed, Action changed)
    {
        using var folder = new Tests.TemporaryFolder();
        using var process = Process.Start(StartInfo(folder.Path, allowed - clock.Elapsed))!;
        var errors = new Queue<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
            {
                errors.Enqueue(line.Data ?? "");
                if (errors.Count > LinesOfError)
                    errors.Dequeue();
            }
        };
        process.BeginErrorReadLine();
        underWay = null;
        var end = Listen(process, clock, allowed, changed);
        if (end is not null)
            process.Kill(entireProcessTree: true);
        // A driver may keep it.
        var hasExited = process.WaitForExit(EndOfProcess);
        AddParity(folder.Path);
        if (end is null && hasExited && process.ExitCode is not 0 and not PhaseCommand.DeviceFailed)
        {
            lock (errors)
                end = string.Join("\n", errors.Prepend($"its process ended with {process.ExitCode}").Where(line => line.Length > 0));
        }

        if (end is null)
            return;
        // Time that is up is no fault of the case; whatever else happened is.
        if (underWay is not null && clock.Elapsed < allowed)
            result.Ran.Add(new(underWay, 0, end));
        else
            result.Ends.Add(underWay is null ? end : $"{end}, at {underWay}");
    }

    /// <summary>Takes what the process says; returns why it is to be killed, or null where it ended.</summary>
    private string? Listen(Process process, Stopwatch clock, TimeSpan allowed, Action changed)
    {
        var patience = TimeSpan.FromSeconds(result.Phase.Patience * slowness);
        var (heard, computed, watched) = (clock.Elapsed, Computed(process), clock.Elapsed);
        var pending = process.StandardOutput.ReadLineAsync();
        while (clock.Elapsed < allowed)
        {
            if (pending.Wait(TimeSpan.FromSeconds(1)))
            {
                if (pending.Result is not { } line)
                    return null;
                pending = process.StandardOutput.ReadLineAsync();
                if (PhaseMessage.FromLine(line) is not { } message)
                    continue;
                Take(message);
                result.Seconds = clock.Elapsed.TotalSeconds;
                changed();
                (heard, computed, watched) = (clock.Elapsed, Computed(process), clock.Elapsed);
                continue;
            }

            if (clock.Elapsed - watched > TimeSpan.FromSeconds(Watch))
            {
                watched = clock.Elapsed;
                Say($"{(watched - heard).TotalSeconds:0} s at {underWay ?? "its beginning"}");
            }

            if (clock.Elapsed - heard < patience)
                continue;
            if (Computed(process) - computed < AtWork)
                return string.Create(CultureInfo.InvariantCulture, $"silent and idle for {patience.TotalSeconds:0} s");
            (heard, computed) = (clock.Elapsed, Computed(process));
        }

        return string.Create(CultureInfo.InvariantCulture, $"its time of {allowed.TotalSeconds:0} s was up");
    }

    private static double Computed(Process process)
    {
        process.Refresh();
        return process.HasExited ? 0 : process.TotalProcessorTime.TotalSeconds;
    }

    private static void Say(FormattableString text) => Console.WriteLine("  " + text.ToString(CultureInfo.InvariantCulture));

    private void Take(PhaseMessage message)
    {
        switch (message.Kind)
        {
            case MessageKind.Begin:
                underWay = message.Name;
                break;
            case MessageKind.Case:
                result.Ran.Add(new(message.Name, message.Seconds, message.Text));
                underWay = null;
                var outcome = message.Text is null ? "" : " FAILED";
                Say($"{result.Ran.Count} of {result.Cases.Count}, {message.Seconds:0.0} s: {message.Name}{outcome}");
                break;
            case MessageKind.Fact:
                // A process that goes on behind another says them again.
                var fact = new Fact(message.Name, message.Text ?? "");
                if (!result.Facts.Contains(fact))
                    result.Facts.Add(fact);
                break;
            case MessageKind.Progress:
                Say($"{message.Text}");
                break;
            case MessageKind.Row when message.Row is { } row:
                result.Rows.Add(row);
                break;
        }
    }

    private ProcessStartInfo StartInfo(string reports, TimeSpan allowed)
    {
        var skip = result.Ran.Count.ToString(CultureInfo.InvariantCulture);
        var seconds = allowed.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        string[] arguments = [typeof(PhaseProcess).Assembly.Location, "phase", result.Phase.Name, device, skip, seconds];
        return new(Environment.ProcessPath!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LSTMDSL_PARITY_REPORT"] = reports },
        };
    }

    // Two lines of head, then a line a group.
    private void AddParity(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.md"))
            result.Parity.AddRange(File.ReadAllLines(file).Skip(2));
    }
}
