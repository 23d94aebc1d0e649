using System.Text.Json;

namespace LstmDsl;

/// <summary>What a file of Keras says of how a weight starts, what its size costs and what it is held to, as C# writes it.</summary>
/// <param name="Init">The initializer: <c>Init.RandomNormal</c>.</param>
/// <param name="IsDefault">Whether it is the one that the weight has unless it is declared.</param>
/// <param name="Arguments">Those of its arguments that are not at their defaults: <c>StdDev = 0.1</c>.</param>
/// <param name="Others">What the weight's size costs, and what it is held to: <c>L2 = 0.01</c>.</param>
internal sealed record KerasInitializer(string Init, bool IsDefault, IReadOnlyList<string> Arguments, IReadOnlyList<string> Others)
{
    /// <summary>What Keras's <c>"l2"</c>, a name alone, stands for.</summary>
    private const string DefaultPenalty = "0.01";

    private static readonly (string Option, string Property, double Default)[] Numbers =
    [
        ("value", "Value", InitDefaults.Value), ("mean", "Mean", InitDefaults.Mean), ("stddev", "StdDev", InitDefaults.StdDev),
        ("minval", "MinValue", InitDefaults.MinValue), ("maxval", "MaxValue", InitDefaults.MaxValue),
        ("scale", "Scale", InitDefaults.Scale), ("gain", "Gain", InitDefaults.Gain),
    ];

    /// <summary>Reads it.</summary>
    /// <param name="kind">Keras's class of the layer.</param>
    /// <param name="options">The layer's options.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="notes">Takes what cannot be declared.</param>
    public static KerasInitializer Of(string kind, JsonElement options, KerasWeightAttribute weight, KerasNotes notes)
    {
        var option = $"{weight.Option}_initializer";
        var described = KerasJson.Member(options, option) ?? default;
        var config = KerasJson.Member(described, "config") ?? default;
        var usual = $"{nameof(Init)}.{weight.Default}";
        var name = KerasNames.Class(described);
        var init = KerasDeclaration.Enumerated<Init>(KerasNames.Snake(name));
        if (init is null && described.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            notes.OfTrainingAlone(option, name);
        var arguments = new List<string>();
        foreach (var (member, property, number) in Numbers)
        {
            if (init is null || KerasJson.Member(config, member) is not { ValueKind: not JsonValueKind.Null } given)
                continue;
            if (given.ValueKind != JsonValueKind.Number || !given.TryGetDouble(out var value))
                notes.OfTrainingAlone(option, $"{name} with {member} = {KerasComparison.Text(given)}");
            else if (value != number)
                arguments.Add($"{property} = {KerasJson.Shortest(value)}");
        }

        AddChoice(arguments, notes, option, "Mode", KerasJson.Text(config, "mode"), InitDefaults.Mode);
        AddChoice(arguments, notes, option, "Distribution", Today(KerasJson.Text(config, "distribution")), InitDefaults.Distribution);
        return new(
            init ?? usual,
            (init ?? usual) == usual,
            arguments,
            [.. PenaltiesOf(options, $"{weight.Option}_regularizer", notes), .. ConstraintOf(kind, options, weight, notes)]);
    }

    /// <summary>What an option says that something costs.</summary>
    public static IReadOnlyList<string> PenaltiesOf(JsonElement options, string option, KerasNotes notes)
    {
        if (KerasJson.Member(options, option) is not { ValueKind: not JsonValueKind.Null } described)
            return [];
        // Keras 2 wrote a bare pair of factors for the class that it called L1L2.
        var name = KerasNames.Class(described);
        string[] factors = KerasNames.Snake(name) switch
        {
            "l1" => ["l1"],
            "l2" => ["l2"],
            "l1_l2" or "l1l2" or "?" => ["l1", "l2"],
            _ => [],
        };
        var config = KerasJson.Member(described, "config") ?? described;
        var penalties = new List<string>();
        var isSaid = factors.Length > 0;
        foreach (var factor in factors)
        {
            if (described.ValueKind == JsonValueKind.String)
                penalties.Add($"{factor.ToUpperInvariant()} = {DefaultPenalty}");
            else if (KerasJson.Member(config, factor) is not { } given)
                continue;
            else if (given.ValueKind != JsonValueKind.Number || !given.TryGetDouble(out var value))
                isSaid = given.ValueKind == JsonValueKind.Null && isSaid;
            else if (value != 0)
                penalties.Add($"{factor.ToUpperInvariant()} = {KerasJson.Shortest(value)}");
        }

        if (!isSaid)
            notes.OfTrainingAlone(option, name);
        return penalties;
    }

    /// <summary>The attribute that says it; null where it is all as usual.</summary>
    public string? Text(string attribute)
    {
        List<string> parts = IsDefault && Arguments.Count == 0 ? [.. Others] : [Init, .. Arguments, .. Others];
        return parts.Count == 0 ? null : $"[{attribute}({string.Join(", ", parts)})]";
    }

    private static IReadOnlyList<string> ConstraintOf(string kind, JsonElement options, KerasWeightAttribute weight, KerasNotes notes)
    {
        var option = $"{weight.Option}_constraint";
        var described = KerasJson.Member(options, option) ?? default;
        var axes = weight.Attribute switch
        {
            "Kernel" when KerasLayerKinds.Is<Conv1DAttribute>(kind) => 3,
            "Kernel" or "RecurrentKernel" or "Embeddings" => 2,
            "Bias" when KerasLayerKinds.Is<GruAttribute>(kind) && KerasJson.IsTrue(options, "reset_after") => 2,
            _ => 1,
        };
        if (KerasConstraint.Arguments(described, axes) is { } arguments)
            return arguments;
        notes.OfTrainingAlone(option, $"{KerasNames.Class(described)} {KerasComparison.Text(described)}");
        return [];
    }

    /// <summary>Keras 2.2 and earlier called a truncated normal distribution a normal one.</summary>
    private static string? Today(string? distribution) => distribution == "normal" ? "truncated_normal" : distribution;

    private static void AddChoice<T>(List<string> arguments, KerasNotes notes, string option, string property, string? name, T usual)
        where T : struct, Enum
    {
        var choice = KerasDeclaration.Enumerated<T>(name);
        if (name is not null && choice is null)
            notes.OfTrainingAlone(option, $"{property} {name}");
        else if (choice is not null && choice != $"{typeof(T).Name}.{usual}")
            arguments.Add($"{property} = {choice}");
    }
}
