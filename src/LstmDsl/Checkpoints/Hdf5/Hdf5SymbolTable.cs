namespace LstmDsl;

/// <summary>A link of a group to an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Where the object's header is.</param>
internal readonly record struct Hdf5Link(string Name, ulong Address);

/// <summary>The links of a group in the old style: a B-tree of symbol table nodes, and a local heap that holds the names.</summary>
internal static class Hdf5SymbolTable
{
    private const uint SymbolicLink = 2;

    /// <summary>The links, in the tree's order, which is that of their names. Symbolic links are left out.</summary>
    /// <param name="image">The file.</param>
    /// <param name="message">The message that says where tree and heap are.</param>
    public static IEnumerable<Hdf5Link> Links(Hdf5Image image, Hdf5Cursor message)
    {
        var tree = message.RequiredAddress("the group's tree");
        var heap = Heap(image, message.RequiredAddress("the group's names"), message.Place);
        foreach (var entry in Hdf5TreeV1.Entries(image, tree, Hdf5TreeV1.GroupNodes, keySize: image.LengthSize, message.Place))
        {
            var node = image.At(entry.Child, message.Place);
            node.Expect("SNOD"u8, "a symbol table node");
            node.Version(1, 1, "a symbol table node");
            node.Skip(1);
            var count = node.U16();
            for (var i = 0; i < count; i++)
            {
                var name = node.Number(image.OffsetSize);
                var address = node.Address();
                var cache = node.U32();
                node.Skip(20);
                if (cache == SymbolicLink)
                    continue;
                if (address is not { } known)
                    throw node.Fault("a link leads nowhere");
                yield return new(Name(heap, name), known);
            }
        }
    }

    /// <summary>The part of a local heap that holds the names.</summary>
    private static Hdf5Cursor Heap(Hdf5Image image, ulong address, string place)
    {
        var cursor = image.At(address, place);
        cursor.Expect("HEAP"u8, "a local heap");
        cursor.Version(0, 0, "a local heap");
        cursor.Skip(3);
        var size = cursor.Length();
        cursor.Skip(image.LengthSize);
        return image.At(cursor.RequiredAddress("a local heap's data"), size, place);
    }

    private static string Name(Hdf5Cursor heap, ulong offset)
    {
        heap.Take(offset);
        return heap.Text(Math.Min(heap.Remaining, Hdf5File.LongestName));
    }
}
