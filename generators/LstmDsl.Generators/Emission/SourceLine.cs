using System.Runtime.CompilerServices;

namespace LstmDsl.Generators;

/// <summary>
/// An interpolated line that goes to the text piece by piece as it is put together, so that no text of it is made beside that. Numbers are
/// no pieces: how code, prose and names write them is <see cref="Text"/>'s to say.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct SourceLine
{
    private readonly SourceWriter writer;

    /// <summary>Begins a line.</summary>
    /// <param name="literalLength">Characters between the pieces.</param>
    /// <param name="formattedCount">How many pieces come.</param>
    /// <param name="writer">What writes it.</param>
    public SourceLine(int literalLength, int formattedCount, SourceWriter writer)
    {
        this.writer = writer;
        writer.BeginLine();
    }

    /// <summary>Adds what stands between pieces.</summary>
    public void AppendLiteral(string literal) => writer.Append(literal);

    /// <summary>Adds a text.</summary>
    public void AppendFormatted(string? piece) => writer.Append(piece ?? "");

    /// <summary>Adds texts, parted by commas.</summary>
    public void AppendFormatted(IReadOnlyList<string> pieces)
    {
        for (var i = 0; i < pieces.Count; i++)
        {
            if (i > 0)
                writer.Append(", ");
            writer.Append(pieces[i]);
        }
    }

    /// <summary>Adds the name of a value.</summary>
    public void AppendFormatted<TEnum>(TEnum piece) where TEnum : struct, Enum => writer.Append(piece.ToString());
}
