using System.Globalization;

namespace LstmDsl;

/// <summary>
/// Says which layer reads which in a declaration, where each layer reads what stands before it unless it names another: what must be named,
/// and what each attribute names.
/// </summary>
internal sealed class KerasBranches
{
    private readonly KerasArchitecture architecture;
    private readonly string?[] names;

    public KerasBranches(KerasArchitecture architecture)
    {
        this.architecture = architecture;
        names = new string?[architecture.Entries.Count];
        var inputs = architecture.Entries.Count(entry => entry.IsInput);
        foreach (var (index, entry) in architecture.Entries.Index())
        {
            if (entry.IsInput && inputs > 1)
                Name(index);
            foreach (var source in Named(index))
                Name(source);
        }
    }

    /// <summary>The name that an input or a layer must bear, since others refer to it; null where none does.</summary>
    public string? NameOf(int index) => names[index];

    /// <summary>What begins a branch before a layer; empty where it reads what stands before it.</summary>
    public string Beginning(int index) => StartsAt(index) is { } source ? $"[From(\"{names[source]}\")]\n" : "";

    /// <summary>The name of the layer whose last states a layer begins with, as C# writes it; null for none.</summary>
    public string? InitialState(int index) => Begun(index) is { } encoder ? Quoted(encoder) : null;

    /// <summary>The arguments by which a layer names what it takes, as C# writes them.</summary>
    public IEnumerable<string> Arguments(int index)
    {
        if (!IsAttending(index))
            return Merged(index).Select(Quoted);
        var (query, values, keys) = Attended(index);
        var isSelf = values == (query ?? index - 1);
        return
        [
            .. !HasHeads(index) ? [Quoted(values)] : isSelf ? Array.Empty<string>() : [$"Values = {Quoted(values)}"],
            .. query is { } asking ? [$"Query = {Quoted(asking)}"] : Array.Empty<string>(),
            .. keys is { } compared ? [$"Keys = {Quoted(compared)}"] : Array.Empty<string>(),
        ];
    }

    private string Quoted(int index) => $"\"{names[index]}\"";

    /// <summary>What a layer takes, but for the states that it begins with.</summary>
    private IReadOnlyList<int> SourcesOf(int index) =>
        architecture.Entries[index] is { BeginsWithStates: true } entry ? [entry.Sources[0]] : architecture.Entries[index].Sources;

    private int? Begun(int index) => architecture.Entries[index] is { BeginsWithStates: true } entry ? entry.Sources[^1] : null;

    private bool IsMerging(int index) => KerasLayerKinds.IsMerging(architecture.Entries[index].Kind);

    private bool HasHeads(int index) => KerasLayerKinds.HasHeads(architecture.Entries[index].Kind);

    private bool IsAttending(int index) => KerasLayerKinds.IsAttending(architecture.Entries[index].Kind);

    /// <summary>Where a branch begins: at what the layer reads, where that is not what stands before it, nor what it can name.</summary>
    private int? StartsAt(int index) => SourcesOf(index) is { Count: > 0 } sources && !sources.Contains(index - 1) && !IsAttending(index)
        ? sources[IsMerging(index) ? ^1 : 0]
        : null;

    /// <summary>
    /// What an attending layer names: the query, unless that stands before it, the values, and the keys, unless these are the values.
    /// </summary>
    private (int? Query, int Values, int? Keys) Attended(int index) => SourcesOf(index) switch
    {
        [var query, var values] => (query == index - 1 ? null : query, values, null),
        [var query, var keys, var values] when HasHeads(index) => (query == index - 1 ? null : query, values, keys),
        [var query, var values, var keys, ..] => (query == index - 1 ? null : query, values, keys),
        var few => (null, few[0], null),
    };

    /// <summary>What a merging layer names: all but the last, if that stands before it and is read but once.</summary>
    private IEnumerable<int> Merged(int index)
    {
        if (!IsMerging(index))
            return [];
        var sources = SourcesOf(index);
        var current = StartsAt(index) ?? index - 1;
        return sources[^1] == current && sources.Count(source => source == current) == 1 ? sources.Take(sources.Count - 1) : sources;
    }

    private IEnumerable<int> Named(int index) => Begun(index) is { } encoder ? NamedBeside(index).Append(encoder) : NamedBeside(index);

    private IEnumerable<int> NamedBeside(int index) => IsAttending(index) && Attended(index) is var (query, values, keys)
        ? new[] { query, HasHeads(index) && values == (query ?? index - 1) ? null : values, keys }.OfType<int>()
        : StartsAt(index) is { } source ? Merged(index).Append(source) : Merged(index);

    /// <summary>The name that it has in the file, unless Keras gave it that by itself.</summary>
    private void Name(int index)
    {
        var entry = architecture.Entries[index];
        var isOfKeras = KerasNames.IsOfKeras(entry.Name, entry.WrittenAs) || KerasNames.IsOfKeras(entry.Name, entry.Kind);
        names[index] ??= isOfKeras || KerasNames.Identifier(entry.Name) is not { } given
            ? string.Create(CultureInfo.InvariantCulture, $"{(entry.IsInput ? "Input" : "Layer")}{index + 1}")
            : given;
    }
}
