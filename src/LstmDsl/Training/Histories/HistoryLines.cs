namespace LstmDsl;

/// <summary>Lines of runs in charts.</summary>
public static class HistoryLines
{
    /// <summary>Adds a value of a run over its epochs, counted from 1: to compare runs in one chart.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="history">The run.</param>
    /// <param name="value">Which of its values.</param>
    /// <param name="style">How it is drawn; a plain line where it is not given.</param>
    /// <returns>The chart.</returns>
    /// <exception cref="KeyNotFoundException">The run did not produce the value; the message lists what it produced.</exception>
    /// <exception cref="InvalidOperationException">The chart's other lines have dates.</exception>
    public static LineChart Add(this LineChart chart, string name, History history, Monitored value, LineStyle? style = null)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(history);
        return chart.Add(name, [.. history.EpochsOf(value).Select(epoch => epoch + 1.0)], history[value], style);
    }
}
