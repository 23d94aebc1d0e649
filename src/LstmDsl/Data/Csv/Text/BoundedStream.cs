using System.Globalization;

namespace LstmDsl;

/// <summary>What a compressed file becomes, which must not be much more than a file of its length can hold in earnest.</summary>
/// <param name="unpacked">The unpacked bytes, which it owns.</param>
/// <param name="name">What messages call the file.</param>
/// <param name="length">The file's length in bytes.</param>
internal sealed class BoundedStream(Stream unpacked, string name, long length) : ReadingStream
{
    private const long FreeBytes = 16 << 20;
    private const long LargestExpansion = 256;

    private readonly long most = FreeBytes + (LargestExpansion * length);
    private long read;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = unpacked.Read(buffer);
        }
        catch (InvalidDataException problem)
        {
            throw new InvalidDataException($"{name}: what is compressed in it is damaged: {problem.Message}", problem);
        }

        read += count;
        if (read <= most)
            return count;
        throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {length} compressed bytes become more than {most}, {LargestExpansion} times as many and {FreeBytes}; unpack the file "
            + $"first."));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            unpacked.Dispose();
        base.Dispose(disposing);
    }
}
