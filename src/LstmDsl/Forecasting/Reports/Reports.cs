namespace LstmDsl;

/// <summary>
/// Reports as one HTML file each, which needs neither a network nor a script: light or dark as the reader's screen is, and fit to be printed.
/// </summary>
public static class Reports
{
    /// <summary>
    /// Writes what a forecaster would want to show of a backtest: errors in units beside the baselines', forecasts with their bands against
    /// what came (the largest errors among them), errors by step, hour and weekday, how much the intervals covered, data, model, training,
    /// warnings.
    /// </summary>
    /// <param name="result">The backtest.</param>
    /// <param name="path">The file, named <c>.html</c>; its folder must exist, and an existing file is replaced as a whole.</param>
    /// <param name="history">The model's training, for its loss curves. Default: none.</param>
    /// <param name="title">The page's title. Default: the model and its targets.</param>
    /// <exception cref="ArgumentException">The path does not end in <c>.html</c>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveReport(this BacktestResult result, string path, History? history = null, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ReportPage.RequireHtml(path);
        BacktestReport.Of(result, history, title).Save(path);
    }

    /// <summary>Writes what there is to show of a training run without a backtest: loss curves, epochs, warnings, model, data.</summary>
    /// <param name="history">The run.</param>
    /// <param name="path">The file, named <c>.html</c>; its folder must exist, and an existing file is replaced as a whole.</param>
    /// <param name="description">What the model is like: <c>DemandModel.Summary</c>. Default: nothing.</param>
    /// <param name="series">The data. Default: none.</param>
    /// <param name="title">The page's title. Default: "Training".</param>
    /// <exception cref="ArgumentException">The path does not end in <c>.html</c>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveReport(this History history, string path, string? description = null, TimeSeries? series = null, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        ReportPage.RequireHtml(path);
        var end = history.StoppedBy is { } reason ? $"; {reason.TrimEnd('.')}" : "";
        var page = new ReportPage(title ?? "Training", $"{Counted.Of(history.Epochs.Count, "epoch")}{end}.");
        ReportParts.Model(page, description, history);
        page.Section("Warnings");
        if (history.Warnings.Count == 0)
            page.Paragraph("None.");
        foreach (var warning in history.Warnings)
            page.Warning(warning);
        if (series is not null)
            ReportParts.Data(page, series, [.. series.Columns.Where(column => series.Categories(column).Count == 0)]);
        page.Save(path);
    }
}
