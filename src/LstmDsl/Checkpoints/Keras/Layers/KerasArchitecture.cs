using System.Text.Json;

namespace LstmDsl;

/// <summary>A layer that a file of Keras describes.</summary>
/// <param name="Kind">Keras's class: <c>LSTM</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Options">Its options, in Keras's argument names.</param>
internal sealed record KerasLayer(string Kind, string Name, JsonElement Options);

/// <summary>The layers that a file of Keras describes: those of a <c>Sequential</c>, or of a <c>Functional</c> that is a chain.</summary>
internal sealed class KerasArchitecture
{
    private KerasArchitecture(int?[]? inputShape, List<KerasLayer> layers, bool isKeras2) =>
        (InputShape, Layers, IsKeras2) = (inputShape, layers, isKeras2);

    /// <summary>Shape of one sample, an axis of any length as null; null where the file does not say.</summary>
    public int?[]? InputShape { get; }

    /// <summary>The layers after the input.</summary>
    public IReadOnlyList<KerasLayer> Layers { get; }

    /// <summary>Whether Keras 2 wrote the file, to which some words mean something else.</summary>
    public bool IsKeras2 { get; }

    /// <summary>Reads what a file says.</summary>
    /// <param name="model">The model's JSON: <c>class_name</c> and <c>config</c> with <c>layers</c>.</param>
    /// <param name="isKeras2">Whether Keras 2 wrote it.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="InvalidDataException">It lists no layers, or they are no chain.</exception>
    public static KerasArchitecture Read(JsonElement model, bool isKeras2, string file)
    {
        // The oldest files hold a list where later ones hold an object.
        var listed = KerasJson.Member(model, "config") is { ValueKind: JsonValueKind.Array } list
            ? list
            : KerasJson.Member(KerasJson.Member(model, "config") ?? default, "layers");
        if (listed is not { ValueKind: JsonValueKind.Array } elements)
            throw new InvalidDataException($"'{file}': its configuration lists no layers.");

        var layers = new List<KerasLayer>();
        int?[]? input = null;
        var before = "";
        foreach (var element in elements.EnumerateArray())
        {
            var options = KerasJson.Member(element, "config") ?? default;
            var layer = new KerasLayer(
                KerasJson.Text(element, "class_name") ?? "?",
                KerasJson.Text(options, "name") ?? KerasJson.Text(element, "name") ?? "?",
                options);
            input ??= Shape(options);
            if (KerasJson.Member(element, "inbound_nodes") is { } inbound)
                RequireChain(layer, inbound, before, file);
            before = layer.Name;
            if (layer.Kind != "InputLayer")
                layers.Add(layer);
        }

        return new(input, layers, isKeras2);
    }

    private static int?[]? Shape(JsonElement options) =>
        (KerasJson.Member(options, "batch_shape") ?? KerasJson.Member(options, "batch_input_shape")) is { ValueKind: JsonValueKind.Array } shape
            && shape.GetArrayLength() > 1
            ? [.. shape.EnumerateArray().Skip(1).Select(KerasJson.Whole)]
            : null;

    private static void RequireChain(KerasLayer layer, JsonElement inbound, string before, string file)
    {
        var sources = Sources(inbound).Distinct().ToList();
        if (sources.Count > 1 || (sources.Count == 1 && sources[0] != before))
        {
            throw new InvalidDataException(
                $"'{file}': its layers are no chain: '{layer.Name}' takes {string.Join(" and ", sources.Select(source => $"'{source}'"))}.");
        }
    }

    /// <summary>The layers that a layer takes from: lists that begin with a name and a number, as either version writes them.</summary>
    private static IEnumerable<string> Sources(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Sources(member.Value)),
        JsonValueKind.Array when element.GetArrayLength() > 2
            && element[0].ValueKind == JsonValueKind.String && element[1].ValueKind == JsonValueKind.Number => [element[0].GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Sources),
        _ => [],
    };
}
