using System.Text.Encodings.Web;
using System.Text.Json;

namespace LstmDsl.Benchmarks;

/// <summary>A comparison for programs: every round of every contender, in seconds.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text.</summary>
    public static string Write(ComparisonReport report) => JsonSerializer.Serialize(
        new
        {
            report.Machine,
            report.Load,
            report.Date,
            report.Rounds,
            report.Peaks,
            report.Present,
            report.Absent,
            report.Failures,
            Rows = report.Rows.Select(result => new
            {
                result.Row.Name,
                result.Row.Title,
                result.Row.Operations,
                AgainstLstm = report.AgainstLstm(result),
                Contenders = result.Contenders.Select(contender => new
                {
                    contender.Name,
                    contender.Threads,
                    contender.Median,
                    contender.LowerQuartile,
                    contender.UpperQuartile,
                    contender.Fastest,
                    contender.PeakBytes,
                    OperationsPerSecond = ComparisonReport.Speed(result.Row, contender),
                    ShareOfPeak = report.ShareOfPeak(result.Row, contender),
                    Ratio = result.Own is { } own ? contender.Against(own) : (double?)null,
                    contender.Seconds,
                }),
            }),
        },
        Options) + "\n";
}
