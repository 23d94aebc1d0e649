namespace LstmDsl;

/// <summary>What the elements of a data set or attribute are.</summary>
internal enum Hdf5Class
{
    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>IEEE 754 numbers of 2, 4 or 8 bytes.</summary>
    Float,

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
    private const int IntegerClass = 0;
    private const int FloatClass = 1;
    private const int TextClass = 3;
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
                    : new(Hdf5Class.Other, (int)size);
            case FloatClass:
                return IsIeee(cursor, size) && (flags & 0x40) == 0
                    ? new(Hdf5Class.Float, (int)size, bigEndian)
                    : new(Hdf5Class.Other, (int)size);
            case TextClass:
                return new(Hdf5Class.FixedText, (int)size);
            case EnumClass when !isBasis:
                // The numbers that the names stand for, which are of the type that comes first.
                return Read(cursor, isBasis: true) is { Class: Hdf5Class.Integer } basis && basis.Size == size ? basis : new(Hdf5Class.Other, (int)size);
            case VariableClass when (flags & 0x0F) == 1:
                return new(Hdf5Class.VariableText, (int)size);
            default:
                return new(Hdf5Class.Other, (int)size);
        }
    }

    private static bool IsIeee(Hdf5Cursor cursor, uint size)
    {
        var layout = (cursor.U16(), cursor.U16(), cursor.U8(), cursor.U8(), cursor.U8(), cursor.U8());
        return size switch
        {
            2 => layout == (0, 16, 10, 5, 0, 10),
            4 => layout == (0, 32, 23, 8, 0, 23),
            8 => layout == (0, 64, 52, 11, 0, 52),
            _ => false,
        };
    }
}
