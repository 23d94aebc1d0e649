using System.Globalization;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Says in Keras's words what a loss is.</summary>
internal static class KerasLossObject
{
    private const string Module = "keras.losses";

    /// <summary>The loss; null for one that Keras does not have: quantiles, and losses of one's own.</summary>
    public static KerasObject? Of(Loss loss)
    {
        var (kind, arguments) = Described(loss);
        if (kind is null)
            return null;
        var isPlain = loss.Reduction == Reduction.SumOverBatchSize && loss == Plain(loss.Name);
        return new(Module, kind, [("name", loss.Name), ("reduction", KerasNames.Snake(loss.Reduction.ToString())), .. arguments])
        {
            ShortName = isPlain ? loss.Name : null,
        };
    }

    /// <summary>Its name and those of its arguments that Keras has, as one text: <c>huber (delta 2)</c>.</summary>
    public static string Text(Loss loss)
    {
        List<(string Name, object? Value)> arguments = [.. Described(loss).Arguments.Where(argument => argument.Value is not null)];
        if (loss.Reduction != Reduction.SumOverBatchSize)
            arguments.Add(("reduction", KerasNames.Snake(loss.Reduction.ToString())));
        var texts = arguments.Select(argument => string.Create(CultureInfo.InvariantCulture, $"{argument.Name} {argument.Value}"));
        return arguments.Count == 0 ? loss.Name : $"{loss.Name} ({string.Join(", ", texts)})";
    }

    /// <summary>Keras's class and the arguments that it has beside name and reduction.</summary>
    public static (string? Class, (string Name, object? Value)[] Arguments) Described(Loss loss) => loss switch
    {
        ElementwiseLoss<SquaredError> => ("MeanSquaredError", []),
        ElementwiseLoss<AbsoluteError> => ("MeanAbsoluteError", []),
        ElementwiseLoss<AbsolutePercentageError> => ("MeanAbsolutePercentageError", []),
        ElementwiseLoss<SquaredLogarithmicError> => ("MeanSquaredLogarithmicError", []),
        ElementwiseLoss<LogCosh> => ("LogCosh", []),
        ElementwiseLoss<PoissonError> => ("Poisson", []),
        ElementwiseLoss<DivergenceTerm> => ("KLDivergence", []),
        ElementwiseLoss<HingeError> => ("Hinge", []),
        ElementwiseLoss<SquaredHingeError> => ("SquaredHinge", []),
        RowLoss<CategoricalHinge> => ("CategoricalHinge", []),
        RowLoss<CosineDistance> => ("CosineSimilarity", [("axis", -1)]),
        ElementwiseLoss<HuberError> { Function.Delta: var delta } => ("Huber", [("delta", delta)]),
        ElementwiseLoss<BinaryCrossentropy> { Function.Smoothing: var smoothing } =>
            ("BinaryCrossentropy", Crossentropy(fromLogits: false, smoothing)),
        ElementwiseLoss<BinaryCrossentropyOfLogits> { Function.Smoothing: var smoothing } =>
            ("BinaryCrossentropy", Crossentropy(fromLogits: true, smoothing)),
        ElementwiseLoss<BinaryFocalCrossentropy> { Function: var focal } => ("BinaryFocalCrossentropy", Focal(fromLogits: false, focal)),
        ElementwiseLoss<BinaryFocalCrossentropyOfLogits> { Function.OfProbabilities: var focal } =>
            ("BinaryFocalCrossentropy", Focal(fromLogits: true, focal)),
        RowLoss<CategoricalCrossentropy> { Function.Smoothing: var smoothing } =>
            ("CategoricalCrossentropy", Crossentropy(fromLogits: false, smoothing)),
        RowLoss<CategoricalCrossentropyOfLogits> { Function.Smoothing: var smoothing } =>
            ("CategoricalCrossentropy", Crossentropy(fromLogits: true, smoothing)),
        RowLoss<SparseCategoricalCrossentropy> => ("SparseCategoricalCrossentropy", Sparse(fromLogits: false)),
        RowLoss<SparseCategoricalCrossentropyOfLogits> => ("SparseCategoricalCrossentropy", Sparse(fromLogits: true)),
        OverlapLoss { LossName: "dice" } => ("Dice", [("axis", null)]),
        OverlapLoss { LossName: "tversky", C: var alpha, D: var beta } => ("Tversky", [("alpha", alpha), ("beta", beta), ("axis", null)]),
        _ => (null, []),
    };

    /// <summary>The loss that Keras makes of a name alone.</summary>
    private static Loss? Plain(string name) => name switch
    {
        "huber" => Loss.Huber(),
        "binary_crossentropy" => Loss.BinaryCrossentropy(),
        "binary_focal_crossentropy" => Loss.BinaryFocalCrossentropy(),
        "categorical_crossentropy" => Loss.CategoricalCrossentropy(),
        "sparse_categorical_crossentropy" => Loss.SparseCategoricalCrossentropy(),
        "tversky" => Loss.Tversky(),
        "dice" => Loss.Dice,
        "cosine_similarity" => Loss.CosineSimilarity,
        "mean_squared_error" => Loss.MeanSquaredError,
        "mean_absolute_error" => Loss.MeanAbsoluteError,
        "mean_absolute_percentage_error" => Loss.MeanAbsolutePercentageError,
        "mean_squared_logarithmic_error" => Loss.MeanSquaredLogarithmicError,
        "log_cosh" => Loss.LogCosh,
        "poisson" => Loss.Poisson,
        "kl_divergence" => Loss.KLDivergence,
        "hinge" => Loss.Hinge,
        "squared_hinge" => Loss.SquaredHinge,
        "categorical_hinge" => Loss.CategoricalHinge,
        _ => null,
    };

    private static (string Name, object? Value)[] Crossentropy(bool fromLogits, double smoothing) =>
        [("from_logits", fromLogits), ("label_smoothing", smoothing), ("axis", -1)];

    private static (string Name, object? Value)[] Sparse(bool fromLogits) =>
        [("from_logits", fromLogits), ("ignore_class", null), ("axis", -1)];

    private static (string Name, object? Value)[] Focal(bool fromLogits, BinaryFocalCrossentropy focal)
    {
        // Without balancing both labels weigh 1, and alpha, which then does nothing, is at its default.
        var isBalanced = focal is not { PositiveWeight: 1, NegativeWeight: 1 };
        return
        [
            .. Crossentropy(fromLogits, focal.Smoothing),
            ("apply_class_balancing", isBalanced), ("alpha", isBalanced ? focal.PositiveWeight : 0.25), ("gamma", focal.Gamma),
        ];
    }
}
