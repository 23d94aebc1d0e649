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

    private readonly GZipStream unpacked;
    private readonly byte[] block = new byte[BlockLength];
    private int position, length;
    private bool isAtEnd;

    /// <summary>Reads from a stream, which it owns.</summary>
    public WholeGzip(Stream packed) => unpacked = new(new JoinedStream([], packed, LastMember), CompressionMode.Decompress);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (length - position <= Last.Length)
        {
            if (isAtEnd)
                return 0;
            block.AsSpan(position, length - position).CopyTo(block);
            (position, length) = (0, length - position);
            var read = unpacked.Read(block.AsSpan(length));
            length += read;
            if (read > 0)
                continue;
            isAtEnd = true;
            if (!block.AsSpan(0, length).SequenceEqual(Last))
                throw new InvalidDataException("it ends too early, as if it had not been copied or downloaded to its end.");
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

    private static byte[] Packed(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.NoCompression, leaveOpen: true))
            gzip.Write(bytes);
        return stream.ToArray();
    }
}
