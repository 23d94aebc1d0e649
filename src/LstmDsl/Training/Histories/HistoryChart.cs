using System.Globalization;

namespace LstmDsl;

/// <summary>The picture of a run: a value and its validation value over the epochs, the best of them marked.</summary>
internal static class HistoryChart
{
    // More dots than this would hide the lines.
    private const int MostDots = 60;

    /// <summary>Draws a value, given without <c>val_</c>.</summary>
    public static LineChart Draw(History history, Monitored name) =>
        Draw(history, name, new() { Title = Title(history, name), XLabel = "epoch", YLabel = Label(name) });

    /// <summary>What the picture of a value shows.</summary>
    public static string Title(History history, Monitored name) =>
        (history.Names.Contains(Validation(name).Name) ? "Training and validation " : "Training ") + Label(name);

    /// <summary>The words for a value.</summary>
    public static string Label(Monitored name) => (name.Name ?? "").Replace('_', ' ');

    /// <summary>Draws a value, given without <c>val_</c>, on a chart.</summary>
    public static LineChart Draw(History history, Monitored name, LineChart chart)
    {
        var validation = Validation(name);
        var hasValidation = history.Names.Contains(validation.Name);
        var style = history.EpochsOf(name).Count <= MostDots ? LineStyle.Dots : LineStyle.Solid;
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

    private static Monitored Validation(Monitored name) => new("val_" + name.Name);
}
