using System.Buffers;
using System.Runtime.CompilerServices;

namespace LstmDsl.Generators;

/// <summary>Writes lines at the depth of the block that is open.</summary>
internal sealed class SourceWriter
{
    private const int Indent = 4;

    /// <summary>Columns of a line that is not broken; names are written in full, which makes lines long.</summary>
    private const int Width = 160;

    /// <summary>About as long as the text of a model with few layers.</summary>
    private const int UsualLength = 16 * 1024;

    /// <summary>The text so far, and room for more: rented, since a large array for each model would be the most of all garbage.</summary>
    private char[] text = ArrayPool<char>.Shared.Rent(UsualLength);

    private int length;
    private int depth;

    /// <summary>Writes a line; an empty one gets no spaces.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0)
            BeginLine();
        Append(line);
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
            BeginLine();
            Append(before);
            Append(lines, start, end - start);
            EndLine();
        }
    }

    /// <summary>Whether a line of a length, or with <paramref name="deeper"/> one that continues another, is as long as a line may be.</summary>
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
                Append(" ");
                column += 1 + needed;
            }
            else
            {
                if (column > 0)
                    EndLine();
                BeginLine();
                column = (depth * Indent) + needed;
            }

            Append(item);
            Append(",");
        }

        EndLine();
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

    /// <summary>The whole text; nothing can be written after it.</summary>
    public string Finish()
    {
        var whole = new string(text, 0, length);
        ArrayPool<char>.Shared.Return(text);
        text = [];
        length = 0;
        return whole;
    }

    /// <summary>Begins a line, whose pieces and end follow.</summary>
    internal void BeginLine()
    {
        var spaces = depth * Indent;
        Reserve(spaces);
        text.AsSpan(length, spaces).Fill(' ');
        length += spaces;
    }

    /// <summary>Adds a piece of a line.</summary>
    internal void Append(string piece) => Append(piece, 0, piece.Length);

    private void Append(string lines, int start, int count)
    {
        Reserve(count);
        lines.CopyTo(start, text, length, count);
        length += count;
    }

    private void EndLine()
    {
        Reserve(1);
        text[length++] = '\n';
    }

    private void Reserve(int more)
    {
        if (length + more <= text.Length)
            return;

        var larger = ArrayPool<char>.Shared.Rent(Math.Max(2 * text.Length, length + more));
        text.AsSpan(0, length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(text);
        text = larger;
    }
}
