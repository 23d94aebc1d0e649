using System.Globalization;
using System.Text;
using LstmDsl.Benchmarks;

namespace LstmDsl.GpuCheck;

/// <summary>The check as a page to read.</summary>
internal static class CheckPage
{
    /// <summary>The page.</summary>
    public static string Write(CheckReport report)
    {
        var page = new StringBuilder();
        Line(page, $"# {report.Device}: {report.Verdict}");
        Line(page);
        Line(page, FormattableString.Invariant($"LstmDsl {report.Version}, {report.Begun:yyyy-MM-dd HH:mm} UTC."));
        Line(page);
        WritePhases(page, report);
        WriteSpeed(page, report);
        WriteFacts(page, report);
        WriteParity(page, report);
        WriteFailures(page, report);
        WriteOutOfTime(page, report);
        return page.ToString();
    }

    private static void WritePhases(StringBuilder page, CheckReport report)
    {
        Head(page, "phase", "what", "passed", "failed", "out of time", "seconds", "");
        foreach (var result in report.Phases)
        {
            var failed = result.Failed.Count();
            Row(page, result.Phase.Name, result.Phase.Title, Number(result.Ran.Count - failed), Number(failed), Number(result.OutOfTime.Count),
                Number((int)result.Seconds), string.Join("; ", result.Ends));
        }

        Line(page);
    }

    /// <summary>Medians; in brackets how many times as long as the device each takes.</summary>
    private static void WriteSpeed(StringBuilder page, CheckReport report)
    {
        var rows = report.Phases.SelectMany(result => result.Rows).ToList();
        if (rows.Count == 0)
            return;
        var own = OwnContender.LibraryName;
        var device = rows.SelectMany(row => row.Contenders).Select(contender => contender.Name)
            .FirstOrDefault(name => name.StartsWith(own + " on ", StringComparison.Ordinal));
        string[] others = [.. rows.SelectMany(row => row.Contenders).Select(contender => contender.Name).Where(name => name != device).Distinct()];
        Line(page, "## Speed");
        Line(page);
        Line(page, $"Medians, {own} with the better of one and all threads; in brackets how many times as long as on the device.");
        Line(page);
        Head(page, ["work", device ?? "no device", "GFLOP/s", .. others.Select(name => name == own ? own + " on the CPU" : name)]);
        foreach (var row in rows)
        {
            var onDevice = Best(row, device);
            Row(page,
            [
                row.Title,
                onDevice is null ? "" : Quantity.Time(onDevice.Median),
                onDevice is null ? "" : Quantity.Digits(row.Operations / onDevice.Median / 1e9),
                .. others.Select(name => Best(row, name) is { } other ? Quantity.Time(other.Median) + Ratio(other, onDevice) : ""),
            ]);
        }

        Line(page);
    }

    private static void WriteFacts(StringBuilder page, CheckReport report)
    {
        Line(page, "## Where");
        Line(page);
        Head(page, "", "");
        foreach (var (name, text) in report.Phases.SelectMany(result => result.Facts))
            Row(page, name, text);
        Line(page);
    }

    private static void WriteParity(StringBuilder page, CheckReport report)
    {
        var lines = report.Phases.SelectMany(result => result.Parity).ToList();
        if (lines.Count == 0)
            return;
        Line(page, "## How close to Keras");
        Line(page);
        Head(page, "group", "cases", "backend", "largest error", "in", "largest over Keras's float32 error", "in");
        foreach (var line in lines)
            Line(page, line);
        Line(page);
    }

    private static void WriteFailures(StringBuilder page, CheckReport report)
    {
        var failed = report.Phases.SelectMany(result => result.Failed).ToList();
        if (failed.Count == 0)
            return;
        Line(page, "## What failed");
        Line(page);
        foreach (var one in failed)
        {
            Line(page, $"### {one.Name}");
            Line(page);
            Line(page, "```");
            Line(page, one.Problem!.TrimEnd());
            Line(page, "```");
            Line(page);
        }
    }

    private static void WriteOutOfTime(StringBuilder page, CheckReport report)
    {
        var phases = report.Phases.Where(result => result.OutOfTime.Count > 0).ToList();
        if (phases.Count == 0)
            return;
        Line(page, "## What was out of time");
        Line(page);
        foreach (var result in phases)
        {
            Line(page, $"- {result.Phase.Name}: {string.Join("; ", result.OutOfTime)}");
        }

        Line(page);
    }

    private static ContenderResult? Best(MeasuredRow row, string? name) =>
        row.Contenders.Where(contender => contender.Name == name).MinBy(contender => contender.Median);

    private static string Ratio(ContenderResult other, ContenderResult? device) =>
        device is null ? "" : $" ({Quantity.Digits(other.Against(device))}×)";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Head(StringBuilder page, params string[] heads)
    {
        Row(page, heads);
        Row(page, [.. heads.Select(_ => "---")]);
    }

    private static void Row(StringBuilder page, params string[] cells) => Line(
        page, $"| {string.Join(" | ", cells.Select(cell => cell.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal)))} |");

    private static void Line(StringBuilder page, string text = "") => page.Append(text).Append('\n');
}
