using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace LstmDsl;

/// <summary>Reads the JSON of Keras's files, trusting nothing, and writes numbers as Python does.</summary>
internal static class KerasJson
{
    private const int DeepestNesting = 64;

    /// <summary>Parses a text of ours.</summary>
    /// <exception cref="InvalidDataException">It is no JSON.</exception>
    public static JsonElement Parse(string text, string file, string what) => Parse(Encoding.UTF8.GetBytes(text), file, what);

    /// <summary>Parses a file's text, which must be UTF-8.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="what">What of it, for messages.</param>
    /// <param name="allowance">What may be made of the file.</param>
    /// <exception cref="InvalidDataException">It is no JSON, or too long.</exception>
    public static JsonElement Parse(byte[] utf8, string file, string what, FileAllowance allowance)
    {
        allowance.Take(JsonCost.Of(utf8), file, what);
        return Utf8.IsValid(utf8) ? Parse(utf8, file, what) : throw new InvalidDataException($"'{file}': {what} is not UTF-8.");
    }

    private static JsonElement Parse(byte[] utf8, string file, string what)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new() { MaxDepth = DeepestNesting });
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
