namespace LstmDsl;

/// <summary>Where the elements of a data set lie.</summary>
internal sealed class Hdf5Layout
{
    private const int Compact = 0;
    private const int Contiguous = 1;
    private const int Chunked = 2;

    private readonly Hdf5Image image;
    private readonly Hdf5ObjectHeader header;
    private readonly Hdf5Type type;
    private readonly Hdf5Space space;

    /// <summary>Prepares to read a data set's elements.</summary>
    public Hdf5Layout(Hdf5Image image, Hdf5ObjectHeader header, Hdf5Type type, Hdf5Space space) =>
        (this.image, this.header, this.type, this.space) = (image, header, type, space);

    /// <summary>Reads them, row-major, as the file holds them.</summary>
    /// <param name="cursor">The message that says where they are.</param>
    public byte[] Read(Hdf5Cursor cursor)
    {
        var size = (long)space.Count * type.Size;
        if (size > Array.MaxLength)
            throw cursor.Fault($"its {size} bytes are more than an array holds");
        var version = cursor.Version(3, 4, "a layout");
        var kind = cursor.U8();
        switch (kind)
        {
            case Compact:
                return Exactly(cursor.Take((ulong)cursor.U16()), size);
            case Contiguous:
                var address = cursor.Address();
                var length = cursor.Length();
                if (address is { } known && size > 0)
                    return Exactly(image.At(known, length, cursor.Place), size);
                return Filled(size, cursor);
            case Chunked:
                return ReadChunks(cursor, version, size);
            default:
                throw cursor.Fault($"a layout of kind {kind} is not read; compact, contiguous and chunked are");
        }
    }

    private static byte[] Exactly(Hdf5Cursor stored, long size)
    {
        if (stored.Remaining < size)
            throw stored.Fault($"{stored.Remaining} bytes are stored where its shape takes {size}");
        return stored.Bytes(size).ToArray();
    }

    /// <summary>What stands where nothing was written: zeros, or what the file says.</summary>
    private byte[] Filled(long size, Hdf5Cursor at)
    {
        image.Charge(size, at, "its values");
        var whole = new byte[size];
        if (header.First(Hdf5MessageKind.FillValue) is not { } cursor)
            return whole;
        var version = cursor.Version(1, 3, "a fill value");
        if (version == 3)
        {
            if ((cursor.U8() & 0x20) == 0)
                return whole;
        }
        else
        {
            cursor.Skip(2);
            if (cursor.U8() == 0 && version == 2)
                return whole;
        }

        var length = cursor.U32();
        if (length == 0)
            return whole;
        if (length != type.Size)
            throw cursor.Fault($"a fill value has {length} bytes where an element has {type.Size}");
        var value = cursor.Bytes(length);
        for (var start = 0; start < whole.Length; start += value.Length)
            value.CopyTo(whole.AsSpan(start));
        return whole;
    }

    private byte[] ReadChunks(Hdf5Cursor cursor, int version, long size)
    {
        var filters = Hdf5Filters.Read(header.First(Hdf5MessageKind.Filters));
        var (chunks, stored) = version == 3 ? OldChunks(cursor, filters) : NewChunks(cursor, filters);
        var whole = Filled(size, cursor);
        if (size == 0)
            return whole;

        HashSet<long> seen = [];
        foreach (var chunk in stored)
        {
            if (!seen.Add(chunk.Index))
                throw chunk.Stored.Fault("a chunk is there twice");
            image.ChargeObject(chunk.Stored);
            chunks.Copy(chunk.Index, filters.Undo(image, chunk, chunks.ChunkBytes), whole, type.Size);
        }

        return whole;
    }

    private (Hdf5Chunks Chunks, IEnumerable<Hdf5Chunk> Stored) OldChunks(Hdf5Cursor cursor, Hdf5Filters filters)
    {
        var dimensions = cursor.U8();
        var root = cursor.Address();
        var chunks = Grid(ref cursor, dimensions, sizeBytes: 4, filters);
        return (chunks, chunks.ByTree(root));
    }

    private (Hdf5Chunks Chunks, IEnumerable<Hdf5Chunk> Stored) NewChunks(Hdf5Cursor cursor, Hdf5Filters filters)
    {
        const int PlainEdges = 0x01;
        const int FilteredSingle = 0x02;
        var flags = cursor.U8();
        if ((flags & PlainEdges) != 0 && !filters.IsEmpty)
            throw cursor.Fault("chunks at the edges are not filtered, which is not read");
        var dimensions = cursor.U8();
        var sizeBytes = cursor.U8();
        if (sizeBytes is 0 or > 8)
            throw cursor.Fault($"a chunk's dimensions take {sizeBytes} bytes each");
        var chunks = Grid(ref cursor, dimensions, sizeBytes, filters);
        var index = cursor.U8();
        switch (index)
        {
            case 1:
                ulong? stored = (flags & FilteredSingle) != 0 ? cursor.Length() : null;
                var skipped = stored is null ? 0 : cursor.U32();
                return (chunks, chunks.Single(cursor.Address(), stored, skipped));
            case 2:
                return (chunks, chunks.InOrder(cursor.Address()));
            case 3:
                cursor.Skip(1);
                return (chunks, chunks.ByFixedArray(cursor.Address()));
            default:
                throw cursor.Fault($"an index of chunks of kind {index} (for data sets that can grow) is not read");
        }
    }

    /// <summary>The dimensions of a chunk, of which the last is the size of an element.</summary>
    private Hdf5Chunks Grid(ref Hdf5Cursor cursor, int dimensions, int sizeBytes, Hdf5Filters filters)
    {
        if (dimensions != space.Shape.Length + 1)
            throw cursor.Fault($"chunks of {dimensions - 1} dimensions divide a shape of {space.Shape.Length}");
        var chunk = new int[dimensions - 1];
        for (var i = 0; i < chunk.Length; i++)
        {
            var size = cursor.Number(sizeBytes);
            if (size > (ulong)Array.MaxLength)
                throw cursor.Fault($"a chunk has a dimension of {size}");
            chunk[i] = (int)size;
        }

        if (cursor.Number(sizeBytes) is var element && element != (ulong)type.Size)
            throw cursor.Fault($"chunks have elements of {element} bytes, the data set of {type.Size}");
        return new(image, space, chunk, type.Size, !filters.IsEmpty, cursor);
    }
}
