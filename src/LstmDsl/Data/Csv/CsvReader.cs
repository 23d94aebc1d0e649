using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>
/// Reads a CSV file record by record, as RFC 4180 describes it: fields between commas, quoted where they hold commas, line breaks or
/// quotes (doubled). Lines end with CRLF, LF or CR; empty lines are skipped; a byte order mark is understood. Nothing longer than the
/// limits below is ever held, so that a hostile file cannot eat memory.
/// </summary>
internal sealed class CsvReader : IDisposable
{
    /// <summary>The longest field, in characters.</summary>
    public const int MaximumFieldLength = 65_536;

    /// <summary>The longest record, in characters.</summary>
    public const int MaximumRecordLength = 4_194_304;

    /// <summary>The most fields in a record.</summary>
    public const int MaximumColumns = 16_384;

    private const int End = -1;

    private readonly TextReader reader;
    private readonly char[] buffer = new char[32_768];
    private readonly List<(int Start, int Line)> fields = [];
    private char[] text = new char[256];
    private int position, length, textLength;
    private int line = 1;

    /// <summary>Reads from text; the reader owns it.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What messages call the file.</param>
    public CsvReader(TextReader reader, string name)
    {
        this.reader = reader;
        Name = name;
    }

    /// <summary>Opens a file, in UTF-8 unless a byte order mark says otherwise.</summary>
    public static CsvReader Open(string path)
    {
        if (Directory.Exists(path)) throw new UnauthorizedAccessException($"'{path}' is a folder, not a file.");
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        return new CsvReader(new StreamReader(path, encoding, detectEncodingFromByteOrderMarks: true), path);
    }

    /// <summary>What messages call the file.</summary>
    public string Name { get; }

    /// <summary>Number of fields in the record.</summary>
    public int FieldCount => fields.Count;

    /// <summary>The line on which the record starts, from 1.</summary>
    public int RecordLine => fields[0].Line;

    /// <summary>A field's text, without its quotes.</summary>
    public ReadOnlySpan<char> Field(int index) =>
        text.AsSpan(fields[index].Start..(index + 1 < fields.Count ? fields[index + 1].Start : textLength));

    /// <summary>The line on which a field starts, from 1; a quoted field before it may hold line breaks.</summary>
    public int FieldLine(int index) => fields[index].Line;

    /// <summary>Reads the next record; false at the end of the file.</summary>
    /// <exception cref="InvalidDataException">The text is not CSV or exceeds a limit.</exception>
    public bool ReadRecord()
    {
        fields.Clear();
        textLength = 0;
        while (Peek() is '\r' or '\n') SkipLineBreak();
        if (Peek() == End) return false;
        while (true)
        {
            if (fields.Count == MaximumColumns)
            {
                throw Error(line, $"the record has more than {MaximumColumns} fields, the most that are read");
            }
            fields.Add((textLength, line));
            if (Peek() == '"') ReadQuoted();
            else ReadPlain();
            if (Peek() == ',')
            {
                position++;
                continue;
            }
            if (Peek() != End) SkipLineBreak();
            return true;
        }
    }

    /// <summary>An exception about this file at a line.</summary>
    public InvalidDataException Error(int line, string text) => new(FormattableString.Invariant($"{Name}, line {line}: {text}."));

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private void ReadPlain()
    {
        while (Peek() != End)
        {
            var rest = buffer.AsSpan(position, length - position);
            var end = rest.IndexOfAny(",\r\n\"");
            Append(end < 0 ? rest : rest[..end]);
            position += end < 0 ? rest.Length : end;
            if (end < 0) continue;
            if (buffer[position] != '"') return;
            throw Error(line,
                $"a quote stands inside field {fields.Count}, which does not start with one; "
                + "quote the whole field and double the quotes in it");
        }
    }

    private void ReadQuoted()
    {
        var opened = line;
        position++;
        while (Peek() != End)
        {
            var c = buffer[position];
            if (c == '"')
            {
                position++;
                var next = Peek();
                if (next is ',' or '\r' or '\n' or End) return;
                if (next != '"')
                {
                    throw Error(line, $"text follows the closing quote of field {fields.Count}; double the quotes inside a quoted field");
                }
            }
            if (c is '\r' or '\n')
            {
                var start = position;
                var pair = SkipLineBreak();
                Append(pair ? "\r\n" : c == '\r' ? "\r" : "\n");
                continue;
            }
            Append(new ReadOnlySpan<char>(in buffer[position]));
            position++;
        }
        throw Error(opened, $"the quote that opens field {fields.Count} is never closed");
    }

    private void Append(ReadOnlySpan<char> characters)
    {
        var (start, fieldLine) = fields[^1];
        if (textLength - start + characters.Length > MaximumFieldLength)
        {
            throw Error(fieldLine,
                $"field {fields.Count} is longer than {MaximumFieldLength} characters, the most that are read; "
                + "a closing quote may be missing");
        }
        if (textLength + characters.Length > MaximumRecordLength)
        {
            throw Error(fieldLine, $"the record is longer than {MaximumRecordLength} characters, the most that are read");
        }
        if (textLength + characters.Length > text.Length) Array.Resize(ref text, Math.Max(text.Length * 2, textLength + characters.Length));
        characters.CopyTo(text.AsSpan(textLength));
        textLength += characters.Length;
    }

    // True where the break was CR and LF together.
    private bool SkipLineBreak()
    {
        var carriageReturn = buffer[position++] == '\r';
        var pair = carriageReturn && Peek() == '\n';
        if (pair) position++;
        line++;
        return pair;
    }

    private int Peek()
    {
        if (position < length) return buffer[position];
        position = 0;
        try
        {
            length = reader.Read(buffer);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{Name}, at or after line {line}: the text is not UTF-8 (byte 0x{e.BytesUnknown?[0] ?? 0:X2}); "
                + $"save the file in that encoding."), e);
        }
        return length > 0 ? buffer[0] : End;
    }
}
