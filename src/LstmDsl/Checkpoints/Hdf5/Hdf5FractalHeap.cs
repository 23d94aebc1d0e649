using System.Numerics;

namespace LstmDsl;

/// <summary>
/// A fractal heap, which holds the links or attributes of an object that has many: blocks in rows, each row's blocks twice as large as the
/// one before, and where they would be too large, blocks of blocks in the same way.
/// </summary>
internal sealed class Hdf5FractalHeap
{
    private const int Managed = 0;
    private const int Tiny = 2;

    /// <summary>Blocks of blocks within each other; each is smaller than the one around it.</summary>
    private const int DeepestNesting = 64;

    private readonly Hdf5Image image;
    private readonly string place;
    private readonly int width;
    private readonly ulong startingSize;
    private readonly ulong largestDirect;
    private readonly int offsetBytes;
    private readonly int lengthBytes;
    private readonly ulong? root;
    private readonly int rootRows;

    /// <summary>Reads the header at an address.</summary>
    public Hdf5FractalHeap(Hdf5Image image, ulong address, string place)
    {
        this.image = image;
        this.place = place;
        var header = image.At(address, place);
        header.Expect("FRHP"u8, "a fractal heap");
        header.Version(0, 0, "a fractal heap");
        header.Skip(2);
        if (header.U16() != 0)
            throw header.Fault("a fractal heap is compressed, which is not read");
        header.Skip(1);
        var largestManaged = header.U32();
        header.Skip((10 * image.LengthSize) + (2 * image.OffsetSize));
        width = header.U16();
        startingSize = header.Length();
        largestDirect = header.Length();
        var offsetBits = header.U16();
        header.Skip(2);
        root = header.Address();
        rootRows = header.U16();
        if (width == 0 || !BitOperations.IsPow2(startingSize) || !BitOperations.IsPow2(largestDirect) || largestDirect < startingSize
            || offsetBits is 0 or > 64 || largestManaged == 0)
            throw header.Fault("the sizes of a fractal heap contradict each other");
        offsetBytes = (offsetBits + 7) / 8;
        lengthBytes = Math.Min((BitOperations.Log2(largestDirect) + 7) / 8, Hdf5Cursor.SizeOfNumber(largestManaged));
    }

    /// <summary>The object that an identifier names.</summary>
    public Hdf5Cursor Object(Hdf5Cursor identifier)
    {
        var first = identifier.U8();
        switch ((first >> 4) & 3)
        {
            case Managed:
                var offset = identifier.Number(offsetBytes);
                var length = identifier.Number(lengthBytes);
                var block = Block(offset, out var within, identifier);
                block.Take(within);
                return block.Take(length);
            case Tiny:
                return identifier.Take((ulong)((first & 0x0F) + 1));
            default:
                throw identifier.Fault("a fractal heap holds a large object, which is not read");
        }
    }

    /// <summary>The direct block that holds an offset of the heap, and the offset within it.</summary>
    private Hdf5Cursor Block(ulong offset, out ulong within, Hdf5Cursor at)
    {
        if (root is not { } address)
            throw at.Fault("a fractal heap is empty");
        within = offset;
        if (rootRows == 0)
            return Direct(address, startingSize);

        var rows = rootRows;
        for (var depth = 0; depth < DeepestNesting; depth++)
        {
            var (row, column, size) = Find(ref within, rows, at);
            var node = image.At(address, place);
            node.Expect("FHIB"u8, "a block of a fractal heap");
            node.Version(0, 0, "a block of a fractal heap");
            node.Skip(image.OffsetSize + offsetBytes + ((((long)row * width) + column) * image.OffsetSize));
            address = node.RequiredAddress("a block of a fractal heap");
            if (size <= largestDirect)
                return Direct(address, size);
            rows = BitOperations.Log2(size) - BitOperations.Log2(startingSize * (ulong)width) + 1;
        }

        throw at.Fault("the blocks of a fractal heap nest too deeply");
    }

    /// <summary>Which of a block's blocks holds an offset, of which the part within that block remains.</summary>
    private (int Row, int Column, ulong Size) Find(ref ulong within, int rows, Hdf5Cursor at)
    {
        for (var row = 0; row < Math.Min(rows, DeepestNesting); row++)
        {
            var size = row < 2 ? startingSize : startingSize << (row - 1);
            if (size == 0 || size > (ulong)image.Length << 16)
                break;
            var all = size * (ulong)width;
            if (within < all)
            {
                var column = within / size;
                within %= size;
                return (row, (int)column, size);
            }

            within -= all;
        }

        throw at.Fault("an object of a fractal heap lies outside of it");
    }

    private Hdf5Cursor Direct(ulong address, ulong size)
    {
        var block = image.At(address, size, place);
        var ahead = block;
        ahead.Expect("FHDB"u8, "a block of a fractal heap");
        return block;
    }
}
