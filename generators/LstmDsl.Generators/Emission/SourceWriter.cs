using System.Runtime.CompilerServices;
using System.Text;

namespace LstmDsl.Generators;

/// <summary>Writes lines at the depth of the block that is open.</summary>
internal sealed class SourceWriter
{
    private const int Indent = 4;

    /// <summary>Columns of a line that is not broken; names are written in full, which makes lines long.</summary>
    private const int Width = 160;

    /// <summary>About as long as the text of a model with few layers.</summary>
    private const int UsualLength = 16 * 1024;

    private readonly StringBuilder text = new(UsualLength);
    private int depth;

    /// <summary>Writes a line; an empty one gets no spaces.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0)
            BeginLine().Append(line);
        EndLine();
    }

    /// <summary>Writes a line that is put together as it is written.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] SourceLine line) => EndLine();

    /// <summary>Writes lines of text that is parted by <c>\n</c>, each behind a few characters.</summary>
    public void Lines(string before, string lines)
    {
        for (int start = 0, end; start <= lines.Length; start = end + 1)
        {
            end = lines.IndexOf('\n', start);
            if (end < 0)
                end = lines.Length;
            BeginLine().Append(before).Append(lines, start, end - start);
            EndLine();
        }
    }

    /// <summary>The text, behind the spaces of a line at this depth.</summary>
    public StringBuilder BeginLine() => text.Append(' ', depth * Indent);

    /// <summary>
    /// Whether a line of a length, or with <paramref name="deeper"/> one that continues another, is as long as a line may be.
    /// </summary>
    public bool Fits(int length, int deeper = 0) => ((depth + deeper) * Indent) + length <= Width;

    /// <summary>Writes items that end in commas, as many to a line as fit.</summary>
    public void Packed(IEnumerable<string> items)
    {
        var column = 0;
        foreach (var item in items)
        {
            var needed = item.Length + 1;
            if (column > 0 && column + 1 + needed <= Width)
            {
                text.Append(' ').Append(item).Append(',');
                column += 1 + needed;
                continue;
            }

            if (column > 0)
                text.Append('\n');
            text.Append(' ', depth * Indent).Append(item).Append(',');
            column = (depth * Indent) + needed;
        }

        text.Append('\n');
    }

    /// <summary>Writes a head and opens its block.</summary>
    public void Open(string head)
    {
        Line(head);
        Open();
    }

    /// <summary>Writes a head that is put together as it is written, and opens its block.</summary>
    public void Open([InterpolatedStringHandlerArgument("")] SourceLine head)
    {
        Line(head);
        Open();
    }

    /// <summary>Opens a block.</summary>
    public void Open()
    {
        Line("{");
        depth++;
    }

    /// <summary>Opens a list, which is closed as a block is.</summary>
    public void OpenList()
    {
        Line("[");
        depth++;
    }

    /// <summary>Closes the innermost block.</summary>
    public void Close(string end = "}")
    {
        depth--;
        Line(end);
    }

    /// <summary>Goes one step deeper without a brace, for what continues a line.</summary>
    public void Continue(string line)
    {
        depth++;
        Line(line);
        depth--;
    }

    public override string ToString() => text.ToString();

    private void EndLine() => text.Append('\n');
}
