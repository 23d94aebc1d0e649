using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>Metrics as the indices describe them: a class's name, or an object with Keras's own argument names.</summary>
internal static class KerasMetrics
{
    public static Metric Of(JsonElement spec)
    {
        var isName = spec.ValueKind == JsonValueKind.String;
        var name = isName ? spec.GetString() : spec.GetProperty("type").GetString();
        double? threshold = !isName && spec.TryGetProperty("threshold", out var given) ? given.GetDouble() : null;
        return name switch
        {
            "MeanSquaredError" => Metric.MeanSquaredError,
            "MeanAbsoluteError" => Metric.MeanAbsoluteError,
            "RootMeanSquaredError" => Metric.RootMeanSquaredError,
            "MeanAbsolutePercentageError" => Metric.MeanAbsolutePercentageError,
            "MeanSquaredLogarithmicError" => Metric.MeanSquaredLogarithmicError,
            "LogCoshError" => Metric.LogCoshError,
            "CosineSimilarity" => Metric.CosineSimilarity,
            "Poisson" => Metric.Poisson,
            "KLDivergence" => Metric.KLDivergence,
            "Hinge" => Metric.Hinge,
            "SquaredHinge" => Metric.SquaredHinge,
            "CategoricalHinge" => Metric.CategoricalHinge,
            "BinaryCrossentropy" => Metric.BinaryCrossentropy(),
            "CategoricalCrossentropy" => Metric.CategoricalCrossentropy(),
            "SparseCategoricalCrossentropy" => Metric.SparseCategoricalCrossentropy(),
            "R2Score" => Metric.R2Score,
            "BinaryAccuracy" => Metric.BinaryAccuracy(threshold ?? 0.5),
            "CategoricalAccuracy" => Metric.CategoricalAccuracy,
            "SparseCategoricalAccuracy" => Metric.SparseCategoricalAccuracy,
            "TopKCategoricalAccuracy" => Metric.TopKCategoricalAccuracy(spec.GetProperty("k").GetInt32()),
            "Precision" => Metric.Precision(),
            "Recall" => Metric.Recall(),
            "AUC" => Metric.Auc(),
            "F1Score" => Metric.F1Score(Enum.Parse<Averaging>(spec.GetProperty("average").GetString()!, ignoreCase: true), threshold),
            _ => throw new NotSupportedException(name),
        };
    }
}
