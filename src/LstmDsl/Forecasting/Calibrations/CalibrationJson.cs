using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LstmDsl;

/// <summary>Calibrations as JSON; doubles read back as they were.</summary>
internal static class CalibrationJson
{
    private const int Format = 1, MostSteps = 1_000_000;

    private const string Times = "O";

    /// <summary>One JSON object.</summary>
    public static string Write(Calibration calibration)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteNumber("origins", calibration.Rows.Origins);
            json.WriteString("from", calibration.Rows.From?.ToString(Times, CultureInfo.InvariantCulture));
            json.WriteString("until", calibration.Rows.Until?.ToString(Times, CultureInfo.InvariantCulture));
            if (calibration.Rows.Zone is { } zone)
                json.WriteString("zone", zone);
            json.WriteNumber("lead", calibration.Lead);
            json.WriteNumber("steps", calibration.Steps);
            json.WriteStartArray("targets");
            foreach (var target in calibration.Targets)
                json.WriteStringValue(target);
            json.WriteEndArray();
            WriteNumbers(json, "levels", [.. calibration.Levels]);
            WriteNumbers(json, "margins", calibration.Margins);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <inheritdoc cref="Calibration.FromJson"/>
    public static Calibration Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            // The second is what half of a pair of surrogates gives.
            throw new InvalidDataException($"The calibration is no JSON: {fault.Message}", fault);
        }
    }

    private static Calibration Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException($"The calibration is {PipelineJson.Shown(json)}; expected a JSON object.");
        var format = Count(json, "format");
        if (format != Format)
            throw new InvalidDataException($"The calibration's format is {format}; {Format} is read. Another version of the library wrote it.");
        var rows = new CalibrationRows(Count(json, "origins"), Time(json, "from"), Time(json, "until"))
        {
            Zone = json.TryGetProperty("zone", out _) ? Member(json, "zone", JsonValueKind.String).GetString() : null,
        };
        int lead = Count(json, "lead"), steps = Count(json, "steps");
        string[] targets =
        [
            .. Member(json, "targets", JsonValueKind.Array).EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String
                ? item.GetString()!
                : throw Wrong("targets", item, "a text")),
        ];
        double[] levels = Numbers(json, "levels"), margins = Numbers(json, "margins");
        var areLevels = levels.Contains(0.5) && levels.Zip(levels.Skip(1)).All(pair => pair.First < pair.Second) && levels[0] > 0 && levels[^1] < 1;
        if (rows.Origins < 1 || lead < 0 || steps is < 1 or > MostSteps || targets.Length == 0 || !areLevels)
        {
            throw new InvalidDataException(
                "The calibration does not hold together: origins, steps and targets are at least one, levels rise and have 0.5.");
        }

        var expected = (long)steps * targets.Length * LevelPair.Of(levels).Count;
        return margins.Length == expected
            ? new(rows, lead, steps, targets, levels, margins)
            : throw new InvalidDataException($"The calibration has {margins.Length} margins; its steps, targets and intervals need {expected}.");
    }

    private static DateTimeOffset? Time(JsonElement json, string name)
    {
        if (json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Null)
            return null;
        var text = Member(json, name, JsonValueKind.String);
        return DateTimeOffset.TryParseExact(text.GetString(), Times, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? time
            : throw Wrong(name, text, "a time such as \"2014-06-30T23:00:00.0000000+10:00\"");
    }

    private static int Count(JsonElement json, string name) =>
        Member(json, name, JsonValueKind.Number) is var member && member.TryGetInt32(out var count)
            ? count
            : throw Wrong(name, member, "a whole number");

    private static double[] Numbers(JsonElement json, string name) =>
    [
        .. Member(json, name, JsonValueKind.Array).EnumerateArray().Select(
            item => item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var number) && double.IsFinite(number)
                ? number
                : throw Wrong(name, item, "a finite number")),
    ];

    private static JsonElement Member(JsonElement json, string name, JsonValueKind kind)
    {
        if (!json.TryGetProperty(name, out var member))
            throw new InvalidDataException($"The calibration's member '{name}' is missing.");
        return member.ValueKind == kind ? member : throw Wrong(name, member, PipelineJson.Expected(kind));
    }

    private static InvalidDataException Wrong(string name, JsonElement found, string expected) =>
        new($"The calibration's member '{name}' has {PipelineJson.Shown(found)}; expected {expected}.");

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
