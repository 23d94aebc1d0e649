using System.Text.Json;

namespace LstmDsl;

/// <summary>What a file of Keras says that a weight is held to, as the arguments of its attribute.</summary>
internal static class KerasConstraint
{
    private const double DefaultLargest = 2;
    private const double DefaultLargestOfRange = 1;

    /// <summary>The arguments, none where there is no constraint; null for one that cannot be declared.</summary>
    /// <param name="described">The constraint's JSON: null, a name, or a class with its arguments.</param>
    /// <param name="axes">How many axes the weight has.</param>
    public static IReadOnlyList<string>? Arguments(JsonElement described, int axes)
    {
        if (described.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return [];
        var config = KerasJson.Member(described, "config") ?? default;
        if (!TryKind(KerasNames.Class(described), out var kind)
            || Axis(KerasJson.Member(config, "axis"), axes) is not { } axis)
            return null;

        var arguments = new List<string> { $"Constraint = {nameof(Constraint)}.{kind}" };
        var isSaid = kind switch
        {
            Constraint.MaxNorm => Add(arguments, config, "max_value", "MaxNorm", DefaultLargest),
            Constraint.MinMaxNorm => Add(arguments, config, "min_value", "MinNorm", 0)
                && Add(arguments, config, "max_value", "MaxNorm", DefaultLargestOfRange)
                && Add(arguments, config, "rate", "NormRate", 1),
            _ => true,
        };
        if (axis != 0 && kind != Constraint.NonNeg)
            arguments.Add($"NormAxis = {KerasJson.Shortest(axis)}");
        return isSaid ? arguments : null;
    }

    private static bool TryKind(string name, out Constraint kind)
    {
        kind = Enum.GetValues<Constraint>().FirstOrDefault(value => KerasNames.Snake(value.ToString()) == KerasNames.Snake(name));
        return kind != Constraint.None;
    }

    /// <summary>One axis, counted from the first; null for several.</summary>
    private static int? Axis(JsonElement? value, int axes)
    {
        if (value is not { ValueKind: not JsonValueKind.Null } given)
            return 0;
        var only = given.ValueKind == JsonValueKind.Array && given.GetArrayLength() == 1 ? given[0] : given;
        return KerasJson.Whole(only) is { } axis ? (axis < 0 ? axis + axes : axis) : null;
    }

    private static bool Add(List<string> arguments, JsonElement config, string option, string property, double usual)
    {
        if (KerasJson.Member(config, option) is not { } value)
            return true;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number))
            return false;
        if (number != usual)
            arguments.Add($"{property} = {KerasJson.Shortest(number)}");
        return true;
    }
}
