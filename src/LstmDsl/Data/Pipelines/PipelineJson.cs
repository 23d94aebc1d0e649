using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LstmDsl;

/// <summary>Pipelines as JSON: names in order, whole numbers, and doubles in the shortest text that gives the same double back.</summary>
internal static class PipelineJson
{
    // The first version had no number, names as columns, and one standardisation of all of them.
    private const int Version = 2;

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
        writer.WriteNumber("version", Version);
        writer.WriteStartArray("columns");
        foreach (var column in pipeline.Columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", column.Name);
            writer.WriteString("scaling", NameOf(column.Scaling.Kind));
            if (column.Scaling.Kind != Scaling.None)
            {
                writer.WriteNumber("center", column.Scaling.Center);
                writer.WriteNumber("spread", column.Scaling.Spread);
            }
            if (column.Unit is not null && column.Unit != pipeline.Unit) writer.WriteString("unit", column.Unit);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        WriteNames(writer, "inputs", pipeline.Inputs);
        WriteNames(writer, "targets", pipeline.Targets);
        writer.WriteNumber("timesteps", pipeline.Timesteps);
        writer.WriteNumber("sampling_rate", pipeline.SamplingRate);
        writer.WriteNumber("horizon", pipeline.Horizon);
        writer.WriteNumber("target_steps", pipeline.TargetSteps);
        writer.WriteBoolean("sequence_targets", pipeline.SequenceTargets);
        writer.WriteString("time_step", pipeline.TimeStep);
        writer.WriteString("unit", pipeline.Unit);
        if (pipeline.Zone is not null) writer.WriteString("zone", pipeline.Zone);
        if (pipeline.LearntUntil is { } until) writer.WriteString("learnt_until", until.ToString("O", CultureInfo.InvariantCulture));
        if (pipeline.Forecast is { } plan) ForecastPlanJson.Write(plan, writer);
        if (pipeline.Calibration is { } calibration)
        {
            writer.WritePropertyName("calibration");
            writer.WriteRawValue(calibration);
        }
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
            return ReadVersion(json) == Version ? ReadColumns(json) : PipelineJsonVersion1.Read(json);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The pipeline does not hold together: {WithoutParameter(e)}", e);
        }
        catch (InvalidOperationException e)
        {
            // Half of a pair of surrogates, escaped, in a member's name: it is met when a member is looked for.
            throw new InvalidDataException($"A name in the pipeline is no valid text. {e.Message}", e);
        }
    }

    private static int ReadVersion(JsonElement json)
    {
        if (!json.TryGetProperty("version", out _)) return 1;
        var version = ReadCount(json, "version");
        return version <= Version
            ? version
            : throw new InvalidDataException(FormattableString.Invariant(
                $"The pipeline's version is {version}; known are those up to {Version}. A newer version of the library wrote the file."));
    }

    private static Pipeline ReadColumns(JsonElement json)
    {
        var scalings = new Dictionary<string, ColumnScaling>(StringComparer.Ordinal);
        var units = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var item in Member(json, "columns", JsonValueKind.Array).EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object) throw Wrong("columns", item, "an object for each column");
            var name = Text(Member(item, "name", JsonValueKind.String), "name");
            if (!scalings.TryAdd(name, ReadScaling(item, name)))
                throw new InvalidDataException($"The pipeline's column '{name}' is there twice.");
            if (item.TryGetProperty("unit", out _)) units.Add(name, ReadText(item, "unit"));
        }
        string[] inputs = ReadNames(json, "inputs"), targets = ReadNames(json, "targets");
        foreach (var name in inputs.Concat(targets))
        {
            if (!scalings.ContainsKey(name))
                throw new InvalidDataException($"The pipeline's '{name}' is an input or a target, but is missing among its columns.");
        }
        return new Pipeline(inputs, targets, ReadCount(json, "timesteps"), ReadCount(json, "sampling_rate"), ReadCount(json, "horizon"),
            ReadText(json, "time_step"), ReadText(json, "unit"), scalings, ReadFlag(json, "sequence_targets"), ReadCount(json, "target_steps"),
            units, ReadZone(json))
        {
            LearntUntil = ReadTime(json, "learnt_until"),
            Forecast = json.TryGetProperty(ForecastPlanJson.Name, out _) ? ForecastPlanJson.Read(json) : null,
            Calibration = json.TryGetProperty("calibration", out _) ? Member(json, "calibration", JsonValueKind.Object).GetRawText() : null,
        };
    }

    private static DateTimeOffset? ReadTime(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var member)) return null;
        return member.ValueKind == JsonValueKind.String && DateTimeOffset.TryParseExact(
            Text(member, name), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? time
            : throw Wrong(name, member, "a time such as \"2014-06-30T23:00:00.0000000+10:00\"");
    }

    /// <summary>A scaling by its name.</summary>
    internal static Scaling ReadKind(JsonElement json, string column)
    {
        var name = Text(Member(json, "scaling", JsonValueKind.String), "scaling");
        var kinds = Enum.GetValues<Scaling>();
        var index = Array.FindIndex(kinds, kind => NameOf(kind) == name);
        return index >= 0
            ? kinds[index]
            : throw new InvalidDataException(
                $"The pipeline's scaling '{name}' of column '{column}' is not known; known are '{string.Join("', '", kinds.Select(NameOf))}'. "
                + "A newer version may have written the file.");
    }

    private static ColumnScaling ReadScaling(JsonElement json, string column)
    {
        var kind = ReadKind(json, column);
        if (kind == Scaling.None) return ColumnScaling.None;
        try
        {
            return new ColumnScaling(kind, ReadNumber(json, "center"), ReadNumber(json, "spread"));
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The pipeline's column '{column}': {WithoutParameter(e)}", e);
        }
    }

    /// <summary>A scaling's name.</summary>
    internal static string NameOf(Scaling kind) => kind switch
    {
        Scaling.Standard => "standard",
        Scaling.MinMax => "min_max",
        Scaling.Log => "log",
        Scaling.Log1p => "log1p",
        Scaling.WindowMean => "window_mean",
        Scaling.WindowLast => "window_last",
        Scaling.Difference => "difference",
        Scaling.Seasonal => "seasonal",
        _ => "none",
    };

    private static double ReadNumber(JsonElement json, string name)
    {
        var member = Member(json, name, JsonValueKind.Number);
        return member.TryGetDouble(out var number) ? number : throw Wrong(name, member, Expected(JsonValueKind.Number));
    }

    // Whoever reads a file gave none of a constructor's arguments.
    private static string WithoutParameter(ArgumentException e) =>
        e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal);

    /// <summary>A member of a kind.</summary>
    internal static JsonElement Member(JsonElement json, string name, JsonValueKind kind)
    {
        if (!json.TryGetProperty(name, out var member)) throw new InvalidDataException($"The pipeline's member '{name}' is missing.");
        return member.ValueKind == kind ? member : throw Wrong(name, member, Expected(kind));
    }

    /// <summary>A list of texts.</summary>
    internal static string[] ReadNames(JsonElement json, string name) =>
    [
        .. Member(json, name, JsonValueKind.Array).EnumerateArray()
            .Select(item => item.ValueKind == JsonValueKind.String ? Text(item, name) : throw Wrong(name, item, Expected(JsonValueKind.String))),
    ];

    /// <summary>A list of numbers.</summary>
    internal static double[] ReadNumbers(JsonElement json, string name) =>
    [
        .. Member(json, name, JsonValueKind.Array).EnumerateArray()
            .Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var number)
                ? number
                : throw Wrong(name, item, Expected(JsonValueKind.Number))),
    ];

    /// <summary>A whole number from 1.</summary>
    internal static int ReadCount(JsonElement json, string name)
    {
        var member = Member(json, name, JsonValueKind.Number);
        return member.TryGetInt32(out var count) && count > 0 ? count : throw Wrong(name, member, "a whole number from 1");
    }

    /// <summary>A member that is true or false.</summary>
    internal static bool ReadFlag(JsonElement json, string name) => (json.TryGetProperty(name, out var member) ? member.ValueKind : default) switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Undefined => throw new InvalidDataException($"The pipeline's member '{name}' is missing."),
        _ => throw Wrong(name, member, "true or false"),
    };

    // A member that files have only where there is something to say.
    private static string? ReadZone(JsonElement json) => json.TryGetProperty("zone", out _) ? ReadText(json, "zone") : null;

    /// <summary>A text or null.</summary>
    internal static string? ReadText(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Null
            ? null
            : Text(Member(json, name, JsonValueKind.String), name);

    /// <summary>A string's text; one of half a surrogate pair passes the parser, but is none.</summary>
    internal static string Text(JsonElement json, string name)
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

    /// <summary>Writes a list of texts.</summary>
    internal static void WriteNames(Utf8JsonWriter writer, string name, IReadOnlyList<string> names)
    {
        writer.WriteStartArray(name);
        foreach (var item in names) writer.WriteStringValue(item);
        writer.WriteEndArray();
    }

    /// <summary>A kind of member in words.</summary>
    internal static string Expected(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Object => "an object",
        _ => "a number",
    };

    /// <summary>The error of a member that is not what it should be.</summary>
    internal static InvalidDataException Wrong(string name, JsonElement found, string expected) =>
        new($"The pipeline's member '{name}' is {Shown(found)}; expected {expected}.");

    /// <summary>A value as messages show it.</summary>
    internal static string Shown(JsonElement json)
    {
        const int longest = 40;
        var text = json.GetRawText();
        return text.Length <= longest ? text : text[..longest] + "…";
    }
}
