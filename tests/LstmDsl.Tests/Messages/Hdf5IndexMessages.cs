using System.Text;

namespace LstmDsl.Tests;

/// <summary>What can be wrong with the trees, heaps and tables of an HDF5 file that h5py wrote, in which some bytes are others.</summary>
internal static class Hdf5IndexMessages
{
    private const string Name = "model.weights.h5";

    private static readonly byte[] Nowhere = [.. Enumerable.Repeat((byte)0xff, 8)];

    public static IEnumerable<MessageCase> Of() => [.. OfOldFiles(), .. OfTexts(), .. OfNewFiles()];

    private static IEnumerable<MessageCase> OfOldFiles()
    {
        yield return new("a tree's signature", Patched("plain", "TREE", 0, "tree"u8));
        yield return new("a tree of another kind", Patched("plain", "TREE", 4, [1]));
        yield return new("a tree that leads to itself", () => Read(ParentsOf("many_groups", (bytes, parent) =>
            bytes.AsSpan(parent + 32, 8).CopyTo(bytes.AsSpan(parent + 48)))));
        yield return new("a tree's node of another level", () => Read(ParentsOf("many_groups", (bytes, parent) =>
            bytes[(int)BitConverter.ToInt64(bytes, parent + 32) + 5] = 3)));
        yield return new("a table of another version", Patched("plain", "SNOD", 4, [9]));
        yield return new("a table's link to nothing", Patched("plain", "SNOD", 16, Nowhere));
        yield return new("a table's link without a name", Patched("plain", "SNOD", 8, [0, 0, 0, 0, 0, 0, 0, 0]));
        yield return new("names of another version", Patched("plain", "HEAP", 4, [9]));
        yield return new("names that lie nowhere", Patched("plain", "HEAP", 24, Nowhere));
        yield return new("a chunk beside its grid", Chunk(8, [1]));
        yield return new("a chunk twice", () =>
        {
            var bytes = Hdf5Fixture.Bytes("hdf5/chunked.h5");
            var tree = Chunks(bytes);
            bytes.AsSpan(tree + 24, 24).CopyTo(bytes.AsSpan(tree + 24 + 40));
            Read(bytes);
        });
    }

    private static IEnumerable<MessageCase> OfTexts()
    {
        yield return new("texts of another version", Patched("text_datasets", "GCOL", 4, [9]));
        yield return new("texts that take no bytes", Patched("text_datasets", "GCOL", 8, [0, 0]));
        yield return new("a text that is not there", Patched("text_datasets", "GCOL", 16, [99]));
        yield return new("a text that is longer than it", Patched("text_datasets", "GCOL", 24, [1]));
        yield return new("a text twice", () =>
        {
            var bytes = Hdf5Fixture.Bytes("hdf5/attributes.h5");
            var first = Find(bytes, "GCOL") + 16;
            var next = first + 16 + ((BitConverter.ToInt32(bytes, first + 8) + 7) & ~7);
            bytes[next] = bytes[first];
            Read(bytes);
        });
    }

    private static IEnumerable<MessageCase> OfNewFiles()
    {
        const string Groups = "many_groups_latest";
        yield return new("a heap that is compressed", Patched(Groups, "FRHP", 7, [1]));
        yield return new("a heap of no width", Patched(Groups, "FRHP", 110, [0, 0]));
        yield return new("a heap that is empty", Patched(Groups, "FRHP", 132, Nowhere));
        yield return new("a heap of too few rows", Patched(Groups, "FRHP", 140, [1, 0]));
        yield return new("a heap's block of another signature", Patched(Groups, "FHDB", 0, "fhdb"u8));
        yield return new("a heap's block that lies nowhere", Patched(Groups, "FHIB", 5 + 8 + 4, Nowhere));
        yield return new("a heap's large object", Patched(Groups, "BTLF", 10, [0x10]));
        yield return new("a new tree of another kind", Patched(Groups, "BTHD", 5, [1]));
        yield return new("a new tree of small nodes", Patched(Groups, "BTHD", 6, [11, 0]));
        yield return new("a new tree of smaller nodes than its levels need", Patched(Groups, "BTHD", 6, [15, 0, 0, 0, 1, 0]));
        yield return new("a new tree's node with too many records", Patched(Groups, "BTHD", 6, [0, 0, 0xff, 0]));
        yield return new("a new tree that leads to itself", () =>
        {
            var bytes = Hdf5Fixture.Bytes($"hdf5/{Groups}.h5");
            const int RecordBytes = 11;
            const int ChildBytes = 9;
            var first = Find(bytes, "BTIN") + 6 + (RecordBytes * BitConverter.ToUInt16(bytes, Find(bytes, "BTHD") + 24));
            bytes.AsSpan(first, 8).CopyTo(bytes.AsSpan(first + ChildBytes));
            Read(bytes);
        });
        yield return new("an index of chunks of other entries", Patched("gzipped_latest", "FAHD", 6, [1]));
        yield return new("an index of chunks of another version", Patched("gzipped_latest", "FADB", 4, [9]));
    }

    private static Action Patched(string file, string signature, int offset, ReadOnlySpan<byte> values)
    {
        var replaced = values.ToArray();
        return () =>
        {
            var bytes = Hdf5Fixture.Bytes($"hdf5/{file}.h5");
            replaced.CopyTo(bytes, Find(bytes, signature) + offset);
            Read(bytes);
        };
    }

    private static Action Chunk(int offset, byte[] values) => () =>
    {
        var bytes = Hdf5Fixture.Bytes("hdf5/chunked.h5");
        values.CopyTo(bytes, Chunks(bytes) + 24 + offset);
        Read(bytes);
    };

    /// <summary>The tree of chunks, which is of the second kind.</summary>
    private static int Chunks(byte[] bytes)
    {
        var tree = Find(bytes, "TREE");
        while (bytes[tree + 4] != 1)
            tree += 4 + Find(bytes[(tree + 4)..], "TREE");
        return tree;
    }

    /// <summary>Changes a tree's node that has others below it.</summary>
    private static byte[] ParentsOf(string file, Action<byte[], int> change)
    {
        var bytes = Hdf5Fixture.Bytes($"hdf5/{file}.h5");
        var tree = Find(bytes, "TREE");
        while (bytes[tree + 5] == 0)
            tree += 4 + Find(bytes[(tree + 4)..], "TREE");
        change(bytes, tree);
        return bytes;
    }

    private static int Find(byte[] bytes, string signature)
    {
        var position = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(signature));
        Assert.True(position >= 0, signature);
        return position;
    }

    private static void Read(byte[] bytes) => Hdf5Fixture.ReadAll(Hdf5File.Read(bytes, Name));
}
