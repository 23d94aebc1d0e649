using System.Globalization;
using System.Text.Json;

namespace LstmDsl;

/// <summary>What is lost with an option that cannot be declared.</summary>
internal enum KerasLoss
{
    /// <summary>Training alone differs.</summary>
    OfTraining,

    /// <summary>Numbers are rounded otherwise.</summary>
    OfPrecision,

    /// <summary>Another model.</summary>
    OfPredictions,

    /// <summary>No version of Keras that is known here has the option.</summary>
    Unknown,
}

/// <summary>An option of a layer that is not at Keras's default, and that no declaration can say.</summary>
/// <param name="Option">Keras's name of it.</param>
/// <param name="Value">Its value.</param>
/// <param name="Loss">What is lost without it.</param>
internal readonly record struct KerasUndeclared(string Option, string Value, KerasLoss Loss)
{
    /// <summary>
    /// What every layer may have, what says how fast a layer runs or where its random numbers begin, and what is looked at by itself.
    /// </summary>
    private static readonly HashSet<string> Ordinary =
    [
        "name", "trainable", "dtype", "activity_regularizer", "batch_shape", "batch_input_shape", "input_shape", "input_length", "seed", "unroll",
        "implementation", "use_cudnn", "autocast", "sparse", "ragged", "stateful", "moving_mean_initializer", "moving_variance_initializer",
    ];

    /// <summary>All of a layer's.</summary>
    /// <param name="kind">Keras's class.</param>
    /// <param name="options">The layer's options.</param>
    /// <param name="lastAxis">The last axis of what it takes, counted from the samples' on.</param>
    /// <param name="isInner">Whether a bidirectional layer runs it.</param>
    public static IEnumerable<KerasUndeclared> Of(string kind, JsonElement options, int lastAxis, bool isInner)
    {
        List<(string Name, string Usual)> known = [.. KerasLayerKinds.Of(kind)?.Others ?? [], .. KerasComparison.OfKeras2(kind), ("lora_rank", "null")];
        return OfKnown(known, options, lastAxis, isInner).Concat(OfAll(options)).Concat(OfUnknown(kind, known, options));
    }

    private static IEnumerable<KerasUndeclared> OfKnown(
        List<(string Name, string Usual)> known, JsonElement options, int lastAxis, bool isInner)
    {
        foreach (var (name, usual) in known)
        {
            // Keras itself sets this in a bidirectional layer, as it is here.
            if (Ordinary.Contains(name) || (isInner && name == KerasLayerKinds.ZeroOutputForMask))
                continue;
            if (KerasJson.Member(options, name) is not { ValueKind: not JsonValueKind.Null } value)
                continue;
            var text = KerasComparison.Text(value);
            var isUsual = text == KerasComparison.Text(KerasJson.Parse(usual, "", name))
                || (name == "axis" && text == lastAxis.ToString(CultureInfo.InvariantCulture));
            if (!isUsual)
                yield return new(name, text, IsOfTraining(name) ? KerasLoss.OfTraining : KerasLoss.OfPredictions);
        }
    }

    private static IEnumerable<KerasUndeclared> OfAll(JsonElement options)
    {
        foreach (var (name, usual) in new[] { ("moving_mean_initializer", "Zeros"), ("moving_variance_initializer", "Ones") })
        {
            if (KerasJson.Member(options, name) is { ValueKind: not JsonValueKind.Null } start
                && KerasNames.Class(start) is var given && KerasNames.Snake(given) != KerasNames.Snake(usual))
                yield return new(name, given, KerasLoss.OfTraining);
        }

        if (Precision(KerasJson.Member(options, "dtype") ?? default) is { } precision && precision != "float32")
        {
            var isFloat = precision.Contains("float", StringComparison.Ordinal);
            yield return new("dtype", precision, isFloat ? KerasLoss.OfPrecision : KerasLoss.OfPredictions);
        }
    }

    private static IEnumerable<KerasUndeclared> OfUnknown(string kind, List<(string Name, string Usual)> known, JsonElement options)
    {
        if (options.ValueKind != JsonValueKind.Object || KerasLayerKinds.Of(kind) is not { } layer)
            yield break;
        foreach (var option in options.EnumerateObject())
        {
            var isKnown = option.Value.ValueKind is JsonValueKind.Null or JsonValueKind.False
                || Ordinary.Contains(option.Name)
                || layer.Find(option.Name) is not null
                || layer.Weights.Any(weight => option.Name.StartsWith($"{weight.Name}_", StringComparison.Ordinal))
                || known.Any(other => other.Name == option.Name);
            if (!isKnown)
                yield return new(option.Name, KerasComparison.Text(option.Value), KerasLoss.Unknown);
        }
    }

    private static bool IsOfTraining(string option) =>
        option is "noise_shape" or "dropout" or "synchronized" or "renorm" or "renorm_clipping" or "renorm_momentum";

    /// <summary>The name of a policy: <c>float32</c>, <c>mixed_float16</c>; the class of one of whole numbers.</summary>
    private static string? Precision(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return null;
        var kind = KerasNames.Class(value);
        var isQuantized = kind.StartsWith("Quantized", StringComparison.Ordinal);
        return isQuantized ? kind : KerasJson.Text(KerasJson.Member(value, "config") ?? default, "name") ?? kind;
    }
}
