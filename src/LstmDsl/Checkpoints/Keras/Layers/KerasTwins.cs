using System.Text.Json;

namespace LstmDsl;

/// <summary>
/// Compares the two layers that a bidirectional one runs. What is declared is one layer, run in both directions, so that a
/// <c>backward_layer</c> of its own fits only where it is its twin's equal.
/// </summary>
internal static class KerasTwins
{
    private const string GoBackwards = "go_backwards";

    /// <summary>Options that say nothing of what a direction computes or learns: how weights start, and what Keras sets by itself.</summary>
    private static readonly HashSet<string> OfNoMatter = ["unit_forget_bias", "unroll", "seed", KerasLayerKinds.ZeroOutputForMask];

    /// <summary>The first option in which the backward layer differs, as <c>activation=relu</c>; null where it differs in none.</summary>
    /// <param name="forward">The layer as the file describes it, class and options.</param>
    /// <param name="backward">The other.</param>
    public static string? Difference(JsonElement forward, JsonElement backward)
    {
        var kind = KerasJson.Text(forward, "class_name") ?? "?";
        var other = KerasJson.Text(backward, "class_name") ?? "?";
        if (kind != other)
            return $"class_name={other}";
        var (own, others) = (KerasJson.Member(forward, "config") ?? default, KerasJson.Member(backward, "config") ?? default);
        if (IsTrue(own, GoBackwards) == IsTrue(others, GoBackwards))
            return $"{GoBackwards}={(IsTrue(others, GoBackwards) ? "true" : "false")}";
        return Declared(kind).Select(option => (option.Name, Own: KerasComparison.Value(own, option),
                Other: KerasComparison.Value(others, option)))
            .Concat(Undeclared(kind).Select(option => (option.Name, Own: Text(own, option), Other: Text(others, option))))
            .Where(option => option.Own != option.Other && option.Name != GoBackwards && !OfNoMatter.Contains(option.Name))
            .Select(option => $"{option.Name}={option.Other}")
            .FirstOrDefault();
    }

    /// <summary>What a declaration says of a class.</summary>
    private static IReadOnlyList<KerasOption> Declared(string kind) => KerasLayerKinds.Of(kind)?.Options ?? [];

    private static readonly string[] WeightOptions = ["regularizer", "constraint"];

    /// <summary>What else Keras writes of a class, with its defaults as JSON.</summary>
    private static IEnumerable<(string Name, string Default)> Undeclared(string kind) => (KerasLayerKinds.Of(kind)?.Others ?? [])
        .Concat(KerasComparison.OfKeras2(kind))
        .Concat(
            from weight in KerasLayerKinds.Of(kind)?.Weights ?? []
            from option in WeightOptions
            select ($"{weight.Name}_{option}", "null"));

    private static string Text(JsonElement options, (string Name, string Default) option) =>
        KerasJson.Member(options, option.Name) is { } value ? KerasComparison.Text(value) : option.Default;

    private static bool IsTrue(JsonElement options, string name) => KerasJson.Member(options, name) is { ValueKind: JsonValueKind.True };
}
