namespace LstmDsl;

/// <summary>The collections that hold texts of any length.</summary>
internal sealed class Hdf5GlobalHeap(Hdf5Image image)
{
    private readonly Dictionary<ulong, Dictionary<int, Hdf5Cursor>> collections = [];

    /// <summary>One object of a collection.</summary>
    /// <param name="address">Address of the collection.</param>
    /// <param name="index">Index of the object.</param>
    /// <param name="at">Who asks, for messages.</param>
    public Hdf5Cursor Object(ulong address, uint index, Hdf5Cursor at)
    {
        if (!collections.TryGetValue(address, out var objects))
        {
            image.ChargeObject(at);
            objects = Read(image.At(address, at.Place));
            collections.Add(address, objects);
        }

        return index <= ushort.MaxValue && objects.TryGetValue((int)index, out var found)
            ? found
            : throw at.Fault($"a text is object {index} of a collection that has none such");
    }

    private Dictionary<int, Hdf5Cursor> Read(Hdf5Cursor cursor)
    {
        var start = cursor.Position;
        cursor.Expect("GCOL"u8, "a collection of texts");
        cursor.Version(1, 1, "a collection of texts");
        cursor.Skip(3);
        var size = cursor.Length();
        var prefix = (ulong)(cursor.Position - start);
        if (size < prefix)
            throw cursor.Fault($"a collection of texts claims {size} bytes");
        cursor = cursor.Take(size - prefix);

        var objects = new Dictionary<int, Hdf5Cursor>();
        while (cursor.Remaining >= 8 + image.LengthSize)
        {
            var index = cursor.U16();
            cursor.Skip(6);
            var length = cursor.Length();
            if (index == 0)
                break;
            image.ChargeEntry(cursor);
            if (!objects.TryAdd(index, cursor.Take(length)))
                throw cursor.Fault($"a collection of texts has object {index} twice");
            cursor.Skip(Math.Min(cursor.Remaining, (long)(-(long)length & 7)));
        }

        return objects;
    }
}
