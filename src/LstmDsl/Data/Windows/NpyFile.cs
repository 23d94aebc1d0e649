using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LstmDsl;

/// <summary>
/// Rows of floats in NumPy's <c>.npy</c> format: what <c>numpy.save</c> writes of an array (rows, columns) of <c>float32</c>, and
/// <c>numpy.load(path, mmap_mode="r")</c> reads. <see cref="WindowedDataset.FromFile"/> trains on such a file without reading it into memory.
/// </summary>
/// <remarks>
/// The bytes 93 4E 55 4D 50 59 (<c>\x93NUMPY</c>), the version's two, the length of the text that follows (two bytes in version 1, else four;
/// little-endian), the text <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (rows, columns), }</c> with spaces up to a multiple of 64 and
/// a line feed, then the floats, row after row, little-endian.
/// </remarks>
public static class NpyFile
{
    private const int HeaderLength = 128;
    private const int LongestHeader = 1 << 16;

    private static ReadOnlySpan<byte> Signature => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Writes rows as they come, holding one at a time; an existing file is replaced as a whole.</summary>
    /// <param name="path">The file, by custom named <c>.npy</c>; its folder must exist.</param>
    /// <param name="rows">The rows, all equally long: in the network's units for training.</param>
    /// <returns>Number of rows written.</returns>
    /// <exception cref="ArgumentException">There are no rows, or one is empty or of another length than the first; the message says which.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public static long Write(string path, IEnumerable<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var count = 0L;
        AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[HeaderLength]);
            var columns = 0;
            foreach (var row in rows)
            {
                if (count == 0) columns = row.Length;
                if (row.Length != columns || columns == 0)
                {
                    throw new ArgumentException(FormattableString.Invariant(
                        $"Row {count} has {Counted.Of(row.Length, "value")}; ")
                        + (columns == 0 ? "expected at least one." : FormattableString.Invariant($"expected {columns}, as row 0 has.")), nameof(rows));
                }
                WriteRow(stream, row);
                count++;
            }
            if (count == 0) throw new ArgumentException("There are no rows to write.", nameof(rows));
            stream.Position = 0;
            stream.Write(Header(count, columns));
        });
        return count;
    }

    /// <summary>Maps a file's rows.</summary>
    /// <exception cref="InvalidDataException">The file is not what it should be; the message says what was found.</exception>
    internal static (FloatRows Values, long Rows, int Columns) Map(string path)
    {
        var (offset, rows, columns) = ReadHeader(path, out var length);
        var needed = (UInt128)rows * (UInt128)columns * sizeof(float);
        if (needed > (UInt128)(length - offset))
        {
            throw Refused(path, FormattableString.Invariant(
                $"it ends after {length:N0} bytes, but a shape of ({rows}, {columns}) needs {(UInt128)offset + needed:N0}; ")
                + "it was not written to its end");
        }
        return (FloatRows.Map(path, offset, rows * columns), rows, columns);
    }

    private static (long Offset, long Rows, int Columns) ReadHeader(string path, out long length)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        length = stream.Length;
        Span<byte> start = stackalloc byte[12];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read < 10 || !start[..6].SequenceEqual(Signature))
        {
            throw Refused(path, $"it does not begin as NumPy's .npy does{(FileKind.At(path) is { } other ? $": {other.TrimEnd('.')}" : "")}");
        }
        var isFirst = start[6] == 1;
        if (start[6] is < 1 or > 3) throw Refused(path, $"its version is {start[6]}.{start[7]}; known are 1 to 3");
        var textLength = isFirst ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        var textStart = isFirst ? 10 : 12;
        if (textLength > LongestHeader || textStart + textLength > length)
            throw Refused(path, FormattableString.Invariant($"its header has {textLength:N0} bytes, the file {length:N0}"));
        var text = new byte[textLength];
        stream.Position = textStart;
        stream.ReadExactly(text);
        var (rows, columns) = Shape(path, Encoding.UTF8.GetString(text));
        var offset = textStart + (long)textLength;
        return offset % sizeof(float) == 0
            ? (offset, rows, columns)
            : throw Refused(path, FormattableString.Invariant($"its values begin at byte {offset}; expected a multiple of 4, as NumPy writes it"));
    }

    // Python's words for a dictionary of three: no parser of the language is needed for what NumPy writes.
    private static (long Rows, int Columns) Shape(string path, string header)
    {
        var type = Member(path, header, "descr").Trim('\'', '"');
        if (type != "<f4") throw Refused(path, $"its values are of type '{Excerpt.Of(type)}'; expected '<f4', as array.astype(numpy.float32) has it");
        if (Member(path, header, "fortran_order") != "False")
            throw Refused(path, "it is laid out column by column; expected row by row, as numpy.ascontiguousarray(array) has it");
        var shape = header.Split('(', ')') is [_, var inner, ..] ? inner : "";
        var axes = shape.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var lengths = new long[axes.Length];
        for (var axis = 0; axis < axes.Length; axis++)
        {
            if (!long.TryParse(axes[axis], NumberStyles.None, CultureInfo.InvariantCulture, out lengths[axis]) || lengths[axis] < 1)
                throw Refused(path, $"its shape has an axis of '{Excerpt.Of(axes[axis])}'; expected whole numbers from 1");
        }
        return lengths switch
        {
            [var rows] => (rows, 1),
            [var rows, <= int.MaxValue and var columns] => (rows, (int)columns),
            [] => throw Refused(path, "its shape is missing or empty; expected (rows, columns), or (rows,) for one column"),
            _ => throw Refused(path, $"its shape is ({Excerpt.Of(shape)}); expected (rows, columns), or (rows,) for one column"),
        };
    }

    private static string Member(string path, string header, string name)
    {
        var start = header.IndexOf($"'{name}':", StringComparison.Ordinal);
        if (start < 0) throw Refused(path, $"its header lacks '{name}'");
        start += name.Length + 3;
        var end = header.IndexOf(',', start);
        return (end < 0 ? header[start..] : header[start..end]).Trim(' ', '}', '\n');
    }

    private static byte[] Header(long rows, int columns)
    {
        var text = FormattableString.Invariant($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
        var header = new byte[HeaderLength];
        Signature.CopyTo(header);
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), HeaderLength - 10);
        header.AsSpan(10).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, header.AsSpan(10));
        header[^1] = (byte)'\n';
        return header;
    }

    private static void WriteRow(Stream stream, float[] row)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(row.AsSpan()));
            return;
        }
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        foreach (var value in row)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }

    private static InvalidDataException Refused(string path, string text) => new($"'{path}' holds no rows of floats: {text}.");
}
