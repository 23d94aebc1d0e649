using System.Globalization;
using System.Text;

namespace LstmDsl.Benchmarks;

/// <summary>A comparison as a page to read.</summary>
internal static class MarkdownReport
{
    private const string Nothing = "";

    /// <summary>The page.</summary>
    public static string Write(ComparisonReport report)
    {
        var page = new StringBuilder();
        WriteHead(page, report);
        WriteRatios(page, report);
        WriteDetails(page, report);
        return page.ToString();
    }

    private static void WriteHead(StringBuilder page, ComparisonReport report)
    {
        var machine = report.Machine;
        Line(page, $"# {machine.Processor}");
        Line(page);
        Line(page, "Repeat it with `dotnet run -c Release --project tests/LstmDsl.Benchmarks -- compare`; [how it measures](README.md).");
        Line(page);
        Table(page, ["", ""]);
        Row(page, "date", report.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Row(page, "cores", machine.Cores);
        Row(page, "system", $"{machine.OperatingSystem}, {machine.Runtime}");
        Row(page, "vectors", $"{machine.VectorBits} bits");
        Row(page, "load average", report.Load?.ToString() ?? "the system does not say");
        Row(page, "rounds", report.Rounds.ToString(CultureInfo.InvariantCulture));
        foreach (var peak in report.Peaks)
        {
            Row(page, $"peak of {Threads(peak.Threads)}",
                $"{Quantity.Digits(peak.OperationsPerSecond / 1e9)} GFLOP/s, "
                + $"{Quantity.Digits(peak.BytesReadPerSecond / 1e9)} GB/s read from memory");
        }

        Line(page);
        Line(page, $"Measured: {string.Join(", ", report.Present)}.");
        foreach (var absent in report.Absent)
            Line(page, $"- absent: {absent}");
        foreach (var failure in report.Failures)
            Line(page, $"- failed: {failure}");
        Line(page);
    }

    /// <summary>Each contender with its best number of threads; in brackets how many times as long as this library a peer takes.</summary>
    private static void WriteRatios(StringBuilder page, ComparisonReport report)
    {
        var own = OwnContender.LibraryName;
        string[] peers = [.. report.Present.Where(name => name != own)];
        Line(page, $"## Side by side");
        Line(page);
        Line(page, "Medians with the best number of threads of each; in brackets how many times as long as LstmDsl it takes. "
            + "Per operation: the fastest round's time for a floating-point operation against that of the LSTM of the same size.");
        Line(page);
        Table(page, ["work", own, "GFLOP/s", "of peak", "per operation", "all threads against one", .. peers]);
        foreach (var result in report.Rows)
        {
            var best = result.Own;
            Row(page,
            [
                result.Row.Title,
                best is null ? Nothing : Median(best),
                best is null ? Nothing : Speed(result.Row, best),
                best is null ? Nothing : Share(report, result.Row, best),
                report.AgainstLstm(result) is { } ratio ? $"{Quantity.Digits(ratio)}×" : Nothing,
                Scaling(result),
                .. peers.Select(peer => result.BestOf(peer) is { } other ? Median(other) + Ratio(other, best) : Nothing),
            ]);
        }

        Line(page);
    }

    private static void WriteDetails(StringBuilder page, ComparisonReport report)
    {
        Line(page, "## Every number of threads");
        Line(page);
        Table(page, ["row", "who", "threads", "median", "quartiles", "fastest", "GFLOP/s", "of peak"]);
        foreach (var result in report.Rows)
        {
            foreach (var contender in result.Contenders)
            {
                Row(page,
                    result.Row.Name,
                    contender.Name,
                    contender.Threads.ToString(CultureInfo.InvariantCulture),
                    Median(contender),
                    $"{Quantity.Time(contender.LowerQuartile)} … {Quantity.Time(contender.UpperQuartile)}",
                    Quantity.Time(contender.Fastest),
                    Speed(result.Row, contender),
                    Share(report, result.Row, contender));
            }
        }
    }

    private static string Median(ContenderResult result) =>
        Quantity.Time(result.Median) + (result.PeakBytes is { } bytes ? ", " + Quantity.Megabytes(bytes) : Nothing);

    private static string Ratio(ContenderResult other, ContenderResult? own) =>
        own is null ? Nothing : $" ({Quantity.Digits(other.Against(own))}×)";

    private static string Speed(ComparisonRow row, ContenderResult result) =>
        ComparisonReport.Speed(row, result) is { } speed ? Quantity.Digits(speed / 1e9) : Nothing;

    private static string Share(ComparisonReport report, ComparisonRow row, ContenderResult result) =>
        report.ShareOfPeak(row, result) is { } share ? Quantity.Percent(share) : Nothing;

    private static string Scaling(RowResult result)
    {
        var own = result.Contenders.Where(contender => contender.IsOwn).OrderBy(contender => contender.Threads).ToList();
        return own is [{ Threads: 1 } one, .., var all] ? $"{Quantity.Digits(one.Against(all))}×" : Nothing;
    }

    private static string Threads(int threads) => threads == 1 ? "1 thread" : $"{threads} threads";

    private static void Table(StringBuilder page, string[] heads)
    {
        Row(page, heads);
        Row(page, [.. heads.Select(_ => "---")]);
    }

    private static void Row(StringBuilder page, params string[] cells) => Line(page, $"| {string.Join(" | ", cells)} |");

    private static void Line(StringBuilder page, string text = "") => page.Append(text).Append('\n');
}
