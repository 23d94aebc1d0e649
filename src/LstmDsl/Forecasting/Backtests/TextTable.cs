using System.Text;

namespace LstmDsl;

/// <summary>Cells in rows, as plain text and as Markdown: the first column is words, the others are numbers.</summary>
/// <param name="head">The columns' names.</param>
internal sealed class TextTable(params IReadOnlyList<string> head)
{
    private readonly List<IReadOnlyList<string>> rows = [];

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Head => head;

    /// <summary>The rows.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => rows;

    /// <summary>Adds a row of as many cells.</summary>
    public void Add(params IReadOnlyList<string> cells) => rows.Add(cells);

    /// <summary>Lines of columns, without a last line break.</summary>
    public string ToText(string indent = "  ")
    {
        IReadOnlyList<string>[] all = [head, .. rows];
        int[] widths = [.. head.Select((_, column) => all.Max(row => row[column].Length))];
        return string.Join('\n', all.Select(row => (indent + string.Join("  ", row.Select((cell, column) =>
            column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))).TrimEnd()));
    }

    /// <summary>A table of Markdown, with a last line break.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        Line(head);
        text.Append("| ").AppendJoin(" | ", head.Select((_, column) => column == 0 ? "---" : "---:")).Append(" |\n");
        foreach (var row in rows)
            Line(row);
        return text.ToString();

        void Line(IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells.Select(Escaped)).Append(" |\n");
    }

    /// <summary>Words as Markdown shows them as they are: no markup, no cells, no tags.</summary>
    public static string Escaped(string words)
    {
        var text = new StringBuilder(words.Length);
        foreach (var letter in words)
        {
            if (letter is '|' or '\\' or '`' or '*' or '_' or '<' or '[' or '#')
                text.Append('\\');
            text.Append(letter is '\n' or '\r' ? ' ' : letter);
        }

        return text.ToString();
    }
}
