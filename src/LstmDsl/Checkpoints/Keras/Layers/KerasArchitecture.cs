using System.Globalization;
using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// The layers that a file of Keras describes, of a <c>Sequential</c> or of a <c>Functional</c>: what they are, and which takes what.
/// </summary>
internal sealed class KerasArchitecture
{
    private const int MostLayers = 1000;

    /// <summary>The name that Keras gives an input without one.</summary>
    private const string InputName = ModelPlan.NameOfOnlyInput;

    private readonly Dictionary<string, KerasOperation> operations;

    private KerasArchitecture(List<KerasLayer> entries, Dictionary<string, KerasOperation> operations) =>
        (Entries, this.operations) = (entries, operations);

    /// <summary>Inputs and layers, each behind what it takes.</summary>
    public IReadOnlyList<KerasLayer> Entries { get; }

    /// <summary>The operations between them, by name: Keras's own, by which masks are made.</summary>
    public IReadOnlyDictionary<string, KerasOperation> Operations => operations;

    /// <summary>Names of the inputs, in the order in which Keras takes them; none where the file does not say.</summary>
    public IReadOnlyList<string> InputNames { get; private init; } = [];

    /// <summary>The layers, each behind what it takes.</summary>
    public IEnumerable<KerasLayer> Layers => Entries.Where(entry => !entry.IsInput);

    /// <summary>Whether there is one input, and each layer takes what the one before it gives.</summary>
    public bool IsChain => Entries.Index().All(
        entry => entry.Index == 0 ? entry.Item.IsInput : entry.Item.Sources is [var source] && source == entry.Index - 1);

    /// <summary>Whether the file says in which order it takes its inputs, each of them once.</summary>
    public bool SaysOrderOfInputs
    {
        get
        {
            var inputs = Entries.Where(entry => entry.IsInput).Select(entry => entry.Name).ToList();
            return inputs.Count == 1 || inputs.Order(StringComparer.Ordinal).SequenceEqual(InputNames.Order(StringComparer.Ordinal));
        }
    }

    /// <summary>
    /// The same with its inputs in the order in which the file takes them, as a declaration has them: behind each input stands what reads it and
    /// those before it, so that everything still stands behind what it takes.
    /// </summary>
    public KerasArchitecture InOrderOfInputs()
    {
        var numbers = InputNames.Index().DistinctBy(input => input.Item).ToDictionary(input => input.Item, input => input.Index);
        // The last of the inputs that an entry follows from; those of no known place come last.
        var last = new int[Entries.Count];
        foreach (var (index, entry) in Entries.Index())
        {
            last[index] = entry.IsInput
                ? numbers.TryGetValue(entry.Name, out var number) ? number : numbers.Count + index
                : entry.Sources.Select(source => last[source]).DefaultIfEmpty().Max();
        }

        int[] order = [.. Enumerable.Range(0, Entries.Count).OrderBy(index => last[index])];
        var places = new int[order.Length];
        foreach (var (place, index) in order.Index())
            places[index] = place;
        return new([.. order.Select(index => Entries[index] with { Sources = [.. Entries[index].Sources.Select(source => places[source])] })], operations)
        {
            InputNames = InputNames,
        };
    }

    /// <summary>Reads what a file says, whoever wrote it, into words of Keras 3.</summary>
    /// <param name="model">The model's JSON: <c>class_name</c> and <c>config</c> with <c>layers</c>.</param>
    /// <param name="version">Who wrote it.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="InvalidDataException">It lists no layers, or what they take cannot be declared.</exception>
    public static KerasArchitecture Read(JsonElement model, KerasVersion version, string file)
    {
        model = KerasTranslation.Modern(model, version);
        // The oldest files hold a list where later ones hold an object.
        var config = KerasJson.Member(model, "config") ?? default;
        var listed = config is { ValueKind: JsonValueKind.Array } list ? list : KerasJson.Member(config, "layers");
        if (listed is not { ValueKind: JsonValueKind.Array } elements)
            throw new InvalidDataException($"'{file}': its configuration lists no layers.");

        if (elements.GetArrayLength() > MostLayers)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{file}': its configuration lists {elements.GetArrayLength()} layers; up to {MostLayers} are read."));
        }

        var described = Described(elements, file);
        var order = KerasTraversal.BehindSources(
            Output(described, config, file), place => described[place].Sources,
            place => new InvalidDataException($"'{file}': '{Excerpt.Of(described[place].Name)}' takes what follows from itself."));
        RequireAllRead(described, order, file);
        var entries = new List<KerasLayer>();
        var indices = new Dictionary<int, int>();
        foreach (var place in order)
        {
            var entry = described[place];
            int[] sources = [.. entry.Sources.Select(source => indices[source])];
            indices[place] = entries.Count;
            entries.Add(entry.Layer(sources.Length > 0 ? entries[sources[0]].OutputAxes : null) with
            {
                Sources = sources,
                Place = place,
                Mask = entry.Mask,
                BeginsWithStates = entry.Call.States is not null,
                InputShape = entry.IsInput ? entry.InputShape : null,
            });
            if (entry.Call.States is not null)
                entries[sources[^1]] = entries[sources[^1]].WithoutStates();
        }

        return new(entries, described.Where(entry => entry.IsOperation).ToDictionary(
            entry => entry.Name, entry => new KerasOperation(entry.Kind, [.. entry.Sources.Select(source => described[source].Name)], entry.Number)))
        {
            InputNames = Inputs(described, config, file),
        };
    }

    /// <summary>Names of the inputs, in the order in which Keras takes them.</summary>
    private static List<string> Inputs(List<KerasElement> described, JsonElement config, string file)
    {
        var names = KerasCall.Names(KerasJson.Member(config, "input_layers") ?? default).ToList();
        return names.Find(name => !described.Exists(entry => entry.IsInput && entry.Name == name)) is { } lost
            ? throw new InvalidDataException($"'{file}': its input '{KerasNames.Plain(lost)}' is no InputLayer of it.")
            : names;
    }

    private static List<KerasElement> Described(JsonElement elements, string file)
    {
        List<KerasElement> described = [.. elements.EnumerateArray().Select(element => KerasElement.Read(element, file))];
        // A Sequential's first layer says what it takes; its input need be no layer of its own.
        if (described is not [{ IsInput: true }, ..])
            described.Insert(0, KerasElement.Input(InputName));
        if (described[0].InputShape is null)
            described[0] = described[0] with { InputShape = described.Find(entry => entry.InputShape is not null)?.InputShape };

        var places = new Dictionary<string, int>();
        foreach (var (place, entry) in described.Index())
        {
            if (!places.TryAdd(entry.Name, place) && entry.Call.Inputs.Count > 0)
                throw new InvalidDataException($"'{file}': it has two layers named '{Excerpt.Of(entry.Name)}'.");
        }

        for (var i = 1; i < described.Count; i++)
        {
            var entry = described[i];
            if (entry.IsInput)
                continue;
            int[] sources = entry.Call.Inputs.Count == 0 ? [i - 1] : [.. entry.Call.Inputs.Select(name => Find(name, entry))];
            if (entry.Call.States is { } encoder)
                sources = [.. sources, Find(encoder, entry)];
            described[i] = entry with { Sources = sources };
        }

        foreach (var entry in described.Where(entry => !entry.IsOperation))
            RequireSuitable(entry);
        return described;

        int Find(string name, KerasElement taker) => places.TryGetValue(name, out var place) ? place : throw new InvalidDataException(
            $"'{file}': '{Excerpt.Of(taker.Name)}' takes '{Excerpt.Of(name)}', and it has no layer of that name.");

        void RequireSuitable(KerasElement entry)
        {
            if (entry.Sources.Select(source => described[source]).FirstOrDefault(source => source.IsOperation) is { } operation)
            {
                throw new InvalidDataException(
                    $"'{file}': '{Excerpt.Of(entry.Name)}' takes what the operation '{Excerpt.Of(operation.Name)}' ({KerasNames.Plain(operation.Kind)}) "
                    + "gives; layers alone have a counterpart here, keras.layers.Add for a + b.");
            }

            if (entry.Call.States is { } encoder)
            {
                if (!(KerasLayerKinds.IsRecurrent(entry.Kind) || entry.Kind == BidirectionalAttribute.Kind))
                {
                    var takesSeveral = KerasLayerKinds.IsMerging(entry.Kind) || KerasLayerKinds.IsAttending(entry.Kind);
                    throw new InvalidDataException(takesSeveral
                        ? $"'{file}': '{Excerpt.Of(entry.Name)}' takes a state of '{Excerpt.Of(encoder)}' as its input, which has no counterpart here."
                        : $"'{file}': '{Excerpt.Of(entry.Name)}' is called with {KerasLayerKinds.InitialState}= of '{Excerpt.Of(encoder)}', "
                            + "which has no counterpart here.");
                }

                if (entry.Call.Inputs.Count != 1)
                {
                    throw new InvalidDataException(
                        $"'{file}': '{Excerpt.Of(entry.Name)}' takes {KerasCall.Listed(entry.Call.Inputs)}, and {entry.Kind} takes one output.");
                }
            }
            else if (KerasLayerKinds.IsAttending(entry.Kind))
            {
                if (entry.Sources.Count is not (2 or 3))
                {
                    throw new InvalidDataException(
                        $"'{file}': '{Excerpt.Of(entry.Name)}' takes {KerasCall.Listed(entry.Call.Inputs)}, and {entry.Kind} takes a query, values and, "
                        + "it may be, keys.");
                }
            }
            else if (entry.Sources.Count > 1 && KerasLayerKinds.Of(entry.Kind) is not null && !KerasLayerKinds.IsMerging(entry.Kind))
            {
                throw new InvalidDataException(
                    $"'{file}': '{Excerpt.Of(entry.Name)}' takes {KerasCall.Listed(entry.Call.Inputs)}, and {entry.Kind} takes one output.");
            }
        }
    }

    /// <summary>The place of what gives the model's output: what the file says, or the last layer.</summary>
    private static int Output(List<KerasElement> described, JsonElement config, string file)
    {
        var outputs = KerasCall.Names(KerasJson.Member(config, "output_layers") ?? default).ToList();
        if (outputs.Count > 1)
        {
            throw new InvalidDataException(
                $"'{file}' holds a model with {outputs.Count} outputs: "
                + string.Join(", ", outputs.Take(8).Select(end => $"'{KerasNames.Plain(end)}'"))
                + $"{(outputs.Count > 8 ? ", …" : "")}. A model here has one output. "
                + "In Keras, keras.Model(model.inputs, model.outputs[0]).save(…) saves the part that leads to one of them.");
        }

        var output = outputs is [var name]
            ? described.FindIndex(entry => !entry.IsOperation && entry.Name == name)
            : described.FindLastIndex(entry => !entry.IsOperation);
        return output >= 0 ? output : throw new InvalidDataException(
            $"'{file}': its output is that of '{KerasNames.Plain(outputs[0])}', which is no layer of it.");
    }

    private static void RequireAllRead(List<KerasElement> described, List<int> order, string file)
    {
        var found = order.ToHashSet();
        var unread = described.FindLastIndex(entry => !entry.IsOperation);
        while (unread >= 0 && (described[unread].IsOperation || found.Contains(unread)))
            unread--;
        if (unread < 0)
            return;
        var name = KerasNames.Plain(described[unread].Name);
        throw new InvalidDataException(described[unread].IsInput
            ? $"'{file}': its output does not follow from its input '{name}', and an input that nobody reads has no counterpart here."
            : $"'{file}': its output is that of '{KerasNames.Plain(described[order[^1]].Name)}', not of its last layer, '{name}'.");
    }
}
