using System.Globalization;
using System.Text.Json;

namespace LstmDsl;

/// <summary>How a file calls a layer: which outputs it takes.</summary>
/// <param name="Inputs">The names of the layers whose outputs it takes, in order; none where the file does not say.</param>
/// <param name="Mask">The name of what gives the mask that it is called with; null where the file does not say.</param>
internal sealed record KerasCall(IReadOnlyList<string> Inputs, string? Mask)
{
    /// <summary>Whether it is called so that a timestep attends to none after its own place.</summary>
    public bool IsCausal { get; private init; }

    /// <summary>The name of the layer whose last states it begins with; null for none.</summary>
    public string? States { get; private init; }

    /// <summary>The argument by which several heads are given values.</summary>
    public const string Value = "value";

    /// <summary>The argument by which they are given keys.</summary>
    public const string Key = "key";

    /// <summary>The arguments of several heads, in their places.</summary>
    private static readonly string[] OfHeads = ["query", Value, Key];

    /// <summary>Names that a message lists of those that a layer takes from.</summary>
    private const int MostListed = 10;

    private static readonly KerasCall Nothing = new([], null);

    /// <summary>Reads what either version writes of a layer's calls.</summary>
    /// <param name="layer">The layer's name, for messages.</param>
    /// <param name="kind">Its class.</param>
    /// <param name="inbound">Its <c>inbound_nodes</c>; null where it has none.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="InvalidDataException">It is called more than once, or with what no declaration says.</exception>
    public static KerasCall Read(string layer, string kind, JsonElement? inbound, string file)
    {
        if (inbound is not { ValueKind: JsonValueKind.Array } calls || calls.GetArrayLength() == 0)
            return Nothing;
        if (calls.GetArrayLength() > 1)
        {
            var count = calls.GetArrayLength().ToString(CultureInfo.InvariantCulture);
            throw new InvalidDataException(
                $"'{file}': '{Excerpt.Of(layer)}' is called {count} times, with the same weights each time. "
                + "A layer here has one place; one that is shared has no counterpart.");
        }

        if (AlwaysTrains(calls))
        {
            throw new InvalidDataException(
                $"'{file}': '{layer}' is called with training=True, so that it acts in predictions as in training. "
                + "Here layers do so in training alone.");
        }

        var (args, named) = Arguments(calls[0]);
        if (KerasLayerKinds.HasHeads(kind))
            (args, named) = Attended(args, named);
        var sources = args.SelectMany((argument, index) => Sources(argument).Select(source => (Source: source, Argument: index))).ToList();
        // States stand behind the output of a layer; by its place, as by name, only what a layer begins with is given so.
        var states = new List<(string Name, int Call, int Output)>();
        if (sources is [{ Source.Output: 0 }, ..])
        {
            states.AddRange(sources.Where(source => source.Source.Output > 0).Select(source => source.Source));
            sources.RemoveAll(source => source.Source.Output > 0);
        }

        if (sources.Find(source => source.Argument > 0) is { Source.Name: not null } further)
            throw Unsuitable(layer, "a further argument", further.Source, file);
        string? mask = null;
        foreach (var (name, value) in named)
        {
            foreach (var source in Sources(value))
            {
                if (name == KerasLayerKinds.InitialState && source.Output > 0)
                    states.Add(source);
                else
                    mask = name == "mask" ? source.Name : throw Unsuitable(layer, $"{KerasNames.Plain(name)}=", source, file);
            }
        }

        if (states.Index().Where(state => state.Item != (states[0].Name, 0, state.Index + 1)).Select(state => (State: state.Item, Found: true))
            .FirstOrDefault() is { Found: true, State: var other })
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{file}': '{Excerpt.Of(layer)}' begins with state {other.Output} of '{Excerpt.Of(other.Name)}' where state "
                + $"{states.IndexOf(other) + 1} of '{Excerpt.Of(states[0].Name)}' stands here: a layer begins with all states of one other, in order."));
        }

        foreach (var (source, _) in sources)
        {
            if (source.Call != 0)
            {
                throw new InvalidDataException(
                    $"'{file}': '{Excerpt.Of(layer)}' takes a second call of '{Excerpt.Of(source.Name)}', and a layer here has one place.");
            }

            if (source.Output != 0)
            {
                throw new InvalidDataException(
                    $"'{file}': '{Excerpt.Of(layer)}' takes a state of '{Excerpt.Of(source.Name)}' as its input, which has no counterpart here.");
            }
        }

        return new([.. sources.Select(source => source.Source.Name)], mask)
        {
            States = states.Count > 0 ? states[0].Name : null,
            IsCausal = named.Any(argument => argument is (KerasLayerKinds.CausalMask, { ValueKind: JsonValueKind.True })),
        };
    }

    /// <summary>Query, keys and values as one argument, in the order in which Keras takes them.</summary>
    private static (IEnumerable<JsonElement> ByPlace, IEnumerable<(string, JsonElement)> ByName) Attended(
        IEnumerable<JsonElement> args, IEnumerable<(string Name, JsonElement Value)> named)
    {
        var given = args.Select((argument, index) => (Name: OfHeads.ElementAtOrDefault(index) ?? "?", Value: argument)).Concat(named).ToList();
        var attended = given.Where(argument => OfHeads.Contains(argument.Name))
            .OrderBy(argument => argument.Name == Value ? 2 : argument.Name == Key ? 1 : 0);
        var json = $"[{string.Join(", ", attended.Select(argument => argument.Value.GetRawText()))}]";
        return ([KerasJson.Parse(json, "", "")], given.Where(argument => !OfHeads.Contains(argument.Name)));
    }

    /// <summary>What an operation is called with, all by its place.</summary>
    public static KerasCall OfOperation(JsonElement? inbound) => new([.. Names(inbound ?? default)], null);

    /// <summary>The names that a list of a model's ends gives.</summary>
    public static IEnumerable<string> Names(JsonElement ends) => Sources(ends).Select(source => source.Name);

    /// <summary>Names in a row, as a message has them.</summary>
    public static string Listed(IEnumerable<string> names) => string.Join(" and ", names.Take(MostListed).Select(name => $"'{Excerpt.Of(name)}'"));

    /// <summary>What a call takes by place and by name: of Keras 2, whose options stand behind each source, all sources are the first.</summary>
    private static (IEnumerable<JsonElement> ByPlace, IEnumerable<(string, JsonElement)> ByName) Arguments(JsonElement call)
    {
        if (call.ValueKind == JsonValueKind.Object)
        {
            JsonElement[] args = KerasJson.Member(call, "args") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
            return (args, Members(KerasJson.Member(call, "kwargs")));
        }

        var options = call.ValueKind == JsonValueKind.Array
            ? call.EnumerateArray()
                .Where(source => source.ValueKind == JsonValueKind.Array && source.GetArrayLength() > 3)
                .SelectMany(source => Members(source[3]))
            : [];
        return ([call], options);
    }

    private static IEnumerable<(string, JsonElement)> Members(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } item ? item.EnumerateObject().Select(member => (member.Name, member.Value)) : [];

    private static InvalidDataException Unsuitable(string layer, string argument, (string Name, int Call, int Output) source, string file) => new(
        $"'{file}': '{Excerpt.Of(layer)}' is called with {argument} of '{Excerpt.Of(source.Name)}', which has no counterpart here.");

    /// <summary>Whether a call's arguments, as either version writes them, ask for training.</summary>
    private static bool AlwaysTrains(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => KerasJson.IsTrue(element, "training") || element.EnumerateObject().Any(member => AlwaysTrains(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(AlwaysTrains),
        _ => false,
    };

    /// <summary>
    /// The outputs in what a layer is given: lists that begin with a name and two numbers, as either version writes them. What stands under
    /// keys follows in the order of these, however they stand in the file: so Keras takes dictionaries.
    /// </summary>
    private static IEnumerable<(string Name, int Call, int Output)> Sources(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
            .SelectMany(member => Sources(member.Value)),
        JsonValueKind.Array when element.GetArrayLength() > 2
            && element[0].ValueKind == JsonValueKind.String && element[1].ValueKind == JsonValueKind.Number =>
            [(element[0].GetString()!, KerasJson.Whole(element[1]) ?? -1, KerasJson.Whole(element[2]) ?? -1)],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Sources),
        _ => [],
    };
}
