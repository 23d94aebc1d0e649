using System.Buffers;
using System.Text.Json;

namespace LstmDsl;

/// <summary>
/// Puts the configuration that Keras 2 wrote into words of Keras 3, once, before anything else reads it: what changed its meaning, its
/// name or its default. A word whose meaning cannot be told becomes one that no declaration has, so that the file is refused by it.
/// </summary>
/// <remarks>
/// The same in both are: gelu (exact), leaky_relu as a function (a slope of 0.2) and as a layer (0.3), elu, selu; epsilon and momentum of
/// the normalisations (1e-3, 0.99); how weights start, which either writes out with all its numbers.
/// </remarks>
internal static class KerasTranslation
{
    /// <summary>What Keras 2 calls hard_sigmoid.</summary>
    public const string HardSigmoidKeras2 = "hard_sigmoid_keras2";

    private const string HardSigmoid = "hard_sigmoid";
    private const string ResetAfter = "reset_after";
    private const string RecurrentActivation = "recurrent_activation";

    /// <summary>The configuration in words of Keras 3.</summary>
    /// <param name="model">The model's JSON.</param>
    /// <param name="version">Who wrote it.</param>
    public static JsonElement Modern(JsonElement model, KerasVersion version)
    {
        if (version == KerasVersion.Three)
            return model;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            Write(json, model, version, kind: null, isActivation: false);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    /// <summary>Writes a value in words of Keras 3.</summary>
    /// <param name="json">Takes the words.</param>
    /// <param name="element">What to translate.</param>
    /// <param name="version">Who wrote it.</param>
    /// <param name="kind">The class whose options it is; null for anything else.</param>
    /// <param name="isActivation">Whether it names or describes an activation.</param>
    private static void Write(Utf8JsonWriter json, JsonElement element, KerasVersion version, string? kind, bool isActivation)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            WriteObject(json, element, version, kind, isActivation);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            json.WriteStartArray();
            foreach (var item in element.EnumerateArray())
                Write(json, item, version, kind: null, isActivation);
            json.WriteEndArray();
        }
        else if (isActivation && element.ValueKind == JsonValueKind.String && element.ValueEquals(HardSigmoid))
        {
            json.WriteStringValue(version == KerasVersion.Two ? HardSigmoidKeras2 : "hard_sigmoid_of_unknown_version");
        }
        else
        {
            element.WriteTo(json);
        }
    }

    private static void WriteObject(Utf8JsonWriter json, JsonElement element, KerasVersion version, string? kind, bool isActivation)
    {
        var described = KerasJson.Text(element, "class_name");
        json.WriteStartObject();
        foreach (var member in element.EnumerateObject())
        {
            // Keras 2's name of the slope; its default is the same.
            json.WritePropertyName(kind == "LeakyReLU" && member.NameEquals("alpha") ? "negative_slope" : member.Name);
            Write(
                json,
                member.Value,
                version,
                member.NameEquals("config") ? described : null,
                isActivation || member.NameEquals("activation") || member.NameEquals(RecurrentActivation));
        }

        if (kind is not null && KerasLayerKinds.Is<GruAttribute>(kind) && KerasJson.Member(element, ResetAfter) is null)
        {
            // Before it could be chosen, the reset was applied before the product.
            if (version == KerasVersion.Two)
                json.WriteBoolean(ResetAfter, false);
            else
                json.WriteString(ResetAfter, "unknown");
        }

        // Until 2.2 it was hard_sigmoid, since 2.3 it is sigmoid; either writes it out.
        if (kind is not null && KerasLayerKinds.Of(kind)?.Find(RecurrentActivation) is not null && KerasJson.Member(element, RecurrentActivation) is null)
            json.WriteString(RecurrentActivation, "hard_sigmoid_or_sigmoid");
        json.WriteEndObject();
    }
}
