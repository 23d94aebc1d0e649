using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace LstmDsl;

/// <summary>Builds the text of an SVG picture. Whatever is put into a line is escaped or written culture-free.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder text = new();

    /// <summary>Adds a line.</summary>
    public void Line(Markup line) => text.Append(line.ToString()).Append('\n');

    /// <summary>A piece of a line, to be put into others as it is.</summary>
    public static Raw Format(Markup piece) => new(piece.ToString());

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    /// <summary>Markup that needs no escaping.</summary>
    public readonly record struct Raw(string Text);

    /// <summary>What the compiler turns an interpolated line into: its places take numbers, texts and <see cref="Raw"/>.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Markup(int literalLength, int formattedCount)
    {
        private readonly StringBuilder text = new(literalLength + (formattedCount * 8));

        public void AppendLiteral(string literal) => text.Append(literal);

        public void AppendFormatted(string? value) => text.Append(ChartText.Escaped(value ?? ""));

        public void AppendFormatted(double value) => text.Append(ChartText.Number(value));

        public void AppendFormatted(int value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(Raw value) => text.Append(value.Text);

        public override string ToString() => text.ToString();
    }
}
