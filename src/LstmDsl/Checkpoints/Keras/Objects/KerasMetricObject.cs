using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Says in Keras's words what a metric is.</summary>
internal static class KerasMetricObject
{
    private const string Module = "keras.metrics";

    /// <summary>The metric; null for one that Keras does not have: sMAPE, MASE, and means of losses that are no metric there.</summary>
    public static KerasObject? Of(Metric metric)
    {
        var (kind, arguments, isDefault) = Described(metric);
        if (kind is null)
            return null;
        return new(Module, kind, [("name", metric.Name), ("dtype", "float32"), .. arguments])
        {
            ShortName = isDefault ? KerasNames.Snake(kind) : null,
        };
    }

    private static (string? Class, (string Name, object? Value)[] Arguments, bool IsDefault) Described(Metric metric) => metric switch
    {
        MeanMetric { TakesRoot: true } => ("RootMeanSquaredError", [], metric == Metric.RootMeanSquaredError),
        MeanMetric { Rows: ElementwiseLoss<LogCosh> } => ("LogCoshError", [], metric == Metric.LogCoshError),
        MeanMetric { Rows: RowLoss<CosineDistance>, Factor: -1 } => ("CosineSimilarity", [], metric == Metric.CosineSimilarity),
        MeanMetric { Rows: ElementwiseLoss<BinaryHit> { Function.Threshold: var threshold } } =>
            ("BinaryAccuracy", [("threshold", threshold)], threshold == 0.5),
        MeanMetric { Factor: 1, Rows: var loss } when KerasLossObject.Described(loss) is ({ } kind, var arguments) && IsMetric(kind) =>
            (kind, Of(kind, arguments), arguments.Length == 0 && metric.Name == loss.Name),
        TallyMetric<Determination> =>
            ("R2Score", [("class_aggregation", "uniform_average"), ("num_regressors", 0)], true),
        TallyMetric<ClassHits> { MetricName: "categorical_accuracy" } => ("CategoricalAccuracy", [], true),
        TallyMetric<SparseClassHits> { MetricName: "sparse_categorical_accuracy" } => ("SparseCategoricalAccuracy", [], true),
        TallyMetric<ClassHits> { Tally.K: var k } => ("TopKCategoricalAccuracy", [("k", k)], false),
        TallyMetric<SparseClassHits> { Tally.K: var k } => ("SparseTopKCategoricalAccuracy", [("k", k)], false),
        TallyMetric<Confusion> { Tally: var tally } =>
        (
            metric.Name == "precision" ? "Precision" : "Recall",
            [("thresholds", tally.Threshold), ("top_k", null), ("class_id", tally.Column < 0 ? null : tally.Column)],
            tally is { Threshold: 0.5, Column: < 0 }
        ),
        TallyMetric<CurveArea> { Tally: var tally } => ("AUC", Area(tally), tally is { Curve: AucCurve.Roc, Thresholds: 200, FromLogits: false }),
        TallyMetric<FScore> { Tally: var tally } => metric.Name == "f1_score"
            ? ("F1Score", Score(tally), false)
            : ("FBetaScore", [.. Score(tally), ("beta", tally.Beta)], false),
        _ => (null, [], false),
    };

    /// <summary>Losses that Keras has as metrics of the same name and arguments too.</summary>
    private static bool IsMetric(string kind) =>
        kind is not ("Huber" or "BinaryFocalCrossentropy" or "LogCosh" or "CosineSimilarity" or "Dice" or "Tversky");

    /// <summary>The arguments of a loss that the metric of that class has too: of two labels it takes no axis.</summary>
    private static (string Name, object? Value)[] Of(string kind, (string Name, object? Value)[] arguments) =>
        kind == "BinaryCrossentropy" ? [.. arguments.Where(argument => argument.Name != "axis")] : arguments;

    private static (string Name, object? Value)[] Area(CurveArea tally) =>
    [
        ("num_thresholds", tally.Thresholds), ("curve", tally.Curve == AucCurve.Roc ? "ROC" : "PR"), ("summation_method", "interpolation"),
        ("multi_label", false), ("num_labels", null), ("label_weights", null), ("from_logits", tally.FromLogits),
    ];

    private static (string Name, object? Value)[] Score(FScore tally) =>
    [
        ("average", KerasNames.Snake(tally.Averaging.ToString())), ("threshold", double.IsNaN(tally.Threshold) ? null : tally.Threshold),
    ];
}
