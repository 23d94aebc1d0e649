namespace LstmDsl;

/// <summary>The newer B-tree, which indexes the links and attributes of objects that have many.</summary>
internal static class Hdf5TreeV2
{
    /// <summary>Signature, version, kind and checksum of a node.</summary>
    private const int NodeOverhead = 10;

    /// <summary>More levels than this no file of any length needs.</summary>
    private const int DeepestTree = 16;

    /// <summary>All records, in no order that matters.</summary>
    /// <param name="image">The file.</param>
    /// <param name="address">Address of the tree's header.</param>
    /// <param name="kind">What the records are: 5 for links, 8 for attributes, each by its name.</param>
    /// <param name="place">The object, for messages.</param>
    public static IEnumerable<Hdf5Cursor> Records(Hdf5Image image, ulong address, int kind, string place)
    {
        var header = image.At(address, place);
        header.Expect("BTHD"u8, "the header of a tree");
        header.Version(0, 0, "the header of a tree");
        if (header.U8() is var found && found != kind)
            throw header.Fault($"a tree of kind {kind} is of kind {found}");
        var nodeSize = header.U32();
        var recordSize = header.U16();
        var depth = header.U16();
        header.Skip(2);
        var root = header.Address();
        var rootRecords = header.U16();
        if (root is null)
            yield break;
        if (recordSize == 0 || nodeSize <= NodeOverhead || nodeSize - NodeOverhead < recordSize || depth > DeepestTree)
            throw header.Fault($"a tree has nodes of {nodeSize} bytes, records of {recordSize} and a depth of {depth}");

        var sizes = ChildSizes(image, nodeSize, recordSize, depth, header);
        HashSet<ulong> visited = [];
        Stack<(ulong Address, int Records, int Level)> open = new([(root.Value, rootRecords, depth)]);
        while (open.TryPop(out var next))
        {
            var node = image.At(next.Address, place);
            image.ChargeObject(node);
            if (!visited.Add(next.Address))
                throw node.Fault("a node of a tree is reached twice");
            node.Expect(next.Level == 0 ? "BTLF"u8 : "BTIN"u8, "a node of a tree");
            node.Version(0, 0, "a node of a tree");
            node.Skip(1);
            for (var i = 0; i < next.Records; i++)
                yield return node.Take((ulong)recordSize);

            for (var i = 0; next.Level > 0 && i <= next.Records; i++)
            {
                var child = node.RequiredAddress("a node of a tree");
                var records = node.Number(sizes.Records);
                node.Skip(sizes.Totals[next.Level - 1]);
                if (records > ushort.MaxValue)
                    throw node.Fault($"a node of a tree claims {records} records");
                image.ChargeEntry(node);
                open.Push((child, (int)records, next.Level - 1));
            }
        }
    }

    /// <summary>
    /// Bytes of the two counts beside a child's address: its own records, and, by the child's level, all records below it (none for leaves).
    /// Both follow from how many records fit.
    /// </summary>
    private static (int Records, int[] Totals) ChildSizes(Hdf5Image image, uint nodeSize, int recordSize, int depth, Hdf5Cursor at)
    {
        var most = (ulong)(nodeSize - NodeOverhead) / (ulong)recordSize;
        var records = Hdf5Cursor.SizeOfNumber(most);
        var totals = new int[depth + 1];
        var total = most;
        for (var level = 1; level <= depth; level++)
        {
            var pointer = (ulong)(image.OffsetSize + records + totals[level - 1]);
            if (nodeSize - NodeOverhead <= pointer)
                throw at.Fault($"a tree's nodes of {nodeSize} bytes are too small");
            var here = (nodeSize - NodeOverhead - pointer) / ((ulong)recordSize + pointer);
            total = unchecked(((here + 1) * total) + here);
            totals[level] = Hdf5Cursor.SizeOfNumber(Math.Max(total, 1));
        }

        return (records, totals);
    }
}
