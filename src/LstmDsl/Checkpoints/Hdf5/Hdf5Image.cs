namespace LstmDsl;

/// <summary>
/// The bytes of an HDF5 file, and how much may still be made of them. What is made is charged here before it is allocated, so that a file
/// that claims much, or says the same thing often, cannot ask for more than a multiple of its length.
/// </summary>
/// <param name="bytes">The whole file.</param>
/// <param name="file">Its name, for messages.</param>
internal sealed class Hdf5Image(byte[] bytes, string file)
{
    /// <summary>Bytes that a small file may become, whatever its length: compressed zeros are short.</summary>
    private const long FreeBytes = 1 << 20;

    /// <summary>How many bytes one byte of a file may become.</summary>
    private const long LargestExpansion = 64;

    private long remaining = FreeBytes + (LargestExpansion * bytes.Length);

    /// <summary>Bytes of an address.</summary>
    public int OffsetSize { get; set; } = 8;

    /// <summary>Bytes of a length.</summary>
    public int LengthSize { get; set; } = 8;

    /// <summary>What addresses are counted from.</summary>
    public long BaseAddress { get; set; }

    /// <summary>Length of the file.</summary>
    public long Length => bytes.Length;

    /// <summary>All bytes from an address on.</summary>
    /// <param name="address">As the file gives it.</param>
    /// <param name="place">The object that it belongs to, for messages.</param>
    /// <exception cref="InvalidDataException">It lies outside the file.</exception>
    public Hdf5Cursor At(ulong address, string place)
    {
        if (address > (ulong)(Length - BaseAddress))
            throw Fault(BaseAddress, place, $"an address of {address} lies outside the file, which is {Length} bytes long");
        return new Hdf5Cursor(this, BaseAddress + (long)address, Length, place);
    }

    /// <summary>So many bytes from an address on.</summary>
    /// <exception cref="InvalidDataException">They do not lie within the file.</exception>
    public Hdf5Cursor At(ulong address, ulong length, string place) => At(address, place).Take(length);

    /// <summary>A part of the file; it lies within it, as cursors have made sure.</summary>
    public ReadOnlySpan<byte> Span(long position, int length) => bytes.AsSpan((int)position, length);

    /// <summary>Takes from what may be made of the file.</summary>
    /// <exception cref="InvalidDataException">That is more than is left.</exception>
    public void Charge(long size, Hdf5Cursor at, string what)
    {
        if (size > remaining)
        {
            throw at.Fault(
                $"{what} would take {size} bytes, more than a file of {Length} bytes may become "
                + $"({LargestExpansion} times its length and {FreeBytes} bytes, in all)");
        }

        remaining -= size;
    }

    /// <summary>An exception that says where.</summary>
    public InvalidDataException Fault(long position, string place, string what, Exception? cause = null) =>
        new($"'{file}' is no HDF5 file that can be read: {what}; byte {position}, {place}.", cause);
}
