namespace LstmDsl.Generators;

/// <summary>
/// Follows the branches of a declaration: which kernel gives what a layer reads. A name stands for the output of a layer or for an input;
/// −1 is the model's own input.
/// </summary>
internal sealed class BranchReader(ModelDeclaration declaration, List<Fault> faults)
{
    private readonly List<Output> outputs = [];
    private readonly HashSet<int> read = [];

    /// <summary>What the next layer reads.</summary>
    public int Current { get; private set; } = -1;

    /// <summary>Says what a layer, or an input, gives.</summary>
    /// <param name="name">Its name in code; null for an input without one.</param>
    /// <param name="file">Its name in files.</param>
    /// <param name="kernel">The kernel that gives it.</param>
    /// <param name="attribute">The attribute that declares it.</param>
    public void Give(string? name, string file, int kernel, int attribute)
    {
        outputs.Add(new Output(name, file, kernel, attribute));
        Current = kernel;
    }

    /// <summary>Begins a branch at what [From] names.</summary>
    public void Begin(int attribute)
    {
        var next = declaration.Attributes.Skip(attribute + 1).FirstOrDefault(other => !other.IsRefinement);
        if (next is null || next.BeginsBranch)
            faults.Add(Fault.OfAttribute(Descriptors.BranchEmpty.Id, attribute, null, $"From(\"{declaration.Attributes[attribute].Text("layer")}\")"));
        if (declaration.Attributes[attribute].Text("layer") is { } name)
            Current = Find(name, attribute, "layer") ?? Current;
    }

    /// <summary>What the layer that comes next reads.</summary>
    public int ReadCurrent()
    {
        read.Add(Current);
        return Current;
    }

    /// <summary>The outputs that a merging layer puts together: those that it names, and last the current one unless that is named too.</summary>
    public IReadOnlyList<int> ReadMerged(int attribute)
    {
        var sources = new List<int>();
        foreach (var name in declaration.Attributes[attribute].Texts("inputs"))
        {
            if (Find(name, attribute, "inputs") is { } source)
                sources.Add(source);
        }

        if (!sources.Contains(Current))
            sources.Add(Current);
        read.UnionWith(sources);
        return sources;
    }

    /// <summary>What an attention layer reads: the query, the values and, where these have a name of their own, the keys.</summary>
    public IReadOnlyList<int> ReadAttention(int attribute)
    {
        var declared = declaration.Attributes[attribute];
        var asking = declared.Text("Query") is { } query ? Find(query, attribute, "Query") ?? Current : Current;
        // Of several heads the query attends to itself where no values are named.
        var sources = new List<int> { asking };
        if (declared.Kind == AttributeKind.MultiHeadAttention)
            sources.Add(declared.Text("Values") is { } values ? Find(values, attribute, "Values") ?? Current : asking);
        else
            sources.Add(declared.Text("values") is { } values ? Find(values, attribute, "values") ?? Current : Current);
        if (declared.Text("Keys") is { } keys)
            sources.Add(Find(keys, attribute, "Keys") ?? Current);
        read.UnionWith(sources);
        return sources;
    }

    /// <summary>The kernel that gives what a layer's initial state names; null where it names none, or none that is there.</summary>
    public int? ReadState(int attribute)
    {
        var found = declaration.Attributes[attribute].Text("InitialState") is { } name ? Find(name, attribute, "InitialState") : null;
        if (found is { } source)
            read.Add(source);
        return found;
    }

    /// <summary>The name in messages of what a kernel gives.</summary>
    public string NameOf(int kernel) => OutputOf(kernel) is { } output ? output.Name ?? output.File : "input";

    /// <summary>The name in files of what a kernel gives.</summary>
    public string FileNameOf(int kernel) => OutputOf(kernel)?.File ?? "";

    /// <summary>Finds outputs that nobody reads; the last one is the model's. Where anything else is wrong, that may be the cause.</summary>
    public void CheckRead()
    {
        if (faults.Count > 0)
            return;

        // An input that nothing follows is not what the model gives.
        if (outputs is [_, .., var last] && declaration.Attributes[last.Attribute].Kind == AttributeKind.Input)
        {
            faults.Add(Fault.OfAttribute(Descriptors.BranchEmpty.Id, last.Attribute, null, "Input"));
            return;
        }

        for (var i = 0; i < outputs.Count - 1; i++)
        {
            var output = outputs[i];
            if (!read.Contains(output.Kernel))
                faults.Add(Fault.OfAttribute(Descriptors.OutputUnread.Id, output.Attribute, null, output.Name ?? output.File));
        }
    }

    private int? Find(string name, int attribute, string argument)
    {
        if (outputs.Find(output => output.Name == name) is { } found)
            return found.Kernel;

        var (kind, isLater) = (declaration.Attributes[attribute].DisplayName, IsLater(name, attribute));
        var nearest = isLater ? null : Nearest(name);
        faults.Add(Fault.OfAttribute(Descriptors.LayerUnknown.Id, attribute, argument, kind, name, Advice(name, isLater, nearest)) with
        {
            Nearest = nearest is null ? null : new(name, nearest),
        });
        return null;
    }

    private bool IsLater(string name, int attribute) => declaration.Attributes.Skip(attribute).Any(later => later.Text("Name") == name);

    /// <summary>The name that may be meant; null where none is near.</summary>
    private string? Nearest(string name)
    {
        var (nearest, distance) = outputs.Where(output => output.Name is not null)
            .Select(output => (Name: output.Name!, Distance: Distance(name, output.Name!)))
            .OrderBy(other => other.Distance).FirstOrDefault();
        return nearest is not null && distance <= Math.Max(2, name.Length / 3) && distance < Math.Min(name.Length, nearest.Length) ? nearest : null;
    }

    private string Advice(string name, bool isLater, string? nearest)
    {
        if (isLater)
            return $"'{name}' stands after it, and names point backwards";
        if (name.Equals("Input", StringComparison.OrdinalIgnoreCase)
            && outputs.Exists(output => output.Name is null && declaration.Attributes[output.Attribute].Kind == AttributeKind.Input))
            return $"give the input that name, [Input(…, Name = \"{name}\")]";
        if (nearest is not null)
            return $"did you mean '{nearest}'?";
        return outputs.Any(output => output.Name is not null)
            ? $"these do: {string.Join(", ", outputs.Where(output => output.Name is not null).Select(output => $"'{output.Name}'"))}"
            : "no layer stands before it";
    }

    /// <summary>How many letters must be put in, left out or changed to make one name of the other (Levenshtein), whatever their case.</summary>
    private static int Distance(string one, string other)
    {
        var (from, to) = (one.ToUpperInvariant(), other.ToUpperInvariant());
        var costs = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = costs[0];
            costs[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.Min(changed, Math.Min(costs[j], costs[j - 1]) + 1);
            }
        }

        return costs[to.Length];
    }

    private Output? OutputOf(int kernel) => outputs.Find(output => output.Kernel == kernel);

    private sealed record Output(string? Name, string File, int Kernel, int Attribute);
}
