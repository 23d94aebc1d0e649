namespace LstmDsl;

/// <summary>A group of a file that is read.</summary>
/// <param name="file">The file, for messages.</param>
/// <param name="path">Its path from the root.</param>
/// <param name="attributes">Its attributes.</param>
internal sealed class Hdf5Group(string file, string path, IReadOnlyDictionary<string, Hdf5Attribute> attributes)
{
    /// <summary>Its path from the root.</summary>
    public string Path { get; } = path;

    /// <summary>Its attributes.</summary>
    public IReadOnlyDictionary<string, Hdf5Attribute> Attributes { get; } = attributes;

    /// <summary>The groups in it.</summary>
    public Dictionary<string, Hdf5Group> Groups { get; } = [];

    /// <summary>The data sets in it.</summary>
    public Dictionary<string, Hdf5Dataset> Datasets { get; } = [];

    /// <summary>A group below this one by its path, such as <c>cell/vars</c>; null where there is none.</summary>
    public Hdf5Group? Find(string path)
    {
        var group = this;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!group.Groups.TryGetValue(name, out group))
                return null;
        }

        return group;
    }

    /// <summary>A data set below this group by its path; null where there is none.</summary>
    public Hdf5Dataset? FindDataset(string path)
    {
        var cut = path.LastIndexOf('/');
        return Find(path[..Math.Max(cut, 0)])?.Datasets.GetValueOrDefault(path[(cut + 1)..]);
    }

    /// <summary>The texts of an attribute; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public string[]? Texts(string attribute) => !Attributes.TryGetValue(attribute, out var found) ? null : found.Read().Values switch
    {
        string[] texts => texts,
        { Length: 0 } => [],
        _ => throw new InvalidDataException($"'{file}': attribute '{attribute}' of {Excerpt.Of(Path)} must hold texts."),
    };

    /// <summary>Every data set in this group and below it.</summary>
    public IEnumerable<Hdf5Dataset> AllDatasets()
    {
        Stack<Hdf5Group> open = new([this]);
        while (open.TryPop(out var group))
        {
            foreach (var dataset in group.Datasets.Values)
                yield return dataset;
            foreach (var child in group.Groups.Values.Reverse())
                open.Push(child);
        }
    }
}

/// <summary>A data set of a file that is read.</summary>
internal sealed class Hdf5Dataset
{
    private readonly Hdf5File file;
    private readonly Hdf5ObjectHeader header;

    /// <summary>Takes the header of a data set.</summary>
    public Hdf5Dataset(Hdf5File file, Hdf5ObjectHeader header, string path, IReadOnlyDictionary<string, Hdf5Attribute> attributes) =>
        (this.file, this.header, Path, Attributes) = (file, header, path, attributes);

    /// <summary>Its path from the root.</summary>
    public string Path { get; }

    /// <summary>Its attributes.</summary>
    public IReadOnlyDictionary<string, Hdf5Attribute> Attributes { get; }

    /// <summary>Reads its values.</summary>
    /// <exception cref="InvalidDataException">They are of a type that is not read, or damaged.</exception>
    public Hdf5Value Read()
    {
        file.Image.ChargeObject(Required(Hdf5MessageKind.Datatype));
        var type = Hdf5Type.Read(Required(Hdf5MessageKind.Datatype));
        // Keras's bfloat16: HDF5 knows two bytes of each element, and an attribute what they are.
        if (type is { IsOpaque: true, Size: sizeof(ushort) } && Attributes.TryGetValue("dtype", out var named)
            && named.Read().Values is string[] and ["bfloat16"])
            type = new(Hdf5Class.UpperHalf, type.Size);
        var space = Hdf5Space.Read(file.Image, Required(Hdf5MessageKind.Dataspace));
        var layout = Required(Hdf5MessageKind.Layout);
        var raw = new Hdf5Layout(file.Image, header, type, space).Read(layout);
        return new(space.Shape, Hdf5Elements.Convert(file, type, raw, layout));
    }

    private Hdf5Cursor Required(Hdf5MessageKind kind) =>
        header.First(kind) ?? throw file.Image.Fault(header.Start, Path, $"a data set has no {kind}");
}
