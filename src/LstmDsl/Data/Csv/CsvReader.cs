using System.Buffers;
using System.Text;

namespace LstmDsl;

/// <summary>
/// Reads a CSV file record by record, as RFC 4180 describes it: fields between separators, quoted where they hold separators, line breaks
/// or quotes (doubled). Lines end with CRLF, LF or CR; empty lines are skipped. Nothing longer than the limits below is ever held, so that
/// a hostile file cannot eat memory.
/// </summary>
/// <param name="text">The text, which it owns.</param>
/// <param name="name">What messages call the file.</param>
internal sealed class CsvReader(Utf8Text text, string name) : IDisposable
{
    /// <summary>The longest field, in characters.</summary>
    public const int MaximumFieldLength = 65_536;

    /// <summary>The longest record, in characters.</summary>
    public const int MaximumRecordLength = 4_194_304;

    /// <summary>The most fields in a record.</summary>
    public const int MaximumColumns = 16_384;

    private const byte Quote = (byte)'"', CarriageReturn = (byte)'\r', LineFeed = (byte)'\n';
    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);
    private static readonly SearchValues<byte> QuotedStops = SearchValues.Create("\"\r\n"u8);

    // The record that is being read begins at start; places within it count from there, so that it can be moved.
    private byte[] buffer = GC.AllocateUninitializedArray<byte>(65_536);
    private int start, position, length;
    private Field[] fields = new Field[16];
    private byte[] unquoted = [];
    private int line = 1;
    private byte separator = (byte)',';
    private SearchValues<byte> plainStops = SearchValues.Create(",\r\n\""u8);

    /// <summary>What messages call the file.</summary>
    public string Name => name;

    /// <summary>What stands between fields; an ASCII character.</summary>
    public char Separator
    {
        get => (char)separator;
        set
        {
            separator = (byte)value;
            plainStops = SearchValues.Create([separator, CarriageReturn, LineFeed, Quote]);
        }
    }

    /// <summary>What comment lines begin with, in UTF-8; empty where there are none.</summary>
    public byte[] Comment { get; init; } = [];

    /// <summary>The columns' names, for messages; empty until they are known.</summary>
    public IReadOnlyList<string> Columns { get; set; } = [];

    /// <summary>Number of fields in the record.</summary>
    public int FieldCount { get; private set; }

    /// <summary>The line on which the record starts, from 1.</summary>
    public int RecordLine { get; private set; } = 1;

    /// <summary>Bytes that were taken from the text and not yet read as records.</summary>
    public int Unread => length - position;

    /// <summary>A field's text in UTF-8, without its quotes; until the next call, or the next record.</summary>
    public ReadOnlySpan<byte> FieldBytes(int index)
    {
        ref readonly var field = ref fields[index];
        var bytes = buffer.AsSpan(start + field.Start, field.End - field.Start);
        return field.HasQuotes ? Unquoted(bytes) : bytes;
    }

    /// <summary>A field's text, without its quotes.</summary>
    public string FieldText(int index) => Encoding.UTF8.GetString(FieldBytes(index));

    /// <summary>The line on which a field starts, from 1; a quoted field before it may hold line breaks.</summary>
    public int FieldLine(int index) => fields[index].Line;

    /// <summary>Reads the next record; false at the end of the file.</summary>
    /// <exception cref="InvalidDataException">The text is not CSV, does not decode, or exceeds a limit.</exception>
    public bool ReadRecord()
    {
        FieldCount = 0;
        SkipWhatIsNoRecord();
        if (!HasMore())
            return false;
        while (true)
        {
            AddField();
            if (HasMore() && buffer[position] == Quote)
                ReadQuoted();
            else
                ReadPlain();
            if (!HasMore())
                return true;
            if (buffer[position] == separator)
            {
                position++;
                continue;
            }

            SkipLineBreak();
            return true;
        }
    }

    /// <summary>Goes back to the beginning of the record that was read last, also where it could not be read.</summary>
    public void Rewind()
    {
        position = start;
        line = RecordLine;
        FieldCount = 0;
    }

    /// <summary>Passes over a line, whatever it holds; false at the end of the file.</summary>
    public bool SkipLine()
    {
        if (!HasMore())
            return false;
        while (HasMore())
        {
            start = position;
            var rest = buffer.AsSpan(position, length - position);
            var end = rest.IndexOfAny(LineBreaks);
            position += end < 0 ? rest.Length : end;
            if (end < 0)
                continue;
            SkipLineBreak();
            return true;
        }

        return true;
    }

    /// <summary>An exception about this file at a line.</summary>
    public InvalidDataException Error(int line, string text) => new(FormattableString.Invariant($"{Name}, line {line}: {text}."));

    /// <inheritdoc/>
    public void Dispose() => text.Dispose();

    private void SkipWhatIsNoRecord()
    {
        while (true)
        {
            start = position;
            RecordLine = line;
            if (!HasMore())
                return;
            if (buffer[position] is CarriageReturn or LineFeed)
                SkipLineBreak();
            else if (IsComment())
                SkipLine();
            else
                return;
        }
    }

    private bool IsComment()
    {
        if (Comment.Length == 0)
            return false;
        while (length - position < Comment.Length && Fill())
        {
        }

        return buffer.AsSpan(position, length - position).StartsWith(Comment);
    }

    private void AddField()
    {
        if (FieldCount == MaximumColumns)
            throw Error(line, $"the record has more than {MaximumColumns} fields, the most that are read");
        if (FieldCount == fields.Length)
            Array.Resize(ref fields, Math.Min(2 * fields.Length, MaximumColumns));
        fields[FieldCount++] = new Field { Start = position - start, Line = line };
    }

    private void ReadPlain()
    {
        while (true)
        {
            var rest = buffer.AsSpan(position, length - position);
            var end = rest.IndexOfAny(plainStops);
            position += end < 0 ? rest.Length : end;
            if (end >= 0 || !Fill())
                break;
        }

        EndField(position - start);
        if (position < length && buffer[position] == Quote)
        {
            throw Error(line, $"a quote stands inside field {FieldCount}, which does not start with one; quote the whole field and "
                + "double the quotes in it");
        }
    }

    private void ReadQuoted()
    {
        var opened = line;
        position++;
        fields[FieldCount - 1].Start++;
        while (true)
        {
            var rest = buffer.AsSpan(position, length - position);
            var stop = rest.IndexOfAny(QuotedStops);
            position += stop < 0 ? rest.Length : stop;
            if (stop < 0)
            {
                if (!Fill())
                    throw Error(opened, $"the quote that opens field {FieldCount} is never closed");
                continue;
            }

            if (buffer[position] != Quote)
            {
                SkipLineBreak();
                continue;
            }

            position++;
            if (!HasMore() || buffer[position] == separator || buffer[position] is CarriageReturn or LineFeed)
            {
                EndField(position - start - 1);
                return;
            }

            if (buffer[position] != Quote)
                throw Error(line, $"text follows the closing quote of field {FieldCount}; double the quotes inside a quoted field");
            fields[FieldCount - 1].HasQuotes = true;
            position++;
        }
    }

    private void EndField(int end)
    {
        ref var field = ref fields[FieldCount - 1];
        field.End = end;
        if (end - field.Start > MaximumFieldLength || end > MaximumRecordLength)
            CheckLengths();
    }

    private bool HasMore() => position < length || Fill();

    /// <summary>Takes more of the text, behind the record that is being read; false at the end of the text.</summary>
    private bool Fill()
    {
        CheckLengths();
        if (start > 0)
        {
            buffer.AsSpan(start, length - start).CopyTo(buffer);
            (position, length, start) = (position - start, length - start, 0);
        }

        if (2 * length > buffer.Length)
            Array.Resize(ref buffer, 2 * buffer.Length);
        var read = text.Read(buffer.AsSpan(length));
        if (read == 0 && text.Problem is { } problem)
            throw Undecodable(problem);
        length += read;
        return read > 0;
    }

    private InvalidDataException Undecodable(string problem)
    {
        var column = Math.Max(FieldCount, 1);
        var named = column <= Columns.Count ? $" ('{Excerpt.Of(Columns[column - 1])}')" : "";
        return new(FormattableString.Invariant($"{Name}, line {line}, column {column}{named}: {problem}."));
    }

    private void CheckLengths()
    {
        if (FieldCount == 0)
            return;
        ref readonly var field = ref fields[FieldCount - 1];
        if (IsLonger(start + field.Start, MaximumFieldLength))
        {
            throw Error(field.Line, $"field {FieldCount} is longer than {MaximumFieldLength} characters, the most that are read; "
                + "a closing quote may be missing");
        }

        if (IsLonger(start, MaximumRecordLength))
            throw Error(field.Line, $"the record is longer than {MaximumRecordLength} characters, the most that are read");
    }

    private bool IsLonger(int from, int characters) =>
        position - from > characters && Encoding.UTF8.GetCharCount(buffer, from, position - from) > characters;

    private void SkipLineBreak()
    {
        var isReturn = buffer[position++] == CarriageReturn;
        line++;
        if (isReturn && HasMore() && buffer[position] == LineFeed)
            position++;
    }

    private ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> bytes)
    {
        if (unquoted.Length < bytes.Length)
            unquoted = new byte[bytes.Length];
        var count = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            unquoted[count++] = bytes[at];
            if (bytes[at] == Quote)
                at++;
        }

        return unquoted.AsSpan(0, count);
    }

    private struct Field
    {
        public int Start, End, Line;
        public bool HasQuotes;
    }
}
