using System.Text;
using System.Text.Json;

namespace LstmDsl;

/// <summary>Pipelines as JSON: names in order, whole numbers, and doubles in the shortest text that gives the same double back.</summary>
internal static class PipelineJson
{
    /// <summary>One JSON object.</summary>
    public static string Write(Pipeline pipeline)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) Write(pipeline, writer);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes one JSON object as a value.</summary>
    public static void Write(Pipeline pipeline, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteNames(writer, "columns", pipeline.Columns);
        WriteNames(writer, "targets", pipeline.Targets);
        writer.WriteNumber("timesteps", pipeline.Timesteps);
        writer.WriteNumber("sampling_rate", pipeline.SamplingRate);
        writer.WriteNumber("horizon", pipeline.Horizon);
        writer.WriteBoolean("sequence_targets", pipeline.SequenceTargets);
        writer.WriteString("time_step", pipeline.TimeStep);
        writer.WriteString("unit", pipeline.Unit);
        if (CommonUnit.Differ(pipeline.Units))
            WriteNames(writer, "units", pipeline.Units);
        if (pipeline.Zone is not null)
            writer.WriteString("zone", pipeline.Zone);
        writer.WriteStartArray("transforms");
        foreach (var transform in pipeline.Transforms)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", transform.Kind);
            transform.WriteMembers(writer);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <inheritdoc cref="Pipeline.FromJson(string)"/>
    public static Pipeline Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // The second is what half of a pair of surrogates gives that is not escaped.
            throw new InvalidDataException($"The pipeline is no JSON: {e.Message}", e);
        }
    }

    /// <inheritdoc cref="Pipeline.FromJson(JsonElement)"/>
    public static Pipeline Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"The pipeline is {Shown(json)}; expected a JSON object.");
        }
        try
        {
            var transforms = Member(json, "transforms", JsonValueKind.Array).EnumerateArray().Select(ReadTransform).ToArray();
            return new Pipeline(ReadNames(json, "columns"), ReadNames(json, "targets"), ReadCount(json, "timesteps"),
                ReadCount(json, "sampling_rate"), ReadCount(json, "horizon"), ReadText(json, "time_step"), ReadText(json, "unit"),
                transforms, ReadSequenceTargets(json), ReadUnits(json), ReadZone(json));
        }
        catch (ArgumentException e)
        {
            // Whoever reads a file gave none of the constructor's arguments.
            var problem = e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal);
            throw new InvalidDataException($"The pipeline does not hold together: {problem}", e);
        }
        catch (InvalidOperationException e)
        {
            // Half of a pair of surrogates, escaped, in a member's name: it is met when a member is looked for.
            throw new InvalidDataException($"A name in the pipeline is no valid text. {e.Message}", e);
        }
    }

    private static Transform ReadTransform(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"The pipeline's transform is {Shown(json)}; expected a JSON object.");
        }
        var kind = Text(Member(json, "kind", JsonValueKind.String), "kind");
        return kind switch
        {
            Standardization.KindName => new Standardization(ReadNumbers(json, "mean"), ReadNumbers(json, "scale")),
            _ => throw new InvalidDataException(
                $"The pipeline's transform '{kind}' is not known; known is '{Standardization.KindName}'. "
                + "A newer version may have written the file."),
        };
    }

    private static JsonElement Member(JsonElement json, string name, JsonValueKind kind)
    {
        if (!json.TryGetProperty(name, out var member)) throw new InvalidDataException($"The pipeline's member '{name}' is missing.");
        return member.ValueKind == kind ? member : throw Wrong(name, member, Expected(kind));
    }

    private static string[] ReadNames(JsonElement json, string name) =>
    [
        .. Member(json, name, JsonValueKind.Array).EnumerateArray()
            .Select(item => item.ValueKind == JsonValueKind.String ? Text(item, name) : throw Wrong(name, item, Expected(JsonValueKind.String))),
    ];

    private static double[] ReadNumbers(JsonElement json, string name) =>
    [
        .. Member(json, name, JsonValueKind.Array).EnumerateArray()
            .Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var number)
                ? number
                : throw Wrong(name, item, Expected(JsonValueKind.Number))),
    ];

    private static int ReadCount(JsonElement json, string name)
    {
        var member = Member(json, name, JsonValueKind.Number);
        return member.TryGetInt32(out var count) && count > 0 ? count : throw Wrong(name, member, "a whole number from 1");
    }

    // Files from before sequences had targets of their own do not have it.
    private static bool ReadSequenceTargets(JsonElement json)
    {
        const string name = "sequence_targets";
        return json.TryGetProperty(name, out var member) && member.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong(name, member, "true or false"),
        };
    }

    // Members that files have only where there is something to say, and older ones never.
    private static string?[]? ReadUnits(JsonElement json) => !json.TryGetProperty("units", out _) ? null :
    [
        .. Member(json, "units", JsonValueKind.Array).EnumerateArray().Select(item => item.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => Text(item, "units"),
            _ => throw Wrong("units", item, Expected(JsonValueKind.String)),
        }),
    ];

    private static string? ReadZone(JsonElement json) => json.TryGetProperty("zone", out _) ? ReadText(json, "zone") : null;

    private static string? ReadText(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Null
            ? null
            : Text(Member(json, name, JsonValueKind.String), name);

    // A string of half a surrogate pair passes the parser, but is no text.
    private static string Text(JsonElement json, string name)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"The pipeline's member '{name}' is no valid text.", e);
        }
    }

    private static void WriteNames(Utf8JsonWriter writer, string name, IReadOnlyList<string?> names)
    {
        writer.WriteStartArray(name);
        foreach (var item in names) writer.WriteStringValue(item);
        writer.WriteEndArray();
    }

    private static string Expected(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        _ => "a number",
    };

    private static InvalidDataException Wrong(string name, JsonElement found, string expected) =>
        new($"The pipeline's member '{name}' is {Shown(found)}; expected {expected}.");

    private static string Shown(JsonElement json)
    {
        const int longest = 40;
        var text = json.GetRawText();
        return text.Length <= longest ? text : text[..longest] + "…";
    }
}
