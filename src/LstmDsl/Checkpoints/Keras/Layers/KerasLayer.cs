using System.Buffers;
using System.Text.Json;

namespace LstmDsl;

/// <summary>A layer that a file of Keras describes, in the words of what it is declared as here.</summary>
/// <param name="Kind">Keras's class: <c>LSTM</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Options">Its options, in Keras's argument names.</param>
internal sealed record KerasLayer(string Kind, string Name, JsonElement Options)
{
    /// <summary>Keras's wrapper that applies a layer to each timestep.</summary>
    public const string TimeDistributed = TimeDistributedAttribute.Kind;

    private static readonly string ActivationKind = new ActivationAttribute(Activation.Linear).Kind;

    /// <summary>The class that the file gives, where that is another: <c>TimeDistributed</c> of a Dense, <c>ReLU</c> of an activation.</summary>
    public string WrittenAs { get; init; } = Kind;

    /// <summary>How many axes it takes, the samples' included; null where that is not known.</summary>
    public int? Axes { get; init; }

    /// <summary>Its place among what the file lists.</summary>
    public int Place { get; init; }

    /// <summary>The indices, among inputs and layers, of those whose outputs it takes.</summary>
    public IReadOnlyList<int> Sources { get; init; } = [];

    /// <summary>Whether the last of these is a recurrent layer whose last states it begins with.</summary>
    public bool BeginsWithStates { get; init; }

    /// <summary>The name of what gives the mask that it is called with; null where the file does not say.</summary>
    public string? Mask { get; init; }

    /// <summary>The shape of a batch, of an input, an axis of any length as null; null where the file does not say.</summary>
    public int?[]? InputShape { get; init; }

    /// <summary>Whether it is an input.</summary>
    public bool IsInput => Kind == KerasNode.InputKind;

    /// <summary>Whether the file says that its weights are not trained; of a layer within another, either.</summary>
    public bool IsFrozen => IsInFrozen || Freezes(Options);

    /// <summary>
    /// A layer in one way of the several in which files say the same: a Dense on each timestep is a Dense, ReLU an Activation, swish silu.
    /// What means anything else stays as the file has it.
    /// </summary>
    /// <param name="described">The layer's JSON: <c>class_name</c>, <c>config</c>.</param>
    /// <param name="axes">How many axes it takes, the samples' included; null where that is not known.</param>
    public static KerasLayer Of(JsonElement described, int? axes)
    {
        var kind = KerasNames.Class(described);
        var options = KerasJson.Member(described, "config") ?? default;
        var name = KerasJson.Text(options, "name") ?? KerasJson.Text(described, "name") ?? "?";
        if (kind == TimeDistributed && KerasJson.Member(options, "layer") is { } wrapped)
        {
            // These act on each timestep in any case.
            var inner = Of(wrapped, axes - 1);
            if (KerasLayerKinds.WorksOnEachTimestep(inner.Kind) && inner.WrittenAs != TimeDistributed)
                return inner with { Name = name, WrittenAs = TimeDistributed, Axes = axes, IsInFrozen = Freezes(options) };
        }

        if (KerasActivation.IsLayer(kind))
        {
            return KerasActivation.OfLayer(kind, options, axes) is { } activation
                ? new(ActivationKind, name, Activated(options, activation.Name, activation.Slope)) { WrittenAs = kind, Axes = axes }
                : new(kind, name, options) { Axes = axes };
        }

        if (KerasLayerKinds.Is<ConcatenateAttribute>(kind) && axes is { } count)
            options = Joined(options, count);
        return new(kind, name, IsRenamed(options, axes) ? Renamed(options, axes) : options) { Axes = axes };
    }

    /// <summary>How many axes it gives, the samples' included; null where that is not known.</summary>
    public int? OutputAxes => IsInput ? InputShape?.Length : Kind == BidirectionalAttribute.Kind
        ? KerasJson.Member(Options, "layer") is { } inner && KerasJson.IsTrue(KerasJson.Member(inner, "config") ?? default, "return_sequences") ? 3 : 2
        : KerasLayerKinds.Of(Kind)?.OutputAxes(this);

    /// <summary>Whether it is the layer that an attribute declares.</summary>
    public bool Is<TLayer>() where TLayer : LayerAttribute => KerasLayerKinds.Is<TLayer>(Kind);

    private bool IsInFrozen { get; init; }

    /// <summary>It with an option more, which is true.</summary>
    public KerasLayer With(string name) => this with
    {
        Options = Written(json =>
        {
            json.WriteStartObject();
            foreach (var option in Options.ValueKind == JsonValueKind.Object ? [.. Options.EnumerateObject()] : Array.Empty<JsonProperty>())
                option.WriteTo(json);
            json.WriteBoolean(name, true);
            json.WriteEndObject();
        }),
    };

    /// <summary>It without the option, also of the layers within, by which it gives its states beside its output: who takes them says so.</summary>
    public KerasLayer WithoutStates() => Options.ValueKind == JsonValueKind.Object
        ? this with { Options = Written(json => WriteWithoutStates(json, Options)) }
        : this;

    private static void WriteWithoutStates(Utf8JsonWriter json, JsonElement options)
    {
        json.WriteStartObject();
        foreach (var option in options.EnumerateObject().Where(option => !option.NameEquals(KerasLayerKinds.ReturnState)))
        {
            if (IsLayer(option) && option.Value.ValueKind == JsonValueKind.Object)
            {
                json.WritePropertyName(option.Name);
                WriteWithoutStates(json, option.Value);
            }
            else
            {
                option.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    private static bool Freezes(JsonElement options) => KerasJson.Member(options, "trainable") is { ValueKind: JsonValueKind.False }
        || (KerasJson.Member(options, "layer") is { } inner && Freezes(KerasJson.Member(inner, "config") ?? default));

    /// <summary>Options of a layer that joins an axis, counted in one way of the two.</summary>
    private static JsonElement Joined(JsonElement options, int axes) =>
        KerasJson.Member(options, "axis") is { } value && KerasJson.Whole(value) is { } axis && axis != -1
            ? Written(json =>
            {
                json.WriteStartObject();
                foreach (var option in options.EnumerateObject().Where(option => !option.NameEquals("axis")))
                    option.WriteTo(json);
                json.WriteNumber("axis", axis == axes - 1 ? -1 : axis < 0 ? axis + axes : axis);
                json.WriteEndObject();
            })
            : options;

    private static bool IsActivation(JsonProperty option) => option.NameEquals("activation") || option.NameEquals("recurrent_activation");

    private static bool IsLayer(JsonProperty option) =>
        option.NameEquals("layer") || option.NameEquals("backward_layer") || option.NameEquals("config");

    /// <summary>Whether an activation among the options, or among those of a layer within, has another name here.</summary>
    private static bool IsRenamed(JsonElement options, int? axes) =>
        options.ValueKind == JsonValueKind.Object && options.EnumerateObject().Any(option => IsActivation(option)
            ? KerasActivation.Name(option.Value, axes) is { } name
                && !(option.Value.ValueKind == JsonValueKind.String && option.Value.ValueEquals(name))
            : IsLayer(option) && IsRenamed(option.Value, axes));

    private static JsonElement Renamed(JsonElement options, int? axes) => Written(json => Write(json, options, axes));

    private static void Write(Utf8JsonWriter json, JsonElement options, int? axes)
    {
        json.WriteStartObject();
        foreach (var option in options.EnumerateObject())
        {
            if (IsActivation(option) && KerasActivation.Name(option.Value, axes) is { } name)
            {
                json.WriteString(option.Name, name);
            }
            else if (IsLayer(option) && option.Value.ValueKind == JsonValueKind.Object)
            {
                json.WritePropertyName(option.Name);
                Write(json, option.Value, axes);
            }
            else
            {
                option.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>The options of an Activation, with what every layer may have.</summary>
    private static JsonElement Activated(JsonElement options, string activation, double? slope) => Written(json =>
    {
        json.WriteStartObject();
        foreach (var option in options.EnumerateObject())
        {
            if (option.Name is "trainable" or "dtype" or "activity_regularizer" or "batch_input_shape" or "batch_shape")
                option.WriteTo(json);
        }

        json.WriteString("activation", activation);
        if (slope is { } own)
            json.WriteNumber(KerasActivation.NegativeSlope, own);
        json.WriteEndObject();
    });

    private static JsonElement Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
