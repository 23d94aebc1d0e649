using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>A history as a table for people: a row an epoch, counted from 1, a column a name.</summary>
internal static class HistoryTable
{
    private const int RowsAtEitherEnd = 5;

    /// <summary>Formats the table, with the middle of a long run left out and the best epoch marked.</summary>
    public static string Format(History history)
    {
        if (history.Epochs.Count == 0) return "No epoch has run.";
        var count = history.Epochs.Count;
        var marked = history.Names.Contains(Monitored.ValLoss.Name) ? Monitored.ValLoss : Monitored.Loss;
        var best = history.Names.Contains(marked.Name) ? history.BestEpoch(marked) : null;

        List<string[]> rows = [["epoch", .. history.Names]];
        for (var i = 0; i < count; i++)
        {
            var epoch = history.Epochs[i];
            var isAtAnEnd = i < RowsAtEitherEnd || i >= count - RowsAtEitherEnd;
            if (isAtAnEnd || count == (2 * RowsAtEitherEnd) + 1 || epoch == best) rows.Add(Row(history, epoch));
            else if (rows[^1][0] != "…") rows.Add(["…", .. history.Names.Select(_ => "")]);
        }

        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var cells = string.Join("  ", row.Select((cell, column) => cell.PadLeft(widths[column]))).TrimEnd();
            text.Append(cells).Append(row[0] == Label(best) ? $"  best {marked}\n" : "\n");
        }

        if (history.StoppedBy is { } reason) text.Append(reason).Append('\n');
        return text.ToString().TrimEnd('\n');
    }

    private static string[] Row(History history, int epoch) =>
        [Label(epoch)!, .. history.Names.Select(name => history.ValueAt(name, epoch) is { } value ? PythonNumber.InProgressBar(value) : "")];

    private static string? Label(int? epoch) => (epoch + 1)?.ToString(CultureInfo.InvariantCulture);
}
