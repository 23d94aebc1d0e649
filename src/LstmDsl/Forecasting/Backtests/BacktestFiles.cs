using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>A backtest as files.</summary>
internal static class BacktestFiles
{
    /// <summary>Writes errors by everything.</summary>
    public static void SaveErrors(BacktestResult result, string path) => Save(path, writer =>
    {
        ErrorColumn[] columns = [.. ErrorColumn.All(result.Errors(result.Targets[0]).Intervals)];
        writer.Write(Line(["target", "unit", "forecaster", "by", "key", "values", .. columns.Select(column => column.FileName)]));
        foreach (var target in result.Targets)
        {
            foreach (var forecaster in result.Forecasters)
            {
                foreach (var (by, row) in Rows(result, target, forecaster))
                {
                    writer.Write(Line([
                        target, row.Errors.Unit ?? "", forecaster, by, row.Name, row.Errors.Count.ToString(CultureInfo.InvariantCulture),
                        .. columns.Select(column => Exact(column.Value(row.Errors))),
                    ]));
                }
            }
        }
    });

    /// <summary>Writes forecasts.</summary>
    public static void SaveForecasts(BacktestResult result, string path) => Save(path, writer =>
    {
        var plan = result.Outcomes[0].Forecast.Plan;
        string[] outputs =
        [
            .. plan.Levels.Count == 0 ? ["forecast"] : plan.Levels.Select(level => "q" + level.ToString(CultureInfo.InvariantCulture)),
            .. plan.HasMean ? ["mean"] : Array.Empty<string>(),
        ];
        writer.Write(Line(["origin", "time", "step", "target", "unit", "actual", .. outputs, .. result.Forecasters.Skip(1)]));
        var baselines = result.Forecasters.Skip(1).Select(result.OutcomesOf).ToArray();
        for (var origin = 0; origin < result.Outcomes.Count; origin++)
        {
            var outcome = result.Outcomes[origin];
            for (var step = 0; step < result.Steps; step++)
            {
                for (var target = 0; target < result.Targets.Count; target++)
                {
                    var place = ((step * result.Targets.Count) + target) * plan.OutputsPerTarget;
                    writer.Write(Line([
                        Time(outcome.Origin, outcome.LastRow), Time(outcome.Forecast.Times[step], outcome.LastRow + plan.Lead + 1 + step),
                        (step + 1).ToString(CultureInfo.InvariantCulture), result.Targets[target], outcome.Forecast.Units[target] ?? "",
                        Exact(outcome.Actual(step, target)),
                        .. outcome.Forecast.Values.Slice(place, plan.OutputsPerTarget).ToArray().Select(value => Exact(value)),
                        .. baselines.Select(baseline => Exact(baseline[origin].Forecast.Point(step, target))),
                    ]));
                }
            }
        }
    });

    /// <summary>Writes tables.</summary>
    public static void SaveMarkdown(BacktestResult result, string path) => Save(path, writer =>
    {
        writer.Write($"# {TextTable.Escaped(result.Model)}\n\n{TextTable.Escaped(BacktestText.Title(result))}.\n");
        foreach (var warning in result.Warnings)
            writer.Write($"\n> {TextTable.Escaped(warning)}\n");
        foreach (var target in result.Targets)
        {
            var errors = result.Errors(target);
            writer.Write($"\n## {TextTable.Escaped(BacktestText.Named(errors))}\n\n{result.ByForecaster(target).ToTable().ToMarkdown()}");
            if (errors.Intervals.Count > 0)
                writer.Write($"\n### Intervals\n\n{BacktestText.Intervals(errors).ToMarkdown()}");
            if (errors.Levels.Count > 0)
                writer.Write($"\n### Levels\n\n{BacktestText.Levels(errors).ToMarkdown()}");
            foreach (var table in Tables(result, target, null))
                writer.Write($"\n### By {table.By}\n\n{table.ToTable().ToMarkdown()}");
        }
    });

    /// <summary>The tables of a target's errors that there are.</summary>
    public static IEnumerable<ErrorTable> Tables(BacktestResult result, string target, string? forecaster)
    {
        yield return result.ByStep(target, forecaster);
        if (result.HasWeekdays)
            yield return result.ByWeekday(target, forecaster);
        if (result.HasHours)
            yield return result.ByHour(target, forecaster);
        yield return result.ByOrigin(target, forecaster);
    }

    private static IEnumerable<(string By, ErrorRow Row)> Rows(BacktestResult result, string target, string forecaster)
    {
        yield return ("all", new("", result.Errors(target, forecaster)));
        foreach (var table in Tables(result, target, forecaster))
        {
            foreach (var row in table)
                yield return (table.By, row);
        }
    }

    private static void Save(string path, Action<TextWriter> write) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        write(writer);
    });

    private static string Exact(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Time(DateTimeOffset? time, int row) =>
        time?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) ?? row.ToString(CultureInfo.InvariantCulture);

    private static string Line(IEnumerable<string> fields) => string.Join(',', fields.Select(field => CsvField.Quoted(field, ','))) + "\n";
}
