using System.Globalization;
using System.Text.Json;

namespace LstmDsl;

/// <summary>The layers that a file of Keras describes: those of a <c>Sequential</c>, or of a <c>Functional</c> that is a chain.</summary>
internal sealed class KerasArchitecture
{
    private const int MostLayers = 1000;

    /// <summary>Layers that a message lists of those that one takes from.</summary>
    private const int MostListed = 10;

    private KerasArchitecture(int?[]? inputShape, List<KerasLayer> layers) => (InputShape, Layers) = (inputShape, layers);

    /// <summary>How many samples a batch has; null for any number.</summary>
    public int? BatchSize { get; private init; }

    /// <summary>Shape of one sample, an axis of any length as null; null where the file does not say.</summary>
    public int?[]? InputShape { get; }

    /// <summary>The layers after the input.</summary>
    public IReadOnlyList<KerasLayer> Layers { get; }

    /// <summary>Reads what a file says, whoever wrote it, into words of Keras 3.</summary>
    /// <param name="model">The model's JSON: <c>class_name</c> and <c>config</c> with <c>layers</c>.</param>
    /// <param name="version">Who wrote it.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="InvalidDataException">It lists no layers, or they are no chain from one input to one output.</exception>
    public static KerasArchitecture Read(JsonElement model, KerasVersion version, string file)
    {
        model = KerasTranslation.Modern(model, version);
        // The oldest files hold a list where later ones hold an object.
        var listed = KerasJson.Member(model, "config") is { ValueKind: JsonValueKind.Array } list
            ? list
            : KerasJson.Member(KerasJson.Member(model, "config") ?? default, "layers");
        if (listed is not { ValueKind: JsonValueKind.Array } elements)
            throw new InvalidDataException($"'{file}': its configuration lists no layers.");

        if (elements.GetArrayLength() > MostLayers)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{file}': its configuration lists {elements.GetArrayLength()} layers; up to {MostLayers} are read."));
        }

        var layers = new List<KerasLayer>();
        int?[]? input = null;
        int? batchSize = null;
        int? axes = null;
        var before = "";
        foreach (var element in elements.EnumerateArray())
        {
            if (input is null && Shape(KerasJson.Member(element, "config") ?? default) is { } shape)
            {
                (batchSize, input) = (shape[0], shape[1..]);
                axes = shape.Length;
            }

            var layer = KerasLayer.Of(element, axes);
            if (KerasJson.Member(element, "inbound_nodes") is { } inbound)
                RequireChain(layer, inbound, before, file);
            before = layer.Name;
            if (layer.Kind == "InputLayer")
                continue;
            layers.Add(layer);
            axes = layer.OutputAxes;
        }

        RequireOneEnd(KerasJson.Member(model, "config") ?? default, before, file);
        return new(input, layers) { BatchSize = batchSize };
    }

    /// <summary>The shape of a batch of inputs, where a layer gives it.</summary>
    private static int?[]? Shape(JsonElement options) =>
        (KerasJson.Member(options, "batch_shape") ?? KerasJson.Member(options, "batch_input_shape")) is { ValueKind: JsonValueKind.Array } shape
            && shape.GetArrayLength() > 1
            ? [.. shape.EnumerateArray().Select(KerasJson.Whole)]
            : null;

    /// <summary>A Functional lists where it begins and ends; its last layer need not be its only output.</summary>
    private static void RequireOneEnd(JsonElement config, string last, string file)
    {
        foreach (var (list, what) in new[] { ("input_layers", "inputs"), ("output_layers", "outputs") })
        {
            var ends = Sources(KerasJson.Member(config, list) ?? default).ToList();
            if (ends.Count > 1)
            {
                throw new InvalidDataException(
                    $"'{file}' holds a model with {ends.Count} {what}: {string.Join(", ", ends.Take(8).Select(end => $"'{KerasNames.Plain(end)}'"))}"
                    + $"{(ends.Count > 8 ? ", …" : "")}. A model here has one input and one output, of its last layer. "
                    + "In Keras, keras.Model(model.inputs[0], model.outputs[0]).save(…) saves the part that leads to one of them.");
            }

            if (what == "outputs" && ends.Count == 1 && ends[0] != last)
            {
                throw new InvalidDataException(
                    $"'{file}': its output is that of '{KerasNames.Plain(ends[0])}', not of its last layer, '{KerasNames.Plain(last)}'.");
            }
        }
    }

    private static void RequireChain(KerasLayer layer, JsonElement inbound, string before, string file)
    {
        var sources = Sources(inbound).Distinct().ToList();
        if (sources.Count > 1 || (sources.Count == 1 && sources[0] != before))
        {
            throw new InvalidDataException(
                $"'{file}': its layers are no chain: '{Excerpt.Of(layer.Name)}' takes "
                + $"{string.Join(" and ", sources.Take(MostListed).Select(source => $"'{Excerpt.Of(source)}'"))}.");
        }

        if (AlwaysTrains(inbound))
        {
            throw new InvalidDataException(
                $"'{file}': '{layer.Name}' is called with training=True, so that it acts in predictions as in training. "
                + "Here layers do so in training alone.");
        }
    }

    /// <summary>Whether a call's arguments, as either version writes them, ask for training.</summary>
    private static bool AlwaysTrains(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => KerasJson.IsTrue(element, "training") || element.EnumerateObject().Any(member => AlwaysTrains(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(AlwaysTrains),
        _ => false,
    };

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
