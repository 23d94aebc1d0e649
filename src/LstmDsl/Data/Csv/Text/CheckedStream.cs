namespace LstmDsl;

/// <summary>What a zip's member holds, refused at its end where its checksum is another: .NET reads a member whatever that says.</summary>
internal sealed class CheckedStream(Stream content, uint expected) : ReadingStream
{
    private uint checksum;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = content.Read(buffer);
        checksum = Checksum.Crc32(buffer[..count], checksum);
        return count > 0 || buffer.IsEmpty || checksum == expected
            ? count
            : throw new InvalidDataException("its bytes are not those of its checksum.");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }
}
