using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace LstmDsl;

/// <summary>Reads forward through a part of an HDF5 file; nothing beyond that part is ever read. All numbers are little-endian.</summary>
internal struct Hdf5Cursor
{
    private readonly Hdf5Image image;
    private readonly long end;
    private long position;

    /// <summary>Begins at a position of the file. <paramref name="end"/> must lie within it.</summary>
    public Hdf5Cursor(Hdf5Image image, long position, long end, string place)
    {
        this.image = image;
        this.position = position;
        this.end = end;
        Place = place;
    }

    /// <summary>The object that is read, for messages.</summary>
    public string Place { get; }

    /// <summary>Position in the file.</summary>
    public readonly long Position => position;

    /// <summary>Bytes left.</summary>
    public readonly long Remaining => end - position;

    /// <summary>A cursor over the bytes that come next, which are skipped here.</summary>
    public Hdf5Cursor Take(ulong length)
    {
        if (length > (ulong)Remaining)
            throw Fault($"{length} bytes are claimed where {Remaining} are left");
        var part = new Hdf5Cursor(image, position, position + (long)length, Place);
        position += (long)length;
        return part;
    }

    /// <summary>The bytes that come next. They are charged, so that reading the same ones again and again comes to an end.</summary>
    public ReadOnlySpan<byte> Bytes(long length)
    {
        image.Charge(length, this, "what is read");
        return image.Span(Take((ulong)length).position, (int)length);
    }

    /// <summary>Leaves bytes out.</summary>
    public void Skip(long length) => Take((ulong)length);

    /// <summary>One byte.</summary>
    public byte U8() => Bytes(1)[0];

    /// <summary>Two bytes.</summary>
    public int U16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    /// <summary>Four bytes.</summary>
    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    /// <summary>A number of up to eight bytes.</summary>
    public ulong Number(int size)
    {
        var bytes = Bytes(size);
        var value = 0UL;
        for (var i = bytes.Length - 1; i >= 0; i--)
            value = (value << 8) | bytes[i];
        return value;
    }

    /// <summary>An address; null where the file says that there is none.</summary>
    public ulong? Address()
    {
        var value = Number(image.OffsetSize);
        var none = image.OffsetSize == 8 ? ulong.MaxValue : (1UL << (8 * image.OffsetSize)) - 1;
        return value == none ? null : value;
    }

    /// <summary>An address that must be there.</summary>
    public ulong RequiredAddress(string what) => Address() ?? throw Fault($"the address of {what} is missing");

    /// <summary>A length.</summary>
    public ulong Length() => Number(image.LengthSize);

    /// <summary>Checks a signature of four letters.</summary>
    public void Expect(ReadOnlySpan<byte> signature, string what)
    {
        if (Remaining < signature.Length || !Bytes(signature.Length).SequenceEqual(signature))
            throw Fault($"{what} does not begin with {Encoding.ASCII.GetString(signature)}");
    }

    /// <summary>Checks a version.</summary>
    /// <returns>The version.</returns>
    public int Version(int least, int most, string what)
    {
        var version = U8();
        return version >= least && version <= most
            ? version
            : throw Fault($"{what} has version {version}; {(least == most ? $"{least} is" : $"{least} to {most} are")} read");
    }

    /// <summary>Text in UTF-8 (of which ASCII is a part), up to its first zero.</summary>
    public string Text(long length)
    {
        var part = Take((ulong)length);
        var zero = image.Span(part.position, (int)length).IndexOf((byte)0);
        image.Charge(TextOverhead + (sizeof(char) * (zero < 0 ? length : zero)), this, "a text");
        return Text(part.Bytes(zero < 0 ? length : zero), this);
    }

    /// <summary>Text in UTF-8 up to its first zero, of bytes that have been charged.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="at">Where they are from, for messages.</param>
    public static string Text(ReadOnlySpan<byte> bytes, Hdf5Cursor at)
    {
        var zero = bytes.IndexOf((byte)0);
        try
        {
            return StrictUtf8.GetString(zero < 0 ? bytes : bytes[..zero]);
        }
        catch (DecoderFallbackException exception)
        {
            throw at.image.Fault(at.position, at.Place, "a text is not UTF-8", exception);
        }
    }

    /// <summary>An exception that says where.</summary>
    public readonly InvalidDataException Fault(string what) => image.Fault(position, Place, what);

    /// <summary>Bytes that a number up to <paramref name="limit"/> takes, as the format counts them.</summary>
    public static int SizeOfNumber(ulong limit) => (BitOperations.Log2(limit) / 8) + 1;

    /// <summary>Bytes of a text beside its characters, and of what refers to it.</summary>
    private const int TextOverhead = 48;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
