using System.Text.Json;

namespace LstmDsl;

/// <summary>Reads the JSON of Keras's files, trusting nothing.</summary>
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
}
