using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace LstmDsl;

/// <summary>
/// Writes the plain part of HDF5 as h5py does by default: superblock 0, groups in the old style, data sets in one piece, attributes that
/// hold a text in UTF-8. Everything an object refers to is written before it, so that every address is known when it is needed.
/// </summary>
internal sealed class Hdf5Writer : IDisposable
{
    /// <summary>Half of the links that a symbol table node holds.</summary>
    private const int LeafHalf = 4;

    /// <summary>Half of the children that a tree's node holds.</summary>
    private const int NodeHalf = 16;

    private const int SuperblockBytes = 96;
    private const int SmallestCollection = 4096;
    private const int SymbolTableMessage = (int)Hdf5MessageKind.SymbolTable;
    private const ulong None = ulong.MaxValue;

    private readonly MemoryStream stream = new();
    private readonly Dictionary<string, uint> texts = [];
    private ulong collection;

    private Hdf5Writer()
    {
    }

    /// <summary>The bytes of a file.</summary>
    /// <param name="root">What it holds.</param>
    /// <exception cref="ArgumentException">It holds what cannot be written.</exception>
    public static byte[] Write(Hdf5NewGroup root)
    {
        using var writer = new Hdf5Writer();
        writer.stream.SetLength(SuperblockBytes);
        writer.stream.Position = SuperblockBytes;
        writer.WriteTexts(root);
        var (header, tree, heap) = writer.WriteGroup(root);
        writer.WriteSuperblock(header, tree, heap);
        return writer.stream.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void WriteSuperblock(ulong header, ulong tree, ulong heap)
    {
        var end = (ulong)stream.Length;
        stream.Position = 0;
        Bytes(Hdf5Superblock.Signature);
        // Versions of the superblock, the free space, the root group and shared headers; sizes of addresses and lengths.
        Bytes([0, 0, 0, 0, 0, 8, 8, 0]);
        U16(LeafHalf);
        U16(NodeHalf);
        U32(0);
        U64(0);
        U64(None);
        U64(end);
        U64(None);
        U64(0);
        U64(header);
        U32(1);
        U32(0);
        U64(tree);
        U64(heap);
    }

    /// <summary>All texts of attributes, each once, in one collection of a global heap.</summary>
    private void WriteTexts(Hdf5NewGroup root)
    {
        Gather(root);
        if (texts.Count == 0)
            return;
        if (texts.Count > ushort.MaxValue)
            throw new ArgumentException($"{texts.Count} different texts are more than a collection holds ({ushort.MaxValue}).", nameof(root));

        collection = Align();
        const int Prefix = 16;
        var used = texts.Keys.Sum(text => Prefix + Padded(Encoding.UTF8.GetByteCount(text)));
        var size = Math.Max(SmallestCollection, Prefix + used + Prefix);
        Bytes("GCOL"u8);
        U32(1);
        U64((ulong)size);
        foreach (var (text, index) in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            U32(index);
            U32(0);
            U64((ulong)bytes.Length);
            Bytes(bytes);
            Align();
        }

        // The rest of the collection is its object 0, which is free.
        var free = size - Prefix - used;
        U64(0);
        U64((ulong)free);
        Zeros(free - Prefix);
    }

    private void Gather(Hdf5NewGroup group)
    {
        foreach (var text in group.Attributes.Values)
            texts.TryAdd(text, (uint)texts.Count + 1);
        foreach (var child in group.Groups.Values)
            Gather(child);
    }

    private (ulong Header, ulong Tree, ulong Heap) WriteGroup(Hdf5NewGroup group)
    {
        var links = new SortedDictionary<string, (ulong Header, ulong Tree, ulong Heap)>(StringComparer.Ordinal);
        foreach (var (name, dataset) in group.Datasets)
            links.Add(Checked(name), (WriteDataset(name, dataset), None, None));
        foreach (var (name, child) in group.Groups)
            links.Add(Checked(name), WriteGroup(child));

        // Tables are in the order of the names' bytes, which is that of the heap too.
        var ordered = links.Select(link => (Name: Encoding.UTF8.GetBytes(link.Key), link.Value)).ToList();
        ordered.Sort((one, other) => one.Name.AsSpan().SequenceCompareTo(other.Name));
        var names = new int[ordered.Count];
        var heapSize = 8;
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = heapSize;
            heapSize += Padded(ordered[i].Name.Length + 1);
        }

        var heap = WriteHeap(ordered.ConvertAll(link => link.Name), heapSize);
        var tree = WriteTree([.. ordered.Zip(names, (link, name) => (name, link.Value))]);
        var header = WriteHeader([(SymbolTableMessage, [.. Number(tree), .. Number(heap)]), .. group.Attributes.Select(Attribute)]);
        return (header, tree, heap);
    }

    private static string Checked(string name) => name.Length > 0 && !name.Contains('/') && !name.Contains('\0') && name != "."
        ? name
        : throw new ArgumentException($"'{name}' is no name in an HDF5 file.", nameof(name));

    private ulong WriteHeap(List<byte[]> names, int size)
    {
        var data = Align();
        U64(0);
        foreach (var name in names)
        {
            Bytes(name);
            Zeros(Padded(name.Length + 1) - name.Length);
        }

        var heap = Align();
        Bytes("HEAP"u8);
        U32(0);
        U64((ulong)size);
        // There is no free space in it; the format says so with a one.
        U64(1);
        U64(data);
        return heap;
    }

    /// <summary>The symbol table nodes of a group, and the tree above them.</summary>
    private ulong WriteTree((int Name, (ulong Header, ulong Tree, ulong Heap) Target)[] links)
    {
        var children = new List<(int LastName, ulong Address)>();
        foreach (var part in links.Chunk(2 * LeafHalf))
        {
            children.Add((part[^1].Name, Align()));
            Bytes("SNOD"u8);
            Bytes([1, 0]);
            U16(part.Length);
            foreach (var (name, target) in part)
            {
                var isGroup = target.Tree != None;
                U64((ulong)name);
                U64(target.Header);
                U32(isGroup ? 1u : 0u);
                U32(0);
                U64(isGroup ? target.Tree : 0);
                U64(isGroup ? target.Heap : 0);
            }

            Zeros(((2 * LeafHalf) - part.Length) * 40);
        }

        for (var level = 0; ; level++)
        {
            var nodes = new List<(int LastName, ulong Address)>();
            var parts = children.Count == 0 ? [[]] : children.Chunk(2 * NodeHalf).ToArray();
            var nodeBytes = 24 + (16 * 2 * NodeHalf) + 8;
            var first = Align();
            var before = 0;
            for (var i = 0; i < parts.Length; i++)
            {
                var part = parts[i];
                nodes.Add((part.Length == 0 ? 0 : part[^1].LastName, Align()));
                Bytes("TREE"u8);
                Bytes([0, (byte)level]);
                U16(part.Length);
                U64(i == 0 ? None : first + (ulong)((i - 1) * nodeBytes));
                U64(i == parts.Length - 1 ? None : first + (ulong)((i + 1) * nodeBytes));
                U64((ulong)before);
                foreach (var (lastName, address) in part)
                {
                    U64(address);
                    U64((ulong)lastName);
                    before = lastName;
                }

                Zeros(((2 * NodeHalf) - part.Length) * 16);
            }

            if (nodes.Count == 1)
                return nodes[0].Address;
            children = nodes;
        }
    }

    private ulong WriteDataset(string name, Hdf5Value value)
    {
        var (type, size) = TypeOf(name, value.Values);
        var count = value.Shape.Aggregate(1L, (product, length) => product * length);
        if (count != value.Values.Length)
            throw new ArgumentException($"'{name}' has shape ({string.Join(", ", value.Shape)}), but {value.Values.Length} values.", nameof(value));

        var address = count == 0 ? None : Align();
        switch (value.Values)
        {
            case float[] values:
                Bytes(MemoryMarshal.AsBytes<float>(values));
                break;
            case double[] values:
                Bytes(MemoryMarshal.AsBytes<double>(values));
                break;
            case int[] values:
                Bytes(MemoryMarshal.AsBytes<int>(values));
                break;
            default:
                Bytes(MemoryMarshal.AsBytes<long>((long[])value.Values));
                break;
        }

        byte[] shape = [1, (byte)value.Shape.Length, (byte)(value.Shape.Length > 0 ? 1 : 0), 0, 0, 0, 0, 0,
            .. value.Shape.SelectMany(length => Number((ulong)length)), .. value.Shape.SelectMany(length => Number((ulong)length))];
        // Space is taken late, the fill value is written if it is set, and it is the default one.
        byte[] fill = [2, 2, 2, 1, 0, 0, 0, 0];
        byte[] layout = [3, 1, .. Number(address), .. Number((ulong)(count * size))];
        return WriteHeader(
        [
            ((int)Hdf5MessageKind.Dataspace, shape), ((int)Hdf5MessageKind.Datatype, type),
            ((int)Hdf5MessageKind.FillValue, fill), ((int)Hdf5MessageKind.Layout, layout),
        ]);
    }

    private static (byte[] Type, int Size) TypeOf(string name, Array values) => values switch
    {
        float[] => ([0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0], 4),
        double[] => ([0x11, 0x20, 63, 0, 8, 0, 0, 0, 0, 0, 64, 0, 52, 11, 0, 52, 255, 3, 0, 0], 8),
        int[] => ([0x10, 0x08, 0, 0, 4, 0, 0, 0, 0, 0, 32, 0], 4),
        long[] => ([0x10, 0x08, 0, 0, 8, 0, 0, 0, 0, 0, 64, 0], 8),
        _ => throw new ArgumentException($"'{name}' is a {values.GetType().Name}; float[], double[], int[] and long[] are written.", nameof(values)),
    };

    /// <summary>The message of an attribute that holds a text of any length in UTF-8.</summary>
    private (int Kind, byte[] Body) Attribute(KeyValuePair<string, string> attribute)
    {
        byte[] name = [.. Encoding.UTF8.GetBytes(attribute.Key), 0];
        // A sequence of bytes that is a text in UTF-8, in its collection: length, address and index.
        byte[] type = [0x19, 1, 1, 0, 16, 0, 0, 0, 0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0];
        byte[] scalar = [1, 0, 0, 0, 0, 0, 0, 0];
        var length = Encoding.UTF8.GetByteCount(attribute.Value);
        return ((int)Hdf5MessageKind.Attribute,
        [
            1, 0, .. Short(name.Length), .. Short(type.Length), .. Short(scalar.Length),
            .. Pad(name), .. Pad(type), .. scalar,
            .. Number((ulong)length).AsSpan(0, 4), .. Number(collection), .. Number(texts[attribute.Value]).AsSpan(0, 4),
        ]);
    }

    private ulong WriteHeader(IEnumerable<(int Kind, byte[] Body)> messages)
    {
        var bodies = messages.Select(message => (message.Kind, Body: Pad(message.Body))).ToList();
        foreach (var (kind, body) in bodies)
        {
            if (body.Length > ushort.MaxValue)
                throw new ArgumentException($"A message of {body.Length} bytes (kind {kind}) is longer than a header takes.", nameof(messages));
        }

        var address = Align();
        Bytes([1, 0]);
        U16(bodies.Count);
        U32(1);
        U32((uint)bodies.Sum(message => 8 + message.Body.Length));
        U32(0);
        foreach (var (kind, body) in bodies)
        {
            U16(kind);
            U16(body.Length);
            U32(0);
            Bytes(body);
        }

        return address;
    }

    private static int Padded(int length) => (length + 7) & ~7;

    private static byte[] Pad(byte[] bytes) => [.. bytes, .. new byte[Padded(bytes.Length) - bytes.Length]];

    private static byte[] Short(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Number(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    /// <summary>Goes on to a multiple of eight.</summary>
    /// <returns>The position.</returns>
    private ulong Align()
    {
        Zeros((int)(-stream.Position & 7));
        return (ulong)stream.Position;
    }

    private void Zeros(int count) => Bytes(new byte[count]);

    private void Bytes(ReadOnlySpan<byte> bytes) => stream.Write(bytes);

    private void U16(int value) => Bytes(Short(value));

    private void U32(uint value) => Bytes(Number(value).AsSpan(0, 4));

    private void U64(ulong value) => Bytes(Number(value));
}
