using System.Globalization;

namespace LstmDsl;

/// <summary>A backtest as a page.</summary>
internal static class BacktestReport
{
    private const int MostOriginsListed = 10, HoursOfDay = 24;

    /// <summary>Makes the page.</summary>
    public static ReportPage Of(BacktestResult result, History? history, string? title)
    {
        var page = new ReportPage(title ?? $"{result.Model}: {string.Join(", ", result.Targets)}", BacktestText.Title(result) + ".");
        foreach (var target in result.Targets)
            Summary(page, result, target);
        page.Section("Warnings and notes");
        if (result.Warnings.Count == 0)
            page.Paragraph("None.");
        foreach (var warning in result.Warnings)
            page.Warning(warning);
        foreach (var target in result.Targets)
        {
            var of = result.Targets.Count > 1 ? $" of {target}" : "";
            Forecasts(page, result, target, of);
            Errors(page, result, target, of);
            Intervals(page, result, target, of);
        }

        ReportParts.Data(page, result.Series, result.Targets);
        ReportParts.Model(page, result.Description, history);
        return page;
    }

    private static void Summary(ReportPage page, BacktestResult result, string target)
    {
        var errors = result.Errors(target);
        var table = result.ByForecaster(target);
        page.Section(result.Targets.Count > 1 ? $"Summary of {target}" : "Summary");
        page.Cards(Cards(errors, table));
        var all = $"{BacktestText.Named(errors)}, all steps of {Counted.Of(result.Outcomes.Count, "origin")}";
        page.Table(BacktestText.Compared(result, target), all, emphasizesFirst: true);
        page.Note("MAE and RMSE: the usual errors. Bias: above 0 where forecasts are too high. WAPE: errors as a share of all values. MASE and RMSSE: "
            + "below 1 they are better than repeating the value "
            + $"{Counted.Of(result.Scale(target).Lag, "row")} before, one step ahead, in the series' first {Counted.Of(result.Scale(target).Rows, "row")}. "
            + "Quantile loss: twice the pinball loss, mean over the levels; wQL: the same as a share of the values.");
    }

    private static IEnumerable<(string Name, string Number, string Remark)> Cards(ForecastErrors errors, ErrorTable table)
    {
        yield return ("Mean absolute error", NumberText.InUnit(errors.MeanAbsoluteError, errors.Unit), Share(errors));
        if (Best(table) is { } best && best.Errors.MeanAbsoluteError > 0)
        {
            var change = (errors.MeanAbsoluteError / best.Errors.MeanAbsoluteError) - 1;
            var better = change <= 0;
            yield return (better ? "Better than the best baseline by" : "Worse than the best baseline by",
                LevelPair.Percent(Math.Round(Math.Abs(change), 3)), $"{best.Name}: {NumberText.InUnit(best.Errors.MeanAbsoluteError, errors.Unit)}");
        }

        var direction = errors.Bias switch { > 0 => "forecasts are too high on average", < 0 => "forecasts are too low on average", _ => "none" };
        yield return ("Bias", NumberText.InUnit(errors.Bias, errors.Unit), direction);
        if (errors.MeanAbsoluteScaledError is { } scaled)
            yield return ("MASE", NumberText.Of(scaled), (scaled < 1 ? "" : "no ") + "better than one naive step in the training rows");
        if (errors.Intervals.Count > 0)
        {
            var interval = errors.Intervals[0];
            yield return ($"Within the {LevelPair.Percent(interval.Nominal)} interval", LevelPair.Percent(Math.Round(interval.Coverage, 3)),
                $"mean width {NumberText.InUnit(interval.MeanWidth, errors.Unit)}");
        }
    }

    /// <summary>The baseline with the smallest errors.</summary>
    private static ErrorRow? Best(ErrorTable table) => table.Skip(1).MinBy(row => row.Errors.MeanAbsoluteError);

    private static string Share(ForecastErrors errors) =>
        errors.WeightedAbsolutePercentageError is { } share ? $"{NumberText.Of(share, "N2")} % of all values" : "all values are 0";

    private static void Forecasts(ReportPage page, BacktestResult result, string target, string of)
    {
        page.Section("Forecasts against what came" + of);
        var place = result.TargetIndex(target);
        page.Beside(() =>
        {
            foreach (var (why, origin, row) in ChosenOrigins.Of(result, target))
            {
                page.Figure(why, ReportCharts.Outcome(result, result.Outcomes[origin], place),
                    $"From {row.Name}; MAE {NumberText.InUnit(row.Errors.MeanAbsoluteError, row.Errors.Unit)}.");
            }
        });
    }

    private static void Errors(ReportPage page, BacktestResult result, string target, string of)
    {
        page.Section("Errors" + of);
        page.Beside(() =>
        {
            if (result.Steps > 1)
                page.Figure("By step ahead", ReportCharts.ByNumber(result, target, "step ahead", name => result.ByStep(target, name), first: 1));
            if (result.HasHours && result.ByHour(target).Count == HoursOfDay)
            {
                page.Figure("By hour of the day, as the clocks show it",
                    ReportCharts.ByNumber(result, target, "hour", name => result.ByHour(target, name), first: 0));
            }
        });
        if (result.HasHours && result.Steps > 1)
            Heat(page, result, target);
        else if (result.HasWeekdays)
            page.Table(result.ByWeekday(target).ToTable(isBrief: true), "By day of the week");
        if (result.Outcomes.Count > 2)
            page.Figure("From origin to origin", ReportCharts.ByOrigin(result, target, Best(result.ByForecaster(target))?.Name));
        var origins = result.ByOrigin(target).OrderByDescending(row => row.Errors.MeanAbsoluteError).Take(MostOriginsListed).ToArray();
        page.Table(new ErrorTable("origin", origins).ToTable(isBrief: true), "The largest errors, by the last known row");
    }

    private static void Heat(ReportPage page, BacktestResult result, string target)
    {
        var cells = result.Group("cell", target, null, (outcome, step) =>
        {
            var time = BacktestResult.Clock(outcome, step);
            return (ErrorGroups.Weekday(time) * HoursOfDay) + time.Hour;
        }, (key, _) => CellName(key)).ToDictionary(row => row.Name, row => row.Errors.MeanAbsoluteError);
        var days = result.ByWeekday(target).ToDictionary(row => row.Name, row => row.Errors.MeanAbsoluteError);
        var unit = result.Errors(target).Unit;
        page.Heat(
            $"Mean absolute error{(unit is null ? "" : $" in {unit}")} by day of the week and hour, as the clocks show it",
            [.. Enumerable.Range(0, HoursOfDay).Select(hour => hour.ToString("00", CultureInfo.InvariantCulture)), "all"],
            [
                .. Enumerable.Range(0, 7).Select(day => (ErrorGroups.WeekdayName(day), (IReadOnlyList<double?>)
                [
                    .. Enumerable.Range(0, HoursOfDay).Select(hour => Found(cells, CellName((day * HoursOfDay) + hour))),
                    Found(days, ErrorGroups.WeekdayName(day)),
                ])),
            ]);
    }

    private static string CellName(int key) => key.ToString(CultureInfo.InvariantCulture);

    private static double? Found(Dictionary<string, double> errors, string name) => errors.TryGetValue(name, out var error) ? error : null;

    private static void Intervals(ReportPage page, BacktestResult result, string target, string of)
    {
        var errors = result.Errors(target);
        if (errors.Levels.Count == 0)
            return;
        page.Section("Intervals" + of);
        page.Beside(() =>
        {
            if (errors.Intervals.Count > 0 && result.Steps > 1)
                page.Figure("Share within the intervals, by step ahead", ReportCharts.Coverage(result, target));
            page.Below(() =>
            {
                if (errors.Intervals.Count > 0)
                    page.Table(BacktestText.Intervals(errors), "Intervals: the share of values within");
                page.Table(BacktestText.Levels(errors), "Quantiles: the share of values at or below");
            });
        });
        page.Note("Measured on these rows; no coverage is promised for others.");
    }
}
