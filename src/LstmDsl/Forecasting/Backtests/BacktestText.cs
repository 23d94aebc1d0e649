using System.Text;

namespace LstmDsl;

/// <summary>A backtest as a person would look at it.</summary>
internal static class BacktestText
{
    private const int MostSteps = 8;

    /// <summary>Some lines, without a last line break.</summary>
    public static string Of(BacktestResult result)
    {
        var text = new StringBuilder(Title(result));
        foreach (var target in result.Targets)
            Add(text, result, target);
        foreach (var warning in result.Warnings)
            text.Append("\n\n").Append(warning);
        return text.ToString();
    }

    /// <summary>What was forecast, how far, from where.</summary>
    public static string Title(BacktestResult result)
    {
        var (first, last) = (result.Outcomes[0].LastRow, result.Outcomes[^1].LastRow);
        var lead = result.Plan.Lead > 0 ? $", {Counted.Of(result.Plan.Lead, "step")} after the last known row" : "";
        var step = result.Series.Step is { } words ? $" of {words}" : "";
        return $"{result.Model}: {Counted.Of(result.Steps, "step")}{step} ahead{lead}, from {Counted.Of(result.Outcomes.Count, "origin")}, "
            + $"{TimeSeriesText.Time(result.Series, first)} to {TimeSeriesText.Time(result.Series, last)}";
    }

    /// <summary>A target with its unit.</summary>
    public static string Named(ForecastErrors errors) => errors.Unit is { } unit ? $"{errors.Target} ({unit})" : errors.Target;

    /// <summary>How each quantile did.</summary>
    public static TextTable Levels(ForecastErrors errors)
    {
        var unit = errors.Unit is { } own ? $" ({own})" : "";
        var table = new TextTable("level", "at or below", "quantile loss" + unit);
        var format = NumberText.Format(errors.Levels.Select(level => (double?)level.QuantileLoss));
        foreach (var level in errors.Levels)
            table.Add(LevelPair.Percent(level.Level), LevelPair.Percent(Math.Round(level.ShareBelow, 3)), NumberText.Of(level.QuantileLoss, format));
        return table;
    }

    /// <summary>How the intervals did.</summary>
    public static TextTable Intervals(ForecastErrors errors)
    {
        var unit = errors.Unit is { } own ? $" ({own})" : "";
        var table = new TextTable("interval", "covers", "mean width" + unit, "MSIS");
        var width = NumberText.Format(errors.Intervals.Select(interval => (double?)interval.MeanWidth));
        var score = NumberText.Format(errors.Intervals.Select(interval => interval.MeanScaledIntervalScore));
        foreach (var interval in errors.Intervals)
        {
            table.Add(
                LevelPair.Percent(interval.Nominal), LevelPair.Percent(Math.Round(interval.Coverage, 3)),
                NumberText.Of(interval.MeanWidth, width), NumberText.Of(interval.MeanScaledIntervalScore, score));
        }

        return table;
    }

    /// <summary>The measures that compare forecasters, without those of intervals, which baselines lack.</summary>
    public static TextTable Compared(BacktestResult result, string target)
    {
        var whole = result.ByForecaster(target);
        return new ErrorTable(whole.By, [.. whole.Select(row => row with { Errors = row.Errors with { Intervals = [] } })]).ToTable();
    }

    private static void Add(StringBuilder text, BacktestResult result, string target)
    {
        var errors = result.Errors(target);
        text.Append("\n\n").Append(Named(errors)).Append('\n').Append(Compared(result, target).ToText());
        text.Append("\n  MAE by step: ").AppendJoin(", ", SomeSteps(result.ByStep(target)));
        var origins = result.ByOrigin(target);
        if (origins.Count > 1)
        {
            var ordered = origins.OrderBy(row => row.Errors.MeanAbsoluteError).ToArray();
            text.Append("\n  best origin: ").Append(Origin(ordered[0])).Append("; worst: ").Append(Origin(ordered[^1]));
        }

        foreach (var interval in errors.Intervals)
        {
            var covers = LevelPair.Percent(Math.Round(interval.Coverage, 3));
            text.Append($"\n  {LevelPair.Percent(interval.Nominal)} interval: covers {covers}, mean width ")
                .Append(NumberText.InUnit(interval.MeanWidth, errors.Unit));
        }

        if (errors.Levels.Count > 0)
        {
            text.Append("\n  at or below the quantile: ").AppendJoin(", ", errors.Levels.Select(level =>
                $"{LevelPair.Percent(Math.Round(level.ShareBelow, 3))} of {LevelPair.Percent(level.Level)}"));
        }
    }

    private static IEnumerable<string> SomeSteps(ErrorTable steps)
    {
        var every = (steps.Count + MostSteps - 2) / Math.Max(1, MostSteps - 1);
        var format = NumberText.Format(steps.Select(row => (double?)row.Errors.MeanAbsoluteError));
        return steps.Where((_, step) => step == 0 || (step + 1) % every == 0 || step == steps.Count - 1)
            .Select(row => $"{row.Name}: {NumberText.Of(row.Errors.MeanAbsoluteError, format)}");
    }

    private static string Origin(ErrorRow row) => $"{row.Name} (MAE {NumberText.InUnit(row.Errors.MeanAbsoluteError, row.Errors.Unit)})";
}
