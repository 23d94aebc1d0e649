using System.Text.Json;

namespace LstmDsl;

/// <summary>An operation that a file lists among its layers.</summary>
/// <param name="Kind">Keras's class.</param>
/// <param name="Inputs">Names of what it takes, in order.</param>
/// <param name="Number">The number that it takes beside; null for none.</param>
internal sealed record KerasOperation(string Kind, IReadOnlyList<string> Inputs, double? Number);

/// <summary>One of those that a file lists as a model's layers: an input, a layer, or an operation.</summary>
internal sealed record KerasElement
{
    /// <summary>Keras's class.</summary>
    public required string Kind { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is an operation, which Keras has in modules of their own.</summary>
    public bool IsOperation { get; private init; }

    /// <summary>What it is called with.</summary>
    public KerasCall Call { get; private init; } = new([], null);

    /// <summary>The number that an operation takes beside; null for none.</summary>
    public double? Number { get; private init; }

    /// <summary>The places of what it takes.</summary>
    public IReadOnlyList<int> Sources { get; init; } = [];

    /// <summary>The shape of a batch of inputs, an axis of any length as null; null where it does not say.</summary>
    public int?[]? InputShape { get; init; }

    /// <summary>Whether it is an input.</summary>
    public bool IsInput => Kind == KerasNode.InputKind;

    /// <summary>The name of what gives the mask that it is called with.</summary>
    public string? Mask => Call.Mask;

    private JsonElement Json { get; init; }

    /// <summary>Reads one.</summary>
    /// <param name="element">Its JSON.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="InvalidDataException">What it is called with cannot be declared.</exception>
    public static KerasElement Read(JsonElement element, string file)
    {
        var options = KerasJson.Member(element, "config") ?? default;
        var isOperation = KerasJson.Text(element, "module") is { } module && module.StartsWith("keras.src.ops", StringComparison.Ordinal);
        var name = (isOperation ? KerasJson.Text(element, "name") : null)
            ?? KerasJson.Text(options, "name") ?? KerasJson.Text(element, "name") ?? "?";
        var inbound = KerasJson.Member(element, "inbound_nodes");
        return new()
        {
            Kind = KerasNames.Class(element),
            Name = name,
            IsOperation = isOperation,
            Call = isOperation ? KerasCall.OfOperation(inbound) : KerasCall.Read(name, KerasNames.Class(element), inbound, file),
            Number = isOperation ? NumberBeside(inbound) : null,
            InputShape = Shape(options),
            Json = element,
        };
    }

    /// <summary>An input that a file does not list.</summary>
    public static KerasElement Input(string name) => new() { Kind = KerasNode.InputKind, Name = name };

    /// <summary>It, in words of what it is declared as here.</summary>
    /// <param name="axes">How many axes it takes, the samples' included; null where that is not known.</param>
    public KerasLayer Layer(int? axes)
    {
        if (Json.ValueKind == JsonValueKind.Undefined)
            return new(Kind, Name, default) { Axes = axes };
        var layer = KerasLayer.Of(Json, axes);
        return Call.IsCausal ? layer.With(KerasLayerKinds.CausalMask) : layer;
    }

    private static double? NumberBeside(JsonElement? inbound)
    {
        var call = inbound is { ValueKind: JsonValueKind.Array } calls ? calls.EnumerateArray().FirstOrDefault() : default;
        return KerasJson.Member(call, "args") is { ValueKind: JsonValueKind.Array } args
            ? args.EnumerateArray()
                .Where(argument => argument.ValueKind == JsonValueKind.Number)
                .Select(argument => (double?)argument.GetDouble()).FirstOrDefault()
            : null;
    }

    /// <summary>The shape of a batch of inputs, where a layer gives it.</summary>
    private static int?[]? Shape(JsonElement options) =>
        (KerasJson.Member(options, "batch_shape") ?? KerasJson.Member(options, "batch_input_shape")) is { ValueKind: JsonValueKind.Array } shape
            && shape.GetArrayLength() > 1
            ? [.. shape.EnumerateArray().Select(KerasJson.Whole)]
            : null;
}
