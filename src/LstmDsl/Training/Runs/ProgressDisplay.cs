using System.Globalization;

namespace LstmDsl;

/// <summary>
/// Shows how training comes along, as Keras does. Verbose 1 on a terminal draws a bar that it overwrites; anywhere else, and with verbose 2,
/// an epoch is one plain line when it is over; verbose 0 shows nothing.
/// </summary>
/// <param name="output">Where to write.</param>
/// <param name="isTerminal">Whether a carriage return goes back to the line's start there.</param>
/// <param name="width">Characters in a line of the terminal.</param>
/// <param name="time">The clock.</param>
/// <param name="verbose">Keras's <c>verbose</c>.</param>
/// <param name="names">The names of the logs, in their order.</param>
internal sealed class ProgressDisplay(
    TextWriter output, bool isTerminal, int width, TimeProvider time, int verbose, IReadOnlyList<string> names)
{
    private const int BarWidth = 20;
    private const int RedrawsPerSecond = 20;
    private readonly bool draws = verbose == 1 && isTerminal;
    private readonly bool hasLines = CanShow(output, "━─");
    private readonly long redrawTicks = time.TimestampFrequency / RedrawsPerSecond;
    private string title = "";
    private int batches;
    private long begun;
    private long? firstBatchEnded;
    private long nextRedraw;
    private int drawnLength;

    /// <summary>A display on the console, whose output may have been redirected.</summary>
    public static ProgressDisplay ForConsole(int verbose, IReadOnlyList<string> names)
    {
        var isTerminal = !Console.IsOutputRedirected;
        // A terminal that does not tell its width has the usual one.
        var width = isTerminal ? Console.WindowWidth : 0;
        return new(Console.Out, isTerminal, width > 0 ? width : 80, TimeProvider.System, verbose, names);
    }

    /// <summary>Begins an epoch.</summary>
    /// <param name="epoch">Its index, from 0.</param>
    /// <param name="epochs">Index past the last epoch.</param>
    /// <param name="batchesPerEpoch">Number of its batches.</param>
    public void EpochBegin(int epoch, int epochs, int batchesPerEpoch)
    {
        title = string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch + 1}/{epochs}");
        batches = batchesPerEpoch;
        begun = time.GetTimestamp();
        firstBatchEnded = null;
        nextRedraw = 0;
        drawnLength = 0;
        if (draws) output.Write(title + "\n");
    }

    /// <summary>Whether the bar should be drawn anew; only then are the logs worth computing. Call it after every batch.</summary>
    /// <param name="done">Batches done in this epoch.</param>
    public bool IsDue(int done)
    {
        if (verbose == 0) return false;
        if (done > 1 && !draws) return false;
        var now = time.GetTimestamp();
        if (done == 1) firstBatchEnded = now;
        return draws && now >= nextRedraw;
    }

    /// <summary>Draws the bar anew.</summary>
    /// <param name="done">Batches done in this epoch.</param>
    /// <param name="logs">The running means.</param>
    public void Batch(int done, IReadOnlyDictionary<string, double> logs)
    {
        var now = time.GetTimestamp();
        nextRedraw = now + redrawTicks;
        var perBatch = SecondsPerBatch(done, now);
        // A line that wraps could not be overwritten, and half a number would be another one.
        var line = Lines($"{Bar(done)} {Remaining(perBatch * (batches - done))} {PerStep(perBatch)}", logs)[0];
        Overwrite(line.Length < width ? line : line[..Math.Max(width - 1, 0)]);
        output.Flush();
    }

    /// <summary>Ends an epoch: the last look of the bar, or the epoch's line.</summary>
    /// <param name="done">Batches done; fewer than announced where the data ran out.</param>
    /// <param name="logs">Everything, validation included.</param>
    public void EpochEnd(int done, IReadOnlyDictionary<string, double> logs)
    {
        if (verbose == 0) return;
        var now = time.GetTimestamp();
        var elapsed = string.Create(CultureInfo.InvariantCulture, $"{Seconds(now - begun):F0}s");
        var perStep = PerStep(SecondsPerBatch(done, now));
        if (draws)
        {
            var lines = Lines($"{Bar(done)} {elapsed} {perStep}", logs);
            Overwrite(lines[0]);
            output.Write('\n');
            foreach (var line in lines.Skip(1)) output.Write(line + "\n");
            drawnLength = 0;
        }
        else
        {
            output.Write($"{title} - {Count(done)} - {elapsed} - {perStep}{string.Concat(Values(logs))}\n");
        }

        output.Flush();
    }

    /// <summary>Leaves the bar as it is and goes to a new line, before somebody else writes or where an epoch does not end.</summary>
    public void BreakLine()
    {
        if (drawnLength == 0) return;
        output.Write('\n');
        output.Flush();
        drawnLength = 0;
    }

    private void Overwrite(string line)
    {
        output.Write('\r');
        output.Write(line.PadRight(drawnLength));
        drawnLength = line.Length;
    }

    private string Bar(int done)
    {
        var filled = batches == 0 ? BarWidth : Math.Min((int)((long)BarWidth * done / batches), BarWidth);
        var (full, empty) = hasLines ? ('━', '─') : ('=', '.');
        return $"{Count(done)} {new string(full, filled)}{new string(empty, BarWidth - filled)}";
    }

    private string Count(int done)
    {
        var total = batches.ToString(CultureInfo.InvariantCulture);
        return $"{done.ToString(CultureInfo.InvariantCulture).PadLeft(total.Length)}/{total}";
    }

    // Lines that fit the terminal, broken between values: a line that the terminal breaks would be broken within one.
    private List<string> Lines(string beginning, IReadOnlyDictionary<string, double> logs)
    {
        var lines = new List<string> { beginning };
        foreach (var value in Values(logs))
        {
            if (lines[^1].Length + value.Length < width) lines[^1] += value;
            else lines.Add(" " + value);
        }

        return lines;
    }

    private IEnumerable<string> Values(IReadOnlyDictionary<string, double> logs) =>
        from name in names
        where logs.ContainsKey(name)
        select $" - {name}: {PythonNumber.InProgressBar(logs[name])}";

    // The first batch also compiles and warms up, so it counts only while there is no other.
    private double SecondsPerBatch(int done, long now)
    {
        if (done == 0) return 0;
        return done > 1 && firstBatchEnded is { } first ? Seconds(now - first) / (done - 1) : Seconds(now - begun) / done;
    }

    private double Seconds(long ticks) => (double)ticks / time.TimestampFrequency;

    private static string Remaining(double seconds)
    {
        var whole = (long)seconds;
        return seconds switch
        {
            > 3600 => string.Create(CultureInfo.InvariantCulture, $"{whole / 3600}:{whole % 3600 / 60:00}:{whole % 60:00}"),
            > 60 => string.Create(CultureInfo.InvariantCulture, $"{whole / 60}:{whole % 60:00}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{whole}s"),
        };
    }

    private static string PerStep(double seconds) => seconds switch
    {
        0 or >= 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F0}s/step"),
        >= 1e-3 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:F0}ms/step"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:F0}us/step"),
    };

    private static bool CanShow(TextWriter output, string text)
    {
        var encoding = output.Encoding;
        return encoding.GetString(encoding.GetBytes(text)) == text;
    }
}
