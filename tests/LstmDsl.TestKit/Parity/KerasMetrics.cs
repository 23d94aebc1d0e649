using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>Metrics as the indices describe them: a class's name, or an object with Keras's own argument names.</summary>
internal static class KerasMetrics
{
    public static Metric Of(JsonElement spec)
    {
        var arguments = new KerasArguments(spec);
        var threshold = arguments.Optional("threshold");
        var metric = arguments.Type switch
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
            "TopKCategoricalAccuracy" => Metric.TopKCategoricalAccuracy((int)arguments.Number("k", 5)),
            "Precision" => Metric.Precision(),
            "Recall" => Metric.Recall(),
            "AUC" => Metric.Auc(),
            "F1Score" => Metric.F1Score(arguments.Choice<Averaging>("average")!.Value, threshold),
            var other => throw new NotSupportedException(other),
        };
        arguments.AssertAllRead();
        return metric;
    }
}
