using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LstmDsl;

/// <summary>Turns elements as a file holds them into an array.</summary>
internal static class Hdf5Elements
{
    /// <summary>Bytes that a text takes beside its characters: the object, with and without the spaces behind it, and what refers to it.</summary>
    private const int TextOverhead = 96;

    /// <summary>Makes the array: half and float become float[]; whole numbers int[] where they fit it by their type, else long[].</summary>
    /// <param name="file">The file, whose heap holds texts.</param>
    /// <param name="type">What the elements are.</param>
    /// <param name="raw">Their bytes; the array may take it over.</param>
    /// <param name="at">Who asks, for messages.</param>
    /// <exception cref="InvalidDataException">They are of a type that is not read.</exception>
    public static Array Convert(Hdf5File file, Hdf5Type type, byte[] raw, Hdf5Cursor at)
    {
        if (type.Class is not (Hdf5Class.FixedText or Hdf5Class.VariableText))
            file.Image.Charge(raw.Length / type.Size * BytesOf(type), at, "its values");
        if (type.IsBigEndian)
            Reverse(raw, type.Size);
        return (type.Class, type.Size, type.IsSigned) switch
        {
            (Hdf5Class.Float, 2, _) => Each<Half, float>(raw, value => (float)value),
            (Hdf5Class.UpperHalf, _, _) => Each<ushort, float>(raw, BFloat16.ToSingle),
            (Hdf5Class.Float, 4, _) => MemoryMarshal.Cast<byte, float>(raw).ToArray(),
            (Hdf5Class.Float, _, _) => MemoryMarshal.Cast<byte, double>(raw).ToArray(),
            (Hdf5Class.Integer, 1, true) => Each<sbyte, int>(raw, value => value),
            (Hdf5Class.Integer, 1, _) => Each<byte, int>(raw, value => value),
            (Hdf5Class.Integer, 2, true) => Each<short, int>(raw, value => value),
            (Hdf5Class.Integer, 2, _) => Each<ushort, int>(raw, value => value),
            (Hdf5Class.Integer, 4, true) => MemoryMarshal.Cast<byte, int>(raw).ToArray(),
            (Hdf5Class.Integer, 4, _) => Each<uint, long>(raw, value => value),
            (Hdf5Class.Integer, _, true) => MemoryMarshal.Cast<byte, long>(raw).ToArray(),
            (Hdf5Class.Integer, _, _) => Each<ulong, long>(raw, value => value <= long.MaxValue
                ? (long)value
                : throw at.Fault($"a number of {value} is more than a long holds")),
            (Hdf5Class.FixedText, _, _) => FixedTexts(file, type.Size, raw, at),
            (Hdf5Class.VariableText, _, _) => VariableTexts(file, type.Size, raw, at),
            _ => throw at.Fault($"its elements are {type.Name}, which are not read (numbers and texts are)"),
        };
    }

    /// <summary>Bytes of an element as it is made: int or float at least; a whole number without a sign needs twice its own, up to a long.</summary>
    private static long BytesOf(Hdf5Type type) => type switch
    {
        { Class: Hdf5Class.Integer, IsSigned: false, Size: >= sizeof(int) } => sizeof(long),
        _ => Math.Max(type.Size, sizeof(int)),
    };

    private static TTo[] Each<TFrom, TTo>(byte[] raw, Func<TFrom, TTo> convert) where TFrom : unmanaged
    {
        var from = MemoryMarshal.Cast<byte, TFrom>(raw);
        var to = new TTo[from.Length];
        for (var i = 0; i < to.Length; i++)
            to[i] = convert(from[i]);
        return to;
    }

    private static void Reverse(byte[] raw, int size)
    {
        for (var start = 0; start < raw.Length; start += size)
            raw.AsSpan(start, size).Reverse();
    }

    private static string[] FixedTexts(Hdf5File file, int size, byte[] raw, Hdf5Cursor at)
    {
        var count = raw.Length / size;
        file.Image.Charge(((long)count * TextOverhead) + (2L * sizeof(char) * raw.Length), at, "its texts");
        var texts = new string[count];
        for (var i = 0; i < count; i++)
            texts[i] = Hdf5Cursor.Text(raw.AsSpan(i * size, size), at).TrimEnd(' ');
        return texts;
    }

    private static string[] VariableTexts(Hdf5File file, int size, byte[] raw, Hdf5Cursor at)
    {
        var addressSize = file.Image.OffsetSize;
        if (size != 8 + addressSize)
            throw at.Fault($"texts of any length take {8 + addressSize} bytes here, not {size}");
        var count = raw.Length / size;
        file.Image.Charge((long)count * TextOverhead, at, "its texts");
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            var one = raw.AsSpan(i * size, size);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(one);
            var address = addressSize == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(one[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(one[4..]);
            var index = BinaryPrimitives.ReadUInt32LittleEndian(one[(4 + addressSize)..]);
            texts[i] = "";
            if (length == 0 || address == 0)
                continue;
            var found = file.Texts.Object(address, index, at);
            if (length > found.Remaining)
                throw at.Fault($"a text claims {length} bytes where its heap has {found.Remaining}");
            texts[i] = found.Text(length);
        }

        return texts;
    }
}
