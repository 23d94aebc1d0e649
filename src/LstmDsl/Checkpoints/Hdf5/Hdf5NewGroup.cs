namespace LstmDsl;

/// <summary>A group of a file that is written.</summary>
internal sealed class Hdf5NewGroup
{
    /// <summary>Its attributes, each a text.</summary>
    public Dictionary<string, string> Attributes { get; } = [];

    /// <summary>The groups in it.</summary>
    public SortedDictionary<string, Hdf5NewGroup> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>The data sets in it.</summary>
    public SortedDictionary<string, Hdf5Value> Datasets { get; } = new(StringComparer.Ordinal);

    /// <summary>A group below this one by its path, made where it is missing.</summary>
    public Hdf5NewGroup At(string path)
    {
        var group = this;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!group.Groups.TryGetValue(name, out var next))
                group.Groups.Add(name, next = new());
            group = next;
        }

        return group;
    }
}
