namespace LstmDsl;

/// <summary>One chunk of a data set as the file stores it.</summary>
/// <param name="Index">Its place among all chunks, row-major.</param>
/// <param name="Stored">Its bytes.</param>
/// <param name="Skipped">One bit for each filter that was left out.</param>
internal readonly record struct Hdf5Chunk(long Index, Hdf5Cursor Stored, uint Skipped);

/// <summary>A data set's grid of chunks, and how the file finds them.</summary>
internal sealed class Hdf5Chunks
{
    private readonly Hdf5Image image;
    private readonly Hdf5Space space;
    private readonly int[] chunk;
    private readonly long[] grid;
    private readonly bool isFiltered;
    private readonly string place;

    /// <summary>Lays a grid over a data set.</summary>
    /// <param name="image">The file.</param>
    /// <param name="space">The data set's shape.</param>
    /// <param name="chunk">Shape of a chunk.</param>
    /// <param name="elementSize">Bytes of an element.</param>
    /// <param name="isFiltered">Whether chunks are stored through filters.</param>
    /// <param name="at">The data set, for messages.</param>
    public Hdf5Chunks(Hdf5Image image, Hdf5Space space, int[] chunk, int elementSize, bool isFiltered, Hdf5Cursor at)
    {
        (this.image, this.space, this.chunk, this.isFiltered, place) = (image, space, chunk, isFiltered, at.Place);
        grid = new long[chunk.Length];
        long bytes = elementSize;
        for (var i = 0; i < chunk.Length; i++)
        {
            if (chunk[i] <= 0)
                throw at.Fault("a chunk has a dimension of 0");
            grid[i] = (space.Shape[i] + (long)chunk[i] - 1) / chunk[i];
            bytes *= chunk[i];
            if (bytes > Array.MaxLength - 8L)
                throw at.Fault("a chunk is larger than an array");
        }

        ChunkBytes = (int)bytes;
        Count = grid.Aggregate(1L, (product, count) => Math.Min(product * count, Array.MaxLength));
    }

    /// <summary>Bytes of a chunk.</summary>
    public int ChunkBytes { get; }

    /// <summary>How many chunks the grid has.</summary>
    public long Count { get; }

    /// <summary>Chunks found by a tree, whose keys hold size, skipped filters, and the place of the first element in each dimension.</summary>
    public IEnumerable<Hdf5Chunk> ByTree(ulong? root)
    {
        if (root is not { } address)
            yield break;
        var keySize = 8 + (8 * (chunk.Length + 1));
        foreach (var (key, child) in Hdf5TreeV1.Entries(image, address, Hdf5TreeV1.ChunkNodes, keySize, place))
        {
            var cursor = key;
            var size = cursor.U32();
            var skipped = cursor.U32();
            var index = 0L;
            var isInside = true;
            for (var i = 0; i < chunk.Length; i++)
            {
                var offset = cursor.Number(8);
                // A chunk outside is left over from a larger shape.
                isInside &= offset < (ulong)space.Shape[i];
                if (offset % (ulong)chunk[i] != 0)
                    throw key.Fault("a chunk lies beside its grid");
                index = isInside ? (index * grid[i]) + (long)(offset / (ulong)chunk[i]) : 0;
            }

            if (isInside)
                yield return new(index, image.At(child, size, place), skipped);
        }
    }

    /// <summary>The one chunk there is.</summary>
    public IEnumerable<Hdf5Chunk> Single(ulong? address, ulong? storedSize, uint skipped)
    {
        if (address is { } known && Count > 0)
            yield return new(0, image.At(known, storedSize ?? (ulong)ChunkBytes, place), skipped);
    }

    /// <summary>All chunks, one after the other.</summary>
    public IEnumerable<Hdf5Chunk> InOrder(ulong? address)
    {
        for (var i = 0L; address is { } known && i < Count; i++)
            yield return new(i, image.At(known + (ulong)(i * ChunkBytes), (ulong)ChunkBytes, place), 0);
    }

    /// <summary>Chunks found by a fixed array: their addresses in order, in pages where they are many.</summary>
    public IEnumerable<Hdf5Chunk> ByFixedArray(ulong? headerAddress)
    {
        if (headerAddress is not { } known)
            yield break;
        var header = image.At(known, place);
        header.Expect("FAHD"u8, "an index of chunks");
        header.Version(0, 0, "an index of chunks");
        header.Skip(1);
        var entrySize = header.U8();
        var pageBits = header.U8();
        var count = header.Length();
        var least = image.OffsetSize + (isFiltered ? 5 : 0);
        if (entrySize < least || entrySize > least + 8 || pageBits > 30 || count < (ulong)Count || count > (ulong)image.Length)
            throw header.Fault($"an index of {count} chunks, each in {entrySize} bytes, does not fit {Count} chunks");
        if (header.Address() is not { } dataAddress)
            yield break;

        var data = image.At(dataAddress, place);
        data.Expect("FADB"u8, "an index of chunks");
        data.Version(0, 0, "an index of chunks");
        data.Skip(1 + image.OffsetSize);
        var perPage = 1L << pageBits;
        var pages = count > (ulong)perPage ? ((long)count + perPage - 1) / perPage : 0;
        var used = data.Take((ulong)((pages + 7) / 8));
        data.Skip(pages > 0 ? 4 : 0);
        var isUsed = pages > 0 ? used.Bytes(used.Remaining).ToArray() : [];
        for (var i = 0L; i < Count; i++)
        {
            if (pages > 0 && i % perPage == 0)
            {
                // Behind each page there is a checksum.
                data.Skip(i > 0 ? 4 : 0);
                if ((isUsed[i / perPage / 8] & (0x80 >> (int)(i / perPage % 8))) == 0)
                {
                    var rest = Math.Min(perPage, (long)count - i);
                    data.Skip(rest * entrySize);
                    i += rest - 1;
                    continue;
                }
            }

            var entry = data.Take(entrySize);
            var address = entry.Address();
            var size = isFiltered ? entry.Number(entrySize - image.OffsetSize - 4) : (ulong)ChunkBytes;
            var skipped = isFiltered ? entry.U32() : 0;
            if (address is { } chunkAddress)
                yield return new(i, image.At(chunkAddress, size, place), skipped);
        }
    }

    /// <summary>Copies a chunk's elements to their place in the whole, as far as they lie within it.</summary>
    public void Copy(long index, byte[] bytes, byte[] whole, int elementSize)
    {
        var rank = chunk.Length;
        var start = new long[rank];
        for (var i = rank - 1; i >= 0; i--)
        {
            start[i] = index % grid[i] * chunk[i];
            index /= grid[i];
        }

        if (rank == 0)
        {
            bytes.AsSpan(0, elementSize).CopyTo(whole);
            return;
        }

        // Row by row: the last dimension lies in one piece in both.
        var run = (int)Math.Min(chunk[^1], space.Shape[^1] - start[^1]) * elementSize;
        var rows = bytes.Length / (chunk[^1] * elementSize);
        for (var row = 0; row < rows; row++)
        {
            var (to, rest, stride, isInside) = (start[^1], row, (long)space.Shape[^1], true);
            for (var i = rank - 2; i >= 0; i--)
            {
                var position = start[i] + (rest % chunk[i]);
                isInside &= position < space.Shape[i];
                to += position * stride;
                rest /= chunk[i];
                stride *= space.Shape[i];
            }

            if (isInside)
                bytes.AsSpan(row * chunk[^1] * elementSize, run).CopyTo(whole.AsSpan((int)(to * elementSize)));
        }
    }
}
