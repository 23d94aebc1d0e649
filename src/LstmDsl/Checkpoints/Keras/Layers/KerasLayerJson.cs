using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Writes one layer as Keras 3 serialises it: its options as declared, those that we do not have at Keras's defaults.</summary>
internal static class KerasLayerJson
{
    /// <summary>The option whose value in a bidirectional layer's two is Keras's own doing.</summary>
    public const string ZeroOutputForMask = "zero_output_for_mask";

    /// <summary>Writes a layer.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="plan">The model, whose tensors say how weights start and what their size costs.</param>
    /// <param name="inputShape">Shape of one sample's input.</param>
    public static void Write(Utf8JsonWriter json, LayerSummary layer, ModelPlan plan, int[] inputShape)
    {
        using var document = JsonDocument.Parse(layer.Options);
        var options = document.RootElement;
        if (layer.Kind != KerasNames.Bidirectional)
        {
            Write(json, layer.Kind, layer.Name, options, plan, $"{layer.Name}.", inputShape, isBackward: null);
            return;
        }

        var inner = options.GetProperty("layer");
        var kind = inner.GetProperty("class_name").GetString()!;
        Begin(json, "keras.layers", layer.Kind);
        Head(json, layer.Name);
        json.WritePropertyName("merge_mode");
        options.GetProperty("merge_mode").WriteTo(json);
        foreach (var (member, direction) in new[] { ("layer", "forward"), ("backward_layer", "backward") })
        {
            json.WritePropertyName(member);
            Write(
                json, kind, $"{direction}_{KerasNames.Snake(kind)}", inner.GetProperty("config"), plan, $"{layer.Name}.{direction}.", inputShape,
                isBackward: direction == "backward");
        }

        EndBuilt(json, plan, inputShape);
        json.WriteEndObject();
    }

    /// <summary>Begins an object of a class, and within it its configuration.</summary>
    public static void Begin(Utf8JsonWriter json, string module, string kind)
    {
        json.WriteStartObject();
        json.WriteString("module", module);
        json.WriteString("class_name", kind);
        json.WriteStartObject("config");
    }

    /// <summary>Ends the configuration and the object.</summary>
    public static void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteNull("registered_name");
        json.WriteEndObject();
    }

    /// <summary>Ends the configuration and says with what shape it was built; the object is left open.</summary>
    public static void EndBuilt(Utf8JsonWriter json, ModelPlan plan, int[] inputShape)
    {
        json.WriteEndObject();
        json.WriteNull("registered_name");
        json.WriteStartObject("build_config");
        Shape(json, "input_shape", plan, inputShape);
        json.WriteEndObject();
    }

    /// <summary>A shape with a batch that is free, or has the size that stateful layers need.</summary>
    public static void Shape(Utf8JsonWriter json, string name, ModelPlan plan, int[] shape)
    {
        json.WriteStartArray(name);
        if (plan.BatchSize > 0)
            json.WriteNumberValue(plan.BatchSize);
        else
            json.WriteNullValue();
        foreach (var size in shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
    }

    /// <summary>Weights and results are floats.</summary>
    public static void Precision(Utf8JsonWriter json)
    {
        json.WritePropertyName("dtype");
        Begin(json, "keras", "DTypePolicy");
        json.WriteString("name", "float32");
        End(json);
    }

    private static void Head(Utf8JsonWriter json, string name)
    {
        json.WriteString("name", name);
        json.WriteBoolean("trainable", true);
        Precision(json);
    }

    private static void Write(
        Utf8JsonWriter json, string kind, string name, JsonElement options, ModelPlan plan, string prefix, int[] inputShape, bool? isBackward)
    {
        var written = KerasActivation.Class(kind, options);
        Begin(json, "keras.layers", written);
        Head(json, name);
        foreach (var option in options.EnumerateObject())
        {
            if (option.Name == "activation" && written == KerasActivation.LeakyLayer)
                continue;
            if (option.Name == "go_backwards" && isBackward is { } backward)
                json.WriteBoolean(option.Name, backward);
            else if (option.Name == "activity_regularizer")
                KerasWeightJson.Regularizer(
                    json, option.Name, option.Value.GetProperty("l1").GetDouble(), option.Value.GetProperty("l2").GetDouble());
            else
                option.WriteTo(json);
        }

        foreach (var (member, value) in Others(kind))
        {
            if (options.TryGetProperty(member, out _))
                continue;
            // Keras itself sets this where both directions give sequences, so that what is masked is 0 in either.
            var isZeroed = member == ZeroOutputForMask && isBackward is not null && options.GetProperty("return_sequences").GetBoolean();
            json.WritePropertyName(member);
            json.WriteRawValue(isZeroed ? "true" : value);
        }

        foreach (var (member, role) in KerasWeightJson.Of(kind))
        {
            var slot = plan.Tensors.FirstOrDefault(slot => slot.Role == role && slot.Name.StartsWith(prefix, StringComparison.Ordinal));
            KerasWeightJson.Write(json, member, role, slot);
        }

        if (IsBuiltAtOnce(kind))
        {
            End(json);
            return;
        }

        EndBuilt(json, plan, inputShape);
        json.WriteEndObject();
    }

    /// <summary>Whether Keras makes a layer of that class without looking at its input, and so says nothing of its shape.</summary>
    private static bool IsBuiltAtOnce(string kind) => kind is "Activation" or "Masking" or "Dropout"
        or "MaxPooling1D" or "AveragePooling1D" or "GlobalMaxPooling1D" or "GlobalAveragePooling1D";

    /// <summary>What Keras writes of a class and a declaration does not say, as JSON.</summary>
    public static IEnumerable<(string Name, string Value)> Others(string kind) => kind switch
    {
        "LSTM" or "GRU" => [.. Others("SimpleRNN"), ("seed", "null")],
        "SimpleRNN" =>
        [
            ("return_state", "false"), ("stateful", "false"), ("unroll", "false"), (ZeroOutputForMask, "false"),
            ("activity_regularizer", "null"),
        ],
        "Dense" => [("quantization_config", "null")],
        "Conv1D" => [("data_format", "\"channels_last\""), ("groups", "1"), ("activity_regularizer", "null")],
        "MaxPooling1D" or "AveragePooling1D" or "Flatten" => [("data_format", "\"channels_last\"")],
        "GlobalMaxPooling1D" or "GlobalAveragePooling1D" => [("data_format", "\"channels_last\""), ("keepdims", "false")],
        "Dropout" => [("seed", "null"), ("noise_shape", "null")],
        "LayerNormalization" => [("axis", "-1"), ("rms_scaling", "false")],
        "BatchNormalization" =>
        [
            ("axis", "-1"), ("synchronized", "false"), ("renorm", "false"), ("renorm_clipping", "null"), ("renorm_momentum", "0.99"),
        ],
        "Normalization" => [("axis", "[-1]")],
        "Embedding" => [("activity_regularizer", "null"), ("quantization_config", "null")],
        _ => [],
    };
}
