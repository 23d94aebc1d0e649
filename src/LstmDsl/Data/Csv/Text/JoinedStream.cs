namespace LstmDsl;

/// <summary>Some bytes, then a stream, then some bytes more.</summary>
/// <param name="start">The bytes before.</param>
/// <param name="middle">The stream, which it owns.</param>
/// <param name="end">The bytes behind.</param>
internal sealed class JoinedStream(byte[] start, Stream middle, byte[] end) : ReadingStream
{
    private int startPosition, endPosition;

    /// <summary>Reads a stream's first bytes, as many as it has, and gives a stream that begins with them.</summary>
    public static JoinedStream Look(Stream stream, int count, out byte[] start)
    {
        start = new byte[count];
        start = start[..stream.ReadAtLeast(start, count, throwOnEndOfStream: false)];
        return new(start, stream, []);
    }

    /// <summary>Passes over some of the first bytes.</summary>
    public void Skip(int count) => startPosition += count;

    /// <summary>Whether the stream is over, and bytes behind it were read.</summary>
    public bool IsBehind => endPosition > 0;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (startPosition < start.Length)
            return Copied(start, ref startPosition, buffer);
        var read = middle.Read(buffer);
        return read > 0 ? read : Copied(end, ref endPosition, buffer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            middle.Dispose();
        base.Dispose(disposing);
    }

    private static int Copied(byte[] bytes, ref int position, Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, bytes.Length - position);
        bytes.AsSpan(position, count).CopyTo(buffer);
        position += count;
        return count;
    }
}
