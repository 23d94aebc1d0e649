using System.Text.Json;

namespace LstmDsl;

/// <summary>The activations that files of Keras give as a name, as a function or as a layer, by one name each.</summary>
internal static class KerasActivation
{
    private const string Linear = "linear";

    /// <summary>The option that names an activation.</summary>
    public const string Option = "activation";

    /// <summary>The option of a leaky relu's slope where x is negative.</summary>
    public const string NegativeSlope = "negative_slope";

    /// <summary>The layer that is an activation whose slope is its own.</summary>
    public const string LeakyLayer = "LeakyReLU";

    /// <summary>The slope of Keras's function leaky_relu.</summary>
    public const double FunctionSlope = 0.2;

    /// <summary>The slope that the layer has unless it is told.</summary>
    private const double LayerSlope = 0.3;

    /// <summary>Whether a layer's class is an activation by itself.</summary>
    public static bool IsLayer(string kind) => KerasLayerKinds.Is<ActivationAttribute>(kind) || kind is "ReLU" or LeakyLayer or "ELU" or "PReLU" or "Softmax";

    /// <summary>
    /// Keras 3's name of what the value of an option <c>activation</c> computes; null for a function of somebody's own, and for a layer
    /// that computes what no named activation does.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="axes">How many axes it is applied to, the samples' included; null where that is not known.</param>
    public static string? Name(JsonElement value, int? axes) => Of(value, axes) is { Slope: null } found ? found.Name : null;

    /// <summary>
    /// Keras 3's name of what a layer computes that is an activation by itself, with a leaky relu's slope where that is not the function's;
    /// null where no named activation computes it.
    /// </summary>
    public static (string Name, double? Slope)? OfLayer(string kind, JsonElement options, int? axes) => kind switch
    {
        _ when KerasLayerKinds.Is<ActivationAttribute>(kind) => KerasJson.Member(options, Option) is { } activation ? Of(activation, axes) : null,
        "ReLU" => (Number(options, "max_value", double.PositiveInfinity), Number(options, "threshold", 0), Number(options, NegativeSlope, 0)) switch
        {
            (double.PositiveInfinity, 0, 0) => ("relu", null),
            (6, 0, 0) => ("relu6", null),
            (double.PositiveInfinity, 0, var slope) => Leaky(slope),
            _ => null,
        },
        LeakyLayer => Leaky(Number(options, NegativeSlope, Number(options, "alpha", LayerSlope))),
        "ELU" => Number(options, "alpha", 1) == 1 ? ("elu", null) : null,
        "Softmax" => IsLastAxis(KerasJson.Member(options, "axis"), axes) ? ("softmax", null) : null,
        _ => null,
    };

    /// <summary>Keras's class of a layer of ours: an activation whose slope is its own is a <c>LeakyReLU</c>.</summary>
    public static string Class(LayerAttribute layer) =>
        layer is ActivationAttribute && KerasLayerKinds.Of(layer)!.Find(NegativeSlope)!.IsDeclared(layer) ? LeakyLayer : layer.Kind;

    private static (string Name, double? Slope)? Of(JsonElement value, int? axes) => value.ValueKind switch
    {
        JsonValueKind.Null => (Linear, null),
        JsonValueKind.String => (Today(value.GetString()!), null),
        JsonValueKind.Object when !KerasNames.IsOfKeras(value) => null,
        JsonValueKind.Object when KerasJson.Text(value, "class_name") is { } kind => kind == "function"
            ? OfFunction(value)
            : OfLayer(kind, KerasJson.Member(value, "config") ?? default, axes),
        _ => null,
    };

    /// <summary>A function is by its name alone one of Keras's only where the file says that it is of Keras.</summary>
    private static (string Name, double? Slope)? OfFunction(JsonElement value) =>
        KerasJson.Text(value, "module") is "keras.activations" && KerasJson.Text(value, "config") is { } name ? (Today(name), null) : null;

    /// <summary>Slopes are floats, whatever digits the file has of them: Keras 2 wrote 0.2 as 0.20000000298023224.</summary>
    private static (string Name, double? Slope)? Leaky(double slope) => slope >= 0 && float.IsFinite((float)slope)
        ? ("leaky_relu", (float)slope == (float)FunctionSlope ? null : slope)
        : null;

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

    /// <summary>A number; not a number where the file has something else.</summary>
    private static double Number(JsonElement options, string name, double usual) => KerasJson.Member(options, name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => usual,
        { ValueKind: JsonValueKind.Number } given when given.TryGetDouble(out var number) => number,
        _ => double.NaN,
    };
}
