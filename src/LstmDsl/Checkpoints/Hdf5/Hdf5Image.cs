namespace LstmDsl;

/// <summary>
/// The bytes of an HDF5 file, and how much may still be made of them: values, and also the objects that describe them, of which a byte may
/// ask for many.
/// </summary>
/// <param name="bytes">The whole file.</param>
/// <param name="file">Its name, for messages.</param>
/// <param name="allowance">What may be made of it.</param>
internal sealed class Hdf5Image(byte[] bytes, string file, FileAllowance allowance)
{
    /// <summary>Charged for an object with its tables: a group, a header, an attribute, a chunk.</summary>
    private const long ObjectBytes = 512;

    /// <summary>Charged for an entry of a table: a message, a link, a node.</summary>
    private const long EntryBytes = 128;

    /// <summary>Bytes of an address.</summary>
    public int OffsetSize { get; set; } = 8;

    /// <summary>Bytes of a length.</summary>
    public int LengthSize { get; set; } = 8;

    /// <summary>What addresses are counted from.</summary>
    public long BaseAddress { get; set; }

    /// <summary>The first bytes, by which files of other kinds are recognised.</summary>
    public ReadOnlySpan<byte> Start => bytes.AsSpan(0, Math.Min(bytes.Length, FileKind.StartBytes));

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
        if (!allowance.TryTake(size))
            throw at.Fault($"{what} would take {size} bytes, {allowance.Limit}");
    }

    /// <summary>Charges an object of the structure, whose names have so many characters.</summary>
    public void ChargeObject(Hdf5Cursor at, int characters = 0) => Charge(ObjectBytes + (sizeof(char) * (long)characters), at, "its structure");

    /// <summary>Charges an entry of a table of the structure.</summary>
    public void ChargeEntry(Hdf5Cursor at) => Charge(EntryBytes, at, "its structure");

    /// <summary>An exception that says where.</summary>
    public InvalidDataException Fault(long position, string place, string what, Exception? cause = null) =>
        new($"'{file}' is no HDF5 file that can be read: {what}; byte {position}, {Excerpt.Of(place)}.", cause);
}
