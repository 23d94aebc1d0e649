using System.Text.Json;

namespace LstmDsl;

/// <summary>What a file of Keras says of how a weight starts and what its size costs, as C# writes it.</summary>
/// <param name="Init">The initializer: <c>Init.RandomNormal</c>.</param>
/// <param name="IsDefault">Whether it is the one that the weight has unless it is declared.</param>
/// <param name="Arguments">Those of its arguments that are not at their defaults: <c>StdDev = 0.1</c>.</param>
/// <param name="Penalties">What the weight's size costs: <c>L2 = 0.01</c>.</param>
internal sealed record KerasInitializer(string Init, bool IsDefault, IReadOnlyList<string> Arguments, IReadOnlyList<string> Penalties)
{
    private static readonly (string Option, string Property, double Default)[] Numbers =
    [
        ("value", "Value", InitDefaults.Value), ("mean", "Mean", InitDefaults.Mean), ("stddev", "StdDev", InitDefaults.StdDev),
        ("minval", "MinValue", InitDefaults.MinValue), ("maxval", "MaxValue", InitDefaults.MaxValue),
        ("scale", "Scale", InitDefaults.Scale), ("gain", "Gain", InitDefaults.Gain),
    ];

    /// <summary>Reads it.</summary>
    public static KerasInitializer Of(JsonElement options, KerasWeightAttribute weight)
    {
        var described = KerasJson.Member(options, $"{weight.Option}_initializer") ?? default;
        var name = described.ValueKind == JsonValueKind.String ? described.GetString() : KerasJson.Text(described, "class_name");
        var config = KerasJson.Member(described, "config") ?? default;
        var init = name is null ? null
            : KerasDeclaration.Enumerated<Init>(KerasNames.Snake(name));
        var usual = $"{nameof(Init)}.{weight.Default}";
        var arguments = new List<string>();
        foreach (var (option, property, number) in Numbers)
        {
            if (KerasJson.Member(config, option) is { ValueKind: JsonValueKind.Number } given && given.TryGetDouble(out var value) && value != number)
                arguments.Add($"{property} = {KerasDeclaration.Number(value)}");
        }

        AddChoice(arguments, "Mode", KerasDeclaration.Enumerated<FanMode>(KerasJson.Text(config, "mode")), InitDefaults.Mode);
        AddChoice(
            arguments,
            "Distribution",
            KerasDeclaration.Enumerated<WeightDistribution>(KerasJson.Text(config, "distribution")),
            InitDefaults.Distribution);
        return new(init ?? usual, (init ?? usual) == usual, arguments, PenaltiesOf(options, $"{weight.Option}_regularizer"));
    }

    /// <summary>What an option says that something costs.</summary>
    public static IReadOnlyList<string> PenaltiesOf(JsonElement options, string option)
    {
        var config = KerasJson.Member(KerasJson.Member(options, option) ?? default, "config") ?? default;
        var penalties = new List<string>();
        foreach (var name in new[] { "l1", "l2" })
        {
            if (KerasJson.Member(config, name) is { ValueKind: JsonValueKind.Number } factor && factor.TryGetDouble(out var value) && value != 0)
                penalties.Add($"{name.ToUpperInvariant()} = {KerasDeclaration.Number(value)}");
        }

        return penalties;
    }

    /// <summary>The attribute that says it; null where it is all as usual.</summary>
    public string? Text(string attribute)
    {
        List<string> parts = IsDefault && Arguments.Count == 0 ? [.. Penalties] : [Init, .. Arguments, .. Penalties];
        return parts.Count == 0 ? null : $"[{attribute}({string.Join(", ", parts)})]";
    }

    private static void AddChoice<T>(List<string> arguments, string property, string? choice, T usual) where T : struct, Enum
    {
        if (choice is not null && choice != $"{typeof(T).Name}.{usual}")
            arguments.Add($"{property} = {choice}");
    }
}
