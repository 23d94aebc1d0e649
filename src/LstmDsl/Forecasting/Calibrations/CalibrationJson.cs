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
        catch (Exception fault) when (
            fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            // The second to the fourth are what an element of another kind, a missing member and a number or time out of range give.
            throw new InvalidDataException($"This is no calibration: {fault.Message}", fault);
        }
    }

    private static Calibration Read(JsonElement json)
    {
        var format = json.GetProperty("format").GetInt32();
        if (format != Format)
            throw new InvalidDataException($"The calibration's format is {format}; {Format} is read. Another version of the library wrote it.");
        var rows = new CalibrationRows(json.GetProperty("origins").GetInt32(), Time(json, "from"), Time(json, "until"))
        {
            Zone = json.TryGetProperty("zone", out var zone) ? zone.GetString() : null,
        };
        int lead = json.GetProperty("lead").GetInt32(), steps = json.GetProperty("steps").GetInt32();
        string[] targets = [.. json.GetProperty("targets").EnumerateArray().Select(item => item.GetString() ?? "")];
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

    private static DateTimeOffset? Time(JsonElement json, string name) => json.GetProperty(name).GetString() is { } text
        ? DateTimeOffset.ParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
        : null;

    private static double[] Numbers(JsonElement json, string name) =>
    [
        .. json.GetProperty(name).EnumerateArray().Select(item => item.GetDouble() is var number && double.IsFinite(number)
            ? number
            : throw new InvalidDataException($"The calibration's {name} hold {item.GetRawText()}, which is no number.")),
    ];

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
