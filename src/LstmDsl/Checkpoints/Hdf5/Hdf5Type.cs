namespace LstmDsl;

/// <summary>What the elements of a data set or attribute are.</summary>
internal enum Hdf5Class
{
    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>IEEE 754 numbers of 2, 4 or 8 bytes.</summary>
    Float,

    /// <summary>Numbers of 2 bytes that are the upper half of a float of 4: bfloat16.</summary>
    UpperHalf,

    /// <summary>Texts of one length.</summary>
    FixedText,

    /// <summary>Texts of any length, in a global heap.</summary>
    VariableText,

    /// <summary>Something that is not read.</summary>
    Other,
}

/// <summary>The type of elements.</summary>
/// <param name="Class">What they are.</param>
/// <param name="Size">Bytes of one.</param>
/// <param name="IsBigEndian">Whether the first byte counts most.</param>
/// <param name="IsSigned">Whether whole numbers have a sign.</param>
internal sealed record Hdf5Type(Hdf5Class Class, int Size, bool IsBigEndian = false, bool IsSigned = false)
{
    /// <summary>What elements are that are not read, for messages.</summary>
    public string Name { get; private init; } = "of an unusual type";

    /// <summary>Whether they are bytes that only the file's author knows how to read; an attribute of the data set's may say.</summary>
    public bool IsOpaque { get; private init; }

    private const int IntegerClass = 0;
    private const int FloatClass = 1;
    private const int TextClass = 3;
    private const int OpaqueClass = 5;
    private const int EnumClass = 8;
    private const int VariableClass = 9;

    /// <summary>Reads a type from its message.</summary>
    public static Hdf5Type Read(Hdf5Cursor cursor) => Read(cursor, isBasis: false);

    private static Hdf5Type Read(Hdf5Cursor cursor, bool isBasis)
    {
        var first = cursor.U8();
        var (kind, version) = (first & 0x0F, first >> 4);
        if (version is < 1 or > 5)
            throw cursor.Fault($"a type has version {version}; 1 to 5 are read");
        var flags = (uint)cursor.Number(3);
        var size = cursor.U32();
        if (size is 0 or > int.MaxValue)
            throw cursor.Fault($"an element claims {size} bytes");
        var bigEndian = (flags & 1) != 0;
        switch (kind)
        {
            case IntegerClass:
                var wholeBytes = cursor.U16() == 0 && cursor.U16() == 8 * size;
                return wholeBytes && size is (1 or 2 or 4 or 8)
                    ? new(Hdf5Class.Integer, (int)size, bigEndian, (flags & 0x08) != 0)
                    : Other($"whole numbers of {size} bytes");
            case FloatClass:
                return FloatOf(cursor, size) is { } known && (flags & 0x40) == 0
                    ? new(known, (int)size, bigEndian)
                    : Other($"floating-point numbers of {size} bytes that are neither IEEE 754's nor bfloat16");
            case TextClass:
                return new(Hdf5Class.FixedText, (int)size);
            case EnumClass when !isBasis:
                // The numbers that the names stand for, which are of the type that comes first.
                return Read(cursor, isBasis: true) is { Class: Hdf5Class.Integer } basis && basis.Size == size ? basis : Other("an enumeration");
            case VariableClass when (flags & 0x0F) == 1:
                return new(Hdf5Class.VariableText, (int)size);
            case OpaqueClass:
                return Other($"opaque elements of {size} bytes") with { IsOpaque = true };
            default:
                return Other(kind switch
                {
                    2 => "times",
                    4 => "bit fields",
                    6 => "compounds",
                    7 => "references",
                    VariableClass => "lists of any length",
                    10 => "arrays",
                    _ => "of an unknown class",
                });
        }

        Hdf5Type Other(string name) => new(Hdf5Class.Other, (int)size) { Name = name };
    }

    private static Hdf5Class? FloatOf(Hdf5Cursor cursor, uint size)
    {
        var layout = (cursor.U16(), cursor.U16(), cursor.U8(), cursor.U8(), cursor.U8(), cursor.U8());
        return size switch
        {
            2 when layout == (0, 16, 7, 8, 0, 7) => Hdf5Class.UpperHalf,
            2 when layout == (0, 16, 10, 5, 0, 10) => Hdf5Class.Float,
            4 when layout == (0, 32, 23, 8, 0, 23) => Hdf5Class.Float,
            8 when layout == (0, 64, 52, 11, 0, 52) => Hdf5Class.Float,
            _ => null,
        };
    }
}
