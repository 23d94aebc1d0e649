namespace LstmDsl;

/// <summary>One entry of a leaf: its key's bytes and what it leads to.</summary>
/// <param name="Key">The key before the child.</param>
/// <param name="Child">Address of the child.</param>
internal readonly record struct Hdf5TreeEntry(Hdf5Cursor Key, ulong Child);

/// <summary>The older B-tree, which indexes the links of groups and the chunks of data sets.</summary>
internal static class Hdf5TreeV1
{
    /// <summary>Nodes whose leaves hold a group's links.</summary>
    public const int GroupNodes = 0;

    /// <summary>Nodes whose leaves hold a data set's chunks.</summary>
    public const int ChunkNodes = 1;

    /// <summary>All entries of the leaves, in order.</summary>
    /// <param name="image">The file.</param>
    /// <param name="root">Address of the root node.</param>
    /// <param name="kind">What the tree indexes.</param>
    /// <param name="keySize">Bytes of a key.</param>
    /// <param name="place">The object, for messages.</param>
    public static IEnumerable<Hdf5TreeEntry> Entries(Hdf5Image image, ulong root, int kind, int keySize, string place)
    {
        HashSet<ulong> visited = [];
        // A level goes down by one at each step, so that a path through the tree ends; the set of nodes bounds the number of paths.
        Stack<(ulong Address, int Level)> open = new([(root, -1)]);
        while (open.TryPop(out var next))
        {
            var node = image.At(next.Address, place);
            image.ChargeObject(node);
            if (!visited.Add(next.Address))
                throw node.Fault("a node of a tree is reached twice");
            node.Expect("TREE"u8, "a node of a tree");
            var (nodeKind, level, count) = (node.U8(), node.U8(), node.U16());
            if (nodeKind != kind)
                throw node.Fault($"a tree of kind {kind} has a node of kind {nodeKind}");
            if (next.Level >= 0 && level != next.Level)
                throw node.Fault($"a node of level {level} stands where one of level {next.Level} belongs");
            node.Skip(2 * image.OffsetSize);

            var entries = new Stack<(ulong, int)>();
            for (var i = 0; i < count; i++)
            {
                var key = node.Take((ulong)keySize);
                var child = node.RequiredAddress("a node of a tree");
                if (level > 0)
                {
                    image.ChargeEntry(node);
                    entries.Push((child, level - 1));
                }
                else
                {
                    yield return new(key, child);
                }
            }

            foreach (var entry in entries)
                open.Push(entry);
        }
    }
}
