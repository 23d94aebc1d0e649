using System.Globalization;

namespace LstmDsl;

/// <summary>The picture of a run: a value and its validation value over the epochs, the best of them marked.</summary>
internal static class HistoryChart
{
    // More dots than this would hide the lines.
    private const int MostDots = 60;

    /// <summary>Draws a value, given without <c>val_</c>.</summary>
    public static LineChart Draw(History history, Monitored name)
    {
        var validation = new Monitored("val_" + name.Name);
        var hasValidation = history.Names.Contains(validation.Name);
        var label = (name.Name ?? "").Replace('_', ' ');
        var style = history.EpochsOf(name).Count <= MostDots ? LineStyle.Dots : LineStyle.Solid;
        var chart = new LineChart
        {
            Title = (hasValidation ? "Training and validation " : "Training ") + label,
            XLabel = "epoch",
            YLabel = label,
        };
        chart.Add("training", history, name, style);
        if (hasValidation) chart.Add("validation", history, validation, style);

        var marked = hasValidation ? validation : name;
        if (history.BestEpoch(marked) is { } epoch && history.Best(marked) is { } best)
        {
            chart.Mark(epoch + 1, best, string.Create(CultureInfo.InvariantCulture, $"best: {ChartText.Value(best)} in epoch {epoch + 1}"),
                chart.Series[^1].Style.Color);
        }

        return chart;
    }
}
