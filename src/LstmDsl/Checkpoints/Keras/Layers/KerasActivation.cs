using System.Text.Json;

namespace LstmDsl;

/// <summary>The activations that files of Keras give as a name, as a function or as a layer, by one name each.</summary>
internal static class KerasActivation
{
    private const string Linear = "linear";

    /// <summary>The slope of Keras's function leaky_relu, which is not the one that its layer has unless it is told (0.3).</summary>
    private const float LeakySlope = 0.2f;

    /// <summary>Whether a layer's class is an activation by itself.</summary>
    public static bool IsLayer(string kind) => kind is "Activation" or "ReLU" or "LeakyReLU" or "ELU" or "PReLU" or "Softmax";

    /// <summary>
    /// Keras 3's name of what the value of an option <c>activation</c> computes; null for a function of somebody's own, and for a layer
    /// that computes what no named activation does.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="axes">How many axes it is applied to, the samples' included; null where that is not known.</param>
    public static string? Name(JsonElement value, int? axes) => value.ValueKind switch
    {
        JsonValueKind.Null => Linear,
        JsonValueKind.String => Today(value.GetString()!),
        JsonValueKind.Object when !KerasNames.IsOfKeras(value) => null,
        JsonValueKind.Object when KerasJson.Text(value, "class_name") is { } kind => kind == "function"
            ? OfFunction(value)
            : OfLayer(kind, KerasJson.Member(value, "config") ?? default, axes),
        _ => null,
    };

    /// <summary>Keras 3's name of what a layer computes that is an activation by itself; null where no named activation does.</summary>
    public static string? OfLayer(string kind, JsonElement options, int? axes) => kind switch
    {
        "Activation" => KerasJson.Member(options, "activation") is { } activation ? Name(activation, axes) : null,
        "ReLU" => (Number(options, "max_value", float.PositiveInfinity), Number(options, "negative_slope", 0), Number(options, "threshold", 0)) switch
        {
            (float.PositiveInfinity, 0, 0) => "relu",
            (6, 0, 0) => "relu6",
            (float.PositiveInfinity, LeakySlope, 0) => "leaky_relu",
            _ => null,
        },
        "LeakyReLU" => Number(options, "negative_slope", Number(options, "alpha", 0.3f)) == LeakySlope ? "leaky_relu" : null,
        "ELU" => Number(options, "alpha", 1) == 1 ? "elu" : null,
        "Softmax" => IsLastAxis(KerasJson.Member(options, "axis"), axes) ? "softmax" : null,
        _ => null,
    };

    /// <summary>A function is by its name alone one of Keras's only where the file says that it is of Keras.</summary>
    private static string? OfFunction(JsonElement value) =>
        KerasJson.Text(value, "module") is "keras.activations" && KerasJson.Text(value, "config") is { } name ? Today(name) : null;

    private static string Today(string name) => name switch
    {
        "swish" => "silu",
        "hard_swish" => "hard_silu",
        _ => name,
    };

    private static bool IsLastAxis(JsonElement? value, int? axes)
    {
        if (value is not { } axis)
            return true;
        var only = axis.ValueKind == JsonValueKind.Array && axis.GetArrayLength() == 1 ? axis[0] : axis;
        return KerasJson.Whole(only) is { } number && (number == -1 || number == axes - 1);
    }

    /// <summary>A number as a float, since Keras 2 wrote what it had rounded to one; not a number where the file has something else.</summary>
    private static float Number(JsonElement options, string name, float usual) => KerasJson.Member(options, name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => usual,
        { ValueKind: JsonValueKind.Number } given when given.TryGetDouble(out var number) => (float)number,
        _ => float.NaN,
    };
}
