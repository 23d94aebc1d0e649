using System.IO.Compression;

namespace LstmDsl;

/// <summary>What a data set's chunks went through when they were written; undone in the opposite order.</summary>
internal sealed class Hdf5Filters
{
    private const int Deflate = 1;
    private const int Shuffle = 2;
    private const int Fletcher32 = 3;
    private const int MostFilters = 32;

    /// <summary>What undoing gzip takes beside the chunk: its streams and their buffer.</summary>
    private const int InflaterBytes = 10 << 10;

    private readonly List<(int Id, int Value)> filters = [];

    private Hdf5Filters()
    {
    }

    /// <summary>Whether chunks lie in the file as they are.</summary>
    public bool IsEmpty => filters.Count == 0;

    /// <summary>Reads them from their message; none where there is no message.</summary>
    public static Hdf5Filters Read(Hdf5Cursor? message)
    {
        var pipeline = new Hdf5Filters();
        if (message is not { } cursor)
            return pipeline;

        var version = cursor.Version(1, 2, "a list of filters");
        var count = cursor.U8();
        if (count > MostFilters)
            throw cursor.Fault($"{count} filters are claimed; up to {MostFilters} are read");
        cursor.Skip(version == 1 ? 6 : 0);
        for (var i = 0; i < count; i++)
        {
            var id = cursor.U16();
            var nameLength = version == 1 || id >= 256 ? cursor.U16() : 0;
            cursor.Skip(2);
            var values = cursor.U16();
            cursor.Skip(version == 1 ? (nameLength + 7) & ~7 : nameLength);
            var first = values > 0 ? cursor.U32() : 0;
            cursor.Skip(4L * (Math.Max(values, 1) - 1));
            cursor.Skip(version == 1 && values % 2 == 1 ? 4 : 0);
            if (id is not (Deflate or Shuffle or Fletcher32))
                throw cursor.Fault($"filter {id} is not read; gzip, shuffle and fletcher32 are");
            if (id == Shuffle && first > int.MaxValue)
                throw cursor.Fault($"a filter shuffles elements of {first} bytes");
            pipeline.filters.Add((id, (int)Math.Min(first, int.MaxValue)));
        }

        return pipeline;
    }

    /// <summary>Undoes the filters.</summary>
    /// <param name="image">The file, which is charged for every filter: each makes a chunk of its own.</param>
    /// <param name="stored">The chunk as it lies in the file.</param>
    /// <param name="length">Bytes of the chunk.</param>
    public byte[] Undo(Hdf5Image image, Hdf5Chunk stored, int length)
    {
        var at = stored.Stored;
        var source = at;
        image.Charge(at.Remaining, at, "a chunk");
        var chunk = source.Bytes(source.Remaining).ToArray();
        for (var i = filters.Count - 1; i >= 0; i--)
        {
            if ((stored.Skipped & (1u << i)) != 0)
                continue;
            image.Charge(filters[i].Id == Deflate ? InflaterBytes + (2L * (length + 4L)) : chunk.Length, at, "a chunk");
            chunk = filters[i].Id switch
            {
                Deflate => Inflate(chunk, length, at),
                Shuffle => Unshuffle(chunk, filters[i].Value),
                _ => chunk.Length >= 4 ? chunk[..^4] : throw at.Fault("a chunk is too short for its checksum"),
            };
        }

        return chunk.Length == length ? chunk : throw at.Fault($"a chunk has {chunk.Length} bytes where {length} belong");
    }

    private static byte[] Inflate(byte[] compressed, int length, Hdf5Cursor at)
    {
        // A checksum may follow the chunk within what was compressed.
        var chunk = new byte[length + 4];
        try
        {
            using var stream = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
            var read = stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false);
            return read == chunk.Length ? chunk : chunk[..read];
        }
        catch (InvalidDataException exception)
        {
            // .NET's own words are about an entry of an archive.
            throw new InvalidDataException(at.Fault("a chunk cannot be decompressed").Message, exception);
        }
    }

    private static byte[] Unshuffle(byte[] shuffled, int size)
    {
        if (size <= 1 || shuffled.Length < size)
            return shuffled;
        var count = shuffled.Length / size;
        var chunk = new byte[shuffled.Length];
        for (var part = 0; part < size; part++)
        {
            for (var i = 0; i < count; i++)
                chunk[(i * size) + part] = shuffled[(part * count) + i];
        }

        // What is no whole element was not shuffled.
        shuffled.AsSpan(count * size).CopyTo(chunk.AsSpan(count * size));
        return chunk;
    }
}
