using System.Globalization;
using System.Text.Json;

namespace LstmDsl;

/// <summary>Reads the JSON of Keras's files, trusting nothing, and writes numbers as Python does.</summary>
internal static class KerasJson
{
    private const int DeepestNesting = 64;

    /// <summary>Parses a text.</summary>
    /// <exception cref="InvalidDataException">It is no JSON.</exception>
    public static JsonElement Parse(string text, string file, string what)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = DeepestNesting });
            RequireTexts(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"'{file}': {what} is not valid JSON. {exception.Message}", exception);
        }
    }

    /// <summary>A member that is a text; null where it is not.</summary>
    public static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;

    /// <summary>A member; null where there is none.</summary>
    public static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    /// <summary>Whether a member is there and true.</summary>
    public static bool IsTrue(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.True };

    /// <summary>A whole number; null where it is none.</summary>
    public static int? Whole(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null;

    /// <summary>
    /// The shortest text of a number. One that was a float before it was written, as 0.009999999776482582 was 0.01, is one again.
    /// </summary>
    public static string Shortest(double number)
    {
        var wasFloat = (float)number == number && number != Math.Truncate(number);
        return wasFloat ? ((float)number).ToString("R", CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Writes a number so that Python takes it for a float, also where it is a whole one: Keras refuses a rate of <c>1</c>.</summary>
    public static void WriteFloat(Utf8JsonWriter json, double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        json.WriteRawValue(text.AsSpan().ContainsAny('.', 'E') ? text : $"{text}.0");
    }

    /// <summary>Writes such a number under a name.</summary>
    public static void WriteFloat(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        WriteFloat(json, value);
    }

    /// <summary>Asks for every text once: half of a pair of surrogates is only found then, and would be met later, anywhere.</summary>
    private static void RequireTexts(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            _ = element.GetString();
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                RequireTexts(item);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                _ = member.Name;
                RequireTexts(member.Value);
            }
        }
    }
}
