using System.Globalization;
using System.Text;

namespace LstmDsl.CompilerServices;

/// <summary>One layer of a summary.</summary>
/// <param name="Name">Keras's name: <c>lstm_1</c>.</param>
/// <param name="Kind">Keras's class: <c>LSTM</c>.</param>
/// <param name="OutputShape">The output's shape with a free batch: <c>(None, 20)</c>.</param>
/// <param name="ParameterCount">Number of weights.</param>
/// <param name="NonTrainableCount">How many of them are not trained.</param>
internal readonly record struct SummaryRow(string Name, string Kind, string OutputShape, long ParameterCount, long NonTrainableCount = 0)
{
    /// <summary>What it reads, in Keras's words; null where layers follow each other, so that the table has no column for it.</summary>
    public string? ConnectedTo { get; init; }
}

/// <summary>What an optimizer keeps beside the weights: its slots, each as large as what is trained, the iteration and the learning rate.</summary>
/// <param name="ParameterCount">Number of weights that are trained.</param>
/// <param name="Slots">Slots per weight: 2 for Adam.</param>
internal readonly record struct OptimizerSize(long ParameterCount, int Slots)
{
    /// <summary>Number of values.</summary>
    public long Count => (ParameterCount * Slots) + 2;

    /// <summary>Their size: every value takes 4 bytes, but the iteration 8.</summary>
    public long Bytes => (ParameterCount * Slots * sizeof(float)) + sizeof(long) + sizeof(float);
}

/// <summary>
/// The table that Keras's <c>model.summary()</c> prints, character for character; rich draws it there, so its wrapping is repeated here.
/// This file is compiled into the generator as well, so that a model's comment, written at compile time, shows the text of <c>Summary</c>.
/// </summary>
internal static class SummaryTable
{
    /// <summary>Keras's line length in a plain terminal.</summary>
    internal const int DefaultLineLength = 80;

    /// <summary>The narrowest table that Keras draws.</summary>
    internal const int MinimumLineLength = 16;

    /// <summary>Keras's class of an input.</summary>
    internal const string Input = "InputLayer";

    /// <summary>What an input is connected to.</summary>
    internal const string Nothing = "-";

    private static readonly string[] Header = ["Layer (type)", "Output Shape", "Param #"];

    /// <summary>Where columns end, in hundredths of the line.</summary>
    private static readonly int[] Ends = [45, 80, 100];

    private static readonly int[] GraphEnds = [30, 56, 74, 100];

    /// <summary>
    /// The table, lines parted by <c>\n</c>. The last line has no break, so that printing the text as a line gives what Keras prints.
    /// </summary>
    /// <param name="modelName">The title's name.</param>
    /// <param name="rows">The layers.</param>
    /// <param name="lineLength">Width of the table; at least <see cref="MinimumLineLength"/>.</param>
    /// <param name="optimizer">Adds the optimizer's line, and its values to the total.</param>
    /// <exception cref="ArgumentOutOfRangeException">The line length is too small for three columns.</exception>
    internal static string Format(
        string modelName, IReadOnlyList<SummaryRow> rows, int lineLength = DefaultLineLength, OptimizerSize? optimizer = null)
    {
        if (lineLength < MinimumLineLength)
        {
            var limit = MinimumLineLength.ToString(CultureInfo.InvariantCulture);
            throw new ArgumentOutOfRangeException(nameof(lineLength), lineLength, $"A summary needs a line length of at least {limit}.");
        }

        var isGraph = rows.Any(row => row.ConnectedTo is not null);
        var widths = ColumnWidths(lineLength, isGraph ? GraphEnds : Ends);
        var text = new StringBuilder();
        text.Append("Model: \"").Append(modelName).Append("\"\n");
        AppendRule(text, widths, '┏', '━', '┳', '┓');
        AppendCells(text, widths, isGraph ? [.. Header, "Connected to"] : Header, '┃', alignToBottom: true);
        AppendRule(text, widths, '┡', '━', '╇', '┩');
        for (var i = 0; i < rows.Count; i++)
        {
            if (i > 0)
                AppendRule(text, widths, '├', '─', '┼', '┤');
            var row = rows[i];
            string[] cells = [$"{row.Name} ({row.Kind})", row.OutputShape, Count(row.ParameterCount)];
            AppendCells(text, widths, isGraph ? [.. cells, row.ConnectedTo ?? Nothing] : cells, '│', alignToBottom: false);
        }

        AppendRule(text, widths, '└', '─', '┴', '┘');
        AppendTotals(text, rows, optimizer);
        return text.ToString();
    }

    /// <summary>A sample's shape as Keras writes it, with a free batch or its size: <c>(None, 20, 1)</c>.</summary>
    internal static string ShapeText(IEnumerable<int> shape, int batchSize)
    {
        var text = new StringBuilder("(").Append(batchSize > 0 ? batchSize.ToString(CultureInfo.InvariantCulture) : "None");
        foreach (var size in shape)
            text.Append(", ").Append(size.ToString(CultureInfo.InvariantCulture));
        return text.Append(')').ToString();
    }

    /// <summary>What a layer reads, each output of a layer's only call: <c>encoder[0][0]</c>.</summary>
    /// <param name="sources">Names of what it reads.</param>
    /// <param name="states">How many states it begins with, those of the second; 0 where it begins with none.</param>
    internal static string Connections(IReadOnlyList<string> sources, int states) => string.Join(", ", states > 0
        ? Enumerable.Range(1, states).Select(state => Output(sources[1], state)).Prepend(Output(sources[0], 0))
        : sources.Select(source => Output(source, 0)));

    /// <summary>The shapes of an output and of the states that another layer begins with, as a list.</summary>
    internal static string WithStates(string output, string state, int states) =>
        $"[{string.Join(", ", Enumerable.Repeat(state, states).Prepend(output))}]";

    private static string Output(string layer, int output) => $"{layer}[0][{output.ToString(CultureInfo.InvariantCulture)}]";

    private static void AppendTotals(StringBuilder text, IReadOnlyList<SummaryRow> rows, OptimizerSize? optimizer)
    {
        long weights = 0, fixedWeights = 0;
        foreach (var row in rows)
        {
            weights += row.ParameterCount;
            fixedWeights += row.NonTrainableCount;
        }

        AppendTotal(text, "Total", weights + (optimizer?.Count ?? 0), (weights * sizeof(float)) + (optimizer?.Bytes ?? 0));
        AppendTotal(text.Append('\n'), "Trainable", weights - fixedWeights, (weights - fixedWeights) * sizeof(float));
        AppendTotal(text.Append('\n'), "Non-trainable", fixedWeights, fixedWeights * sizeof(float));
        if (optimizer is { } size)
            AppendTotal(text.Append('\n'), "Optimizer", size.Count, size.Bytes);
    }

    private static void AppendTotal(StringBuilder text, string label, long count, long bytes) =>
        text.Append(' ').Append(label).Append(" params: ").Append(Count(count)).Append(" (").Append(MemorySize(bytes)).Append(')');

    /// <summary>
    /// Widths between the borders, as rich gives them to columns that end at these hundredths of the line: each gives one place to a border,
    /// and the last but one another.
    /// </summary>
    private static int[] ColumnWidths(int lineLength, int[] ends)
    {
        var widths = new int[ends.Length];
        for (int column = 0, start = 0; column < ends.Length; column++)
        {
            var end = ends[column] * lineLength / 100;
            widths[column] = end - start - (column == ends.Length - 2 ? 2 : 1);
            start = end;
        }

        return widths;
    }

    private static void AppendRule(StringBuilder text, int[] widths, char left, char line, char joint, char right)
    {
        for (var column = 0; column < widths.Length; column++)
            text.Append(column == 0 ? left : joint).Append(line, widths[column]);
        text.Append(right).Append('\n');
    }

    /// <summary>
    /// One row of cells; numbers are aligned to the right. A header's short cells stand at the bottom, a row's at the top.
    /// </summary>
    private static void AppendCells(StringBuilder text, int[] widths, string[] cells, char border, bool alignToBottom)
    {
        var wrapped = new List<string>[cells.Length];
        var height = 0;
        for (var column = 0; column < cells.Length; column++)
        {
            wrapped[column] = Wrap(cells[column], widths[column] - 2);
            height = Math.Max(height, wrapped[column].Count);
        }

        for (var line = 0; line < height; line++)
        {
            for (var column = 0; column < cells.Length; column++)
            {
                var own = wrapped[column];
                var index = alignToBottom ? line - (height - own.Count) : line;
                var content = index >= 0 && index < own.Count ? own[index] : "";
                var width = widths[column] - 2;
                text.Append(border).Append(' ');
                text.Append(column == Header.Length - 1 ? content.PadLeft(width) : content.PadRight(width)).Append(' ');
            }

            text.Append(border).Append('\n');
        }
    }

    /// <summary>Breaks at spaces; a word that is too long for a line of its own ends in an ellipsis.</summary>
    private static List<string> Wrap(string cell, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in cell.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = "";
            }

            line = line.Length == 0 ? word : line + " " + word;
            if (line.Length > width)
                line = line.Remove(width - 1) + "…";
        }

        lines.Add(line);
        return lines;
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Keras's <c>readable_memory_size</c>.</summary>
    private static string MemorySize(double bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB", "PB"];
        var unit = 0;
        while (bytes / 1024 >= 1 && unit < units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return bytes.ToString("F2", CultureInfo.InvariantCulture) + " " + units[unit];
    }
}
