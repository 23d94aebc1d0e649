namespace LstmDsl;

/// <summary>
/// An HDF5 file as h5py writes it (https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html): groups, data sets, attributes.
/// Its structure is read at once; values are read when they are asked for, each of them once. Symbolic links and links to other files are
/// left out. Nothing that the file claims is believed: reading ends with a clear exception, after a time and with an allocation that are
/// bounded by the file's length.
/// </summary>
internal sealed class Hdf5File
{
    /// <summary>Bytes of the longest name.</summary>
    public const long LongestName = 4096;

    /// <summary>Groups within each other.</summary>
    private const int DeepestNesting = 64;

    private readonly HashSet<long> seen = [];

    private Hdf5File(byte[] bytes, string name, FileAllowance allowance)
    {
        Name = name;
        Image = new(bytes, name, allowance);
        Texts = new(Image);
        Root = ReadGroup(new Hdf5ObjectHeader(Image, Hdf5Superblock.Read(Image), "/"), "/", 0);
    }

    /// <summary>The file's name, for messages.</summary>
    public string Name { get; }

    /// <summary>The group that holds everything.</summary>
    public Hdf5Group Root { get; }

    /// <summary>The bytes.</summary>
    public Hdf5Image Image { get; }

    /// <summary>The texts.</summary>
    public Hdf5GlobalHeap Texts { get; }

    /// <summary>Reads a file's structure.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="allowance">
    /// What may be made of it; null for as much as of any file of its length. Where it is a member of another, what is left of that one's.
    /// </param>
    /// <exception cref="InvalidDataException">It is no such file, or damaged, or uses what is not read.</exception>
    public static Hdf5File Read(byte[] bytes, string name, FileAllowance? allowance = null) =>
        new(bytes, name, allowance ?? new FileAllowance(bytes.Length));

    private Hdf5Group ReadGroup(Hdf5ObjectHeader header, string path, int depth)
    {
        Claim(header, path);
        if (depth > DeepestNesting)
            throw Image.Fault(header.Start, path, $"groups lie more than {DeepestNesting} deep");
        var group = new Hdf5Group(Name, path, Hdf5Attributes.Of(this, header, path));
        foreach (var link in Links(header, path))
        {
            // A name stands in its table, and in the paths of the object and of all that it holds.
            Image.ChargeObject(Image.At(link.Address, path), 2 * (path.Length + link.Name.Length));
            var child = path == "/" ? $"/{link.Name}" : $"{path}/{link.Name}";
            if (link.Name.Length == 0 || link.Name.Contains('/') || group.Groups.ContainsKey(link.Name) || group.Datasets.ContainsKey(link.Name))
                throw Image.Fault(header.Start, path, $"the name '{Excerpt.Of(link.Name)}' of a link is empty, no name, or taken");
            var target = new Hdf5ObjectHeader(Image, link.Address, child);
            if (target.First(Hdf5MessageKind.Layout) is null)
                group.Groups.Add(link.Name, ReadGroup(target, child, depth + 1));
            else
                group.Datasets.Add(link.Name, ReadDataset(target, child));
        }

        return group;
    }

    private Hdf5Dataset ReadDataset(Hdf5ObjectHeader header, string path)
    {
        Claim(header, path);
        return new(this, header, path, Hdf5Attributes.Of(this, header, path));
    }

    /// <summary>An object that is reached twice may be a group that holds itself; nothing that we read has need of either.</summary>
    private void Claim(Hdf5ObjectHeader header, string path)
    {
        if (!seen.Add(header.Start))
            throw Image.Fault(header.Start, path, "the same object is reached twice: groups that hold each other, or an object with two names");
    }

    private IEnumerable<Hdf5Link> Links(Hdf5ObjectHeader header, string place)
    {
        if (header.First(Hdf5MessageKind.SymbolTable) is { } table)
        {
            foreach (var link in Hdf5SymbolTable.Links(Image, table))
                yield return link;
        }

        foreach (var message in header.All(Hdf5MessageKind.Link))
        {
            if (ReadLink(message) is { } link)
                yield return link;
        }

        if (header.First(Hdf5MessageKind.LinkInfo) is not { } info)
            yield break;
        const int LinksByName = 5;
        const int HashBytes = 4;
        info.Version(0, 0, "a list of links");
        info.Skip((info.U8() & 1) != 0 ? 8 : 0);
        if (info.Address() is not { } heapAddress || info.Address() is not { } tree)
            yield break;
        var heap = new Hdf5FractalHeap(Image, heapAddress, place);
        foreach (var record in Hdf5TreeV2.Records(Image, tree, LinksByName, place))
        {
            var identifier = record;
            identifier.Skip(HashBytes);
            if (ReadLink(heap.Object(identifier)) is { } link)
                yield return link;
        }
    }

    /// <summary>A link in the new style; null for one that is no direct link to an object.</summary>
    private static Hdf5Link? ReadLink(Hdf5Cursor cursor)
    {
        cursor.Version(1, 1, "a link");
        var flags = cursor.U8();
        var kind = (flags & 0x08) != 0 ? cursor.U8() : 0;
        cursor.Skip((flags & 0x04) != 0 ? 8 : 0);
        cursor.Skip((flags & 0x10) != 0 ? 1 : 0);
        var length = cursor.Number(1 << (flags & 3));
        if (length > LongestName)
            throw cursor.Fault($"the name of a link claims {length} bytes; up to {LongestName} are read");
        var name = cursor.Text((long)length);
        return kind == 0 ? new Hdf5Link(name, cursor.RequiredAddress("an object")) : null;
    }
}
