using System.IO.Compression;

namespace LstmDsl;

/// <summary>
/// What a gzip holds, one member or several. .NET takes the end of a file that was cut for the end of what it holds; so a last member is
/// put behind the file here, and where it does not come out at the end, the file does not end where a member does.
/// </summary>
internal sealed class WholeGzip : ReadingStream
{
    private const int BlockLength = 65_536;
    private static readonly byte[] Last = [.. "the end, 3d1f\0\u0001\u0002"u8];
    private static readonly byte[] LastMember = Packed(Last);

    private readonly JoinedStream joined;
    private readonly GZipStream unpacked;
    private readonly byte[] block = new byte[BlockLength];
    private int position, length;
    private bool isAtEnd;

    /// <summary>Reads from a stream, which it owns.</summary>
    public WholeGzip(Stream packed)
    {
        joined = new([], packed, LastMember);
        unpacked = new(joined, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        // What comes out of the bytes behind the file may be nonsense of a member that was cut: none of it is given before the end tells.
        while (!isAtEnd && (joined.IsBehind || length - position <= Last.Length))
        {
            block.AsSpan(position, length - position).CopyTo(block);
            (position, length) = (0, length - position);
            if (length == block.Length)
                throw TooEarly(null);
            var read = Unpack(block.AsSpan(length));
            length += read;
            if (read > 0)
                continue;
            isAtEnd = true;
            if (!block.AsSpan(0, length).EndsWith(Last))
                throw TooEarly(null);
        }

        var count = Math.Min(buffer.Length, length - position - Last.Length);
        block.AsSpan(position, count).CopyTo(buffer);
        position += count;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            unpacked.Dispose();
        base.Dispose(disposing);
    }

    // A member that was cut goes on in the bytes behind the file, which are none of its own.
    private int Unpack(Span<byte> buffer)
    {
        try
        {
            return unpacked.Read(buffer);
        }
        catch (InvalidDataException problem) when (joined.IsBehind)
        {
            throw TooEarly(problem);
        }
    }

    private static InvalidDataException TooEarly(Exception? problem) =>
        new("it ends too early, as if it had not been copied or downloaded to its end.", problem);

    private static byte[] Packed(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.NoCompression, leaveOpen: true))
            gzip.Write(bytes);
        return stream.ToArray();
    }
}
