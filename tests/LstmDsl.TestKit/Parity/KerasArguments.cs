using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>
/// Arguments by Keras's names, of what an index gives as a class's name alone or as an object; one that nobody asks for would be passed over,
/// so it fails the test.
/// </summary>
internal sealed class KerasArguments(JsonElement configuration)
{
    private readonly HashSet<string> read = [];

    /// <summary>The class.</summary>
    public string Type => configuration.ValueKind == JsonValueKind.String ? configuration.GetString()! : Text("type");

    public string Text(string name) => Find(name)!.Value.GetString()!;

    public bool Flag(string name, bool otherwise = false) => Find(name)?.GetBoolean() ?? otherwise;

    public double? Optional(string name) => Find(name)?.GetDouble();

    public double Number(string name, double otherwise) => Optional(name) ?? otherwise;

    public double[] Numbers(string name) => [.. Find(name)!.Value.EnumerateArray().Select(value => value.GetDouble())];

    /// <summary>A member of an enumeration, by Keras's name: <c>fan_avg</c>.</summary>
    public TEnum? Choice<TEnum>(string name) where TEnum : struct, Enum => Find(name) is { } value
        ? Enum.Parse<TEnum>(value.GetString()!.Replace("_", "", StringComparison.Ordinal), ignoreCase: true)
        : null;

    /// <summary>The argument as it stands; null where there is none.</summary>
    public JsonElement? Find(string name)
    {
        read.Add(name);
        return configuration.ValueKind == JsonValueKind.Object && configuration.TryGetProperty(name, out var value) ? value : null;
    }

    public void AssertAllRead()
    {
        if (configuration.ValueKind == JsonValueKind.Object)
            Assert.All(configuration.EnumerateObject(), argument => Assert.Contains(argument.Name, read));
    }
}
