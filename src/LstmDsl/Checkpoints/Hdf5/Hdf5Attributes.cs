namespace LstmDsl;

/// <summary>Finds the attributes of an object.</summary>
internal static class Hdf5Attributes
{
    /// <summary>All attributes of an object by name; their values are read when they are asked for.</summary>
    public static IReadOnlyDictionary<string, Hdf5Attribute> Of(Hdf5File file, Hdf5ObjectHeader header, string place)
    {
        var attributes = new Dictionary<string, Hdf5Attribute>();
        foreach (var message in Messages(file.Image, header, place))
        {
            file.Image.ChargeObject(message);
            var attribute = new Hdf5Attribute(file, message);
            if (!attributes.TryAdd(attribute.Name, attribute))
                throw message.Fault($"it has attribute '{Excerpt.Of(attribute.Name)}' twice");
        }

        return attributes;
    }

    private static IEnumerable<Hdf5Cursor> Messages(Hdf5Image image, Hdf5ObjectHeader header, string place)
    {
        foreach (var message in header.All(Hdf5MessageKind.Attribute))
            yield return message;

        if (header.First(Hdf5MessageKind.AttributeInfo) is not { } info)
            yield break;
        const int AttributesByName = 8;
        info.Version(0, 0, "a list of attributes");
        info.Skip((info.U8() & 1) != 0 ? 2 : 0);
        if (info.Address() is not { } heapAddress || info.Address() is not { } tree)
            yield break;
        var heap = new Hdf5FractalHeap(image, heapAddress, place);
        foreach (var record in Hdf5TreeV2.Records(image, tree, AttributesByName, place))
            yield return heap.Object(record);
    }
}

/// <summary>An attribute.</summary>
internal sealed class Hdf5Attribute
{
    private readonly Hdf5File file;
    private readonly Hdf5Cursor space;
    private readonly Hdf5Cursor type;
    private readonly Hdf5Cursor data;

    /// <summary>Reads it from its message, all but its value.</summary>
    public Hdf5Attribute(Hdf5File file, Hdf5Cursor cursor)
    {
        this.file = file;
        var version = cursor.Version(1, 3, "an attribute");
        if (cursor.U8() is var flags && version > 1 && (flags & 3) != 0)
            throw cursor.Fault("an attribute shares its type or shape with other objects, which is not read");
        var nameLength = cursor.U16();
        var typeLength = cursor.U16();
        var spaceLength = cursor.U16();
        cursor.Skip(version == 3 ? 1 : 0);
        Name = Part(ref cursor, nameLength, version).Text(nameLength);
        type = Part(ref cursor, typeLength, version);
        space = Part(ref cursor, spaceLength, version);
        data = cursor;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Reads its value.</summary>
    /// <exception cref="InvalidDataException">It is of a type that is not read, or damaged.</exception>
    public Hdf5Value Read()
    {
        file.Image.ChargeObject(data);
        var (elements, shape) = (Hdf5Type.Read(type), Hdf5Space.Read(file.Image, space));
        var cursor = data;
        var size = (long)elements.Size * shape.Count;
        if (size > cursor.Remaining)
            throw cursor.Fault($"attribute '{Excerpt.Of(Name)}' takes {size} bytes where {cursor.Remaining} are left");
        return new(shape.Shape, Hdf5Elements.Convert(file, elements, cursor.Bytes(size).ToArray(), cursor));
    }

    /// <summary>In the first version the parts are padded to eight bytes.</summary>
    private static Hdf5Cursor Part(ref Hdf5Cursor cursor, int length, int version)
    {
        var part = cursor.Take((ulong)length);
        cursor.Skip(version == 1 ? Math.Min(-length & 7, cursor.Remaining) : 0);
        return part;
    }
}
