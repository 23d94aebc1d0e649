using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>Losses as the indices describe them: a class's name, or an object with Keras's own argument names.</summary>
internal static class KerasLosses
{
    /// <summary>Keras takes ln 2 in float32 even in its float64 run, and subtracts it from each term of LogCosh.</summary>
    public const double RoundingOfLogTwo = 0.693147182464599609375 - 0.69314718055994530942;

    public static Loss Of(JsonElement spec)
    {
        var name = spec.ValueKind == JsonValueKind.String ? spec.GetString() : spec.GetProperty("type").GetString();
        var loss = name switch
        {
            "MeanSquaredError" => Loss.MeanSquaredError,
            "MeanAbsoluteError" => Loss.MeanAbsoluteError,
            "MeanAbsolutePercentageError" => Loss.MeanAbsolutePercentageError,
            "MeanSquaredLogarithmicError" => Loss.MeanSquaredLogarithmicError,
            "LogCosh" => Loss.LogCosh,
            "Huber" => Loss.Huber(Number(spec, "delta", 1)),
            "Poisson" => Loss.Poisson,
            "KLDivergence" => Loss.KLDivergence,
            "Hinge" => Loss.Hinge,
            "SquaredHinge" => Loss.SquaredHinge,
            "CategoricalHinge" => Loss.CategoricalHinge,
            "CosineSimilarity" => Loss.CosineSimilarity,
            "BinaryCrossentropy" => Loss.BinaryCrossentropy(IsSet(spec, "from_logits"), Number(spec, "label_smoothing", 0)),
            "CategoricalCrossentropy" => Loss.CategoricalCrossentropy(IsSet(spec, "from_logits"), Number(spec, "label_smoothing", 0)),
            "SparseCategoricalCrossentropy" => Loss.SparseCategoricalCrossentropy(IsSet(spec, "from_logits")),
            "BinaryFocalCrossentropy" => Loss.BinaryFocalCrossentropy(),
            "Tversky" => Loss.Tversky(),
            "Dice" => Loss.Dice,
            _ => throw new NotSupportedException(name),
        };
        return spec.ValueKind == JsonValueKind.Object && spec.TryGetProperty("reduction", out var reduction)
            ? loss with { Reduction = Enum.Parse<Reduction>(reduction.GetString()!, ignoreCase: true) }
            : loss;
    }

    private static double Number(JsonElement spec, string name, double otherwise) =>
        spec.ValueKind == JsonValueKind.Object && spec.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;

    private static bool IsSet(JsonElement spec, string name) =>
        spec.ValueKind == JsonValueKind.Object && spec.TryGetProperty(name, out var value) && value.GetBoolean();
}
