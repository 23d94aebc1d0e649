using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>The indices of what Keras computed: each case's configuration in Keras's own argument names.</summary>
internal static class ParityIndex
{
    /// <summary>Where the fixtures lie.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "parity");

    /// <summary>The cases of a group, such as <c>networks</c>, in the order of its index.</summary>
    public static IReadOnlyList<JsonElement> Cases(string group)
    {
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, $"{group}.json")));
        return [.. index.RootElement.GetProperty("cases").EnumerateArray().Select(element => element.Clone())];
    }

    /// <summary>One case of a group.</summary>
    public static JsonElement Case(string group, string name) => Cases(group).Single(element => Name(element) == name);

    /// <summary>The name of a case.</summary>
    public static string Name(JsonElement element) => element.GetProperty("name").GetString()!;
}
