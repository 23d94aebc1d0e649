namespace LstmDsl.Tests;

/// <summary>Draws a number.</summary>
internal delegate float Draw(ref TestNumbers numbers);

/// <summary>A loss with what targets and predictions are drawn from.</summary>
internal sealed record LossCase(Loss Loss, int Columns, Draw Targets, Draw Predictions);

/// <summary>Every loss, also with arguments that the parity cases lack.</summary>
internal static class LossCases
{
    public static readonly IReadOnlyDictionary<string, LossCase> All = new Dictionary<string, LossCase>
    {
        ["mse"] = new(Loss.MeanSquaredError, 3, Signed, Signed),
        ["mae"] = new(Loss.MeanAbsoluteError, 3, Signed, Signed),
        ["mape"] = new(Loss.MeanAbsolutePercentageError, 3, Signed, Signed),
        ["msle"] = new(Loss.MeanSquaredLogarithmicError, 3, Positive, Signed),
        ["log_cosh"] = new(Loss.LogCosh, 3, Signed, Signed),
        ["huber"] = new(Loss.Huber(0.7), 3, Signed, Signed),
        ["poisson"] = new(Loss.Poisson, 3, Positive, Positive),
        ["quantile"] = new(Loss.Quantile(0.9), 3, Signed, Signed),
        ["quantiles"] = new(Loss.Quantiles(0.1, 0.5, 0.9), 6, Signed, Signed),
        ["kl_divergence"] = new(Loss.KLDivergence, 4, Probability, Probability),
        ["hinge"] = new(Loss.Hinge, 3, Label, Signed),
        ["squared_hinge"] = new(Loss.SquaredHinge, 3, Label, Signed),
        ["categorical_hinge"] = new(Loss.CategoricalHinge, 4, Label, Signed),
        ["cosine"] = new(Loss.CosineSimilarity, 4, Signed, Signed),
        ["binary"] = new(Loss.BinaryCrossentropy(labelSmoothing: 0.2), 2, Label, Probability),
        ["binary_logits"] = new(Loss.BinaryCrossentropy(fromLogits: true), 2, Label, Signed),
        ["focal"] = new(Loss.BinaryFocalCrossentropy(), 2, Label, Probability),
        ["focal_balanced"] = new(Loss.BinaryFocalCrossentropy(true, 0.3, 1.5, labelSmoothing: 0.1), 2, Label, Probability),
        ["focal_logits"] = new(Loss.BinaryFocalCrossentropy(true, 0.3, 3, fromLogits: true), 2, Label, Signed),
        ["focal_flat"] = new(Loss.BinaryFocalCrossentropy(gamma: 0), 2, Label, Probability),
        ["categorical"] = new(Loss.CategoricalCrossentropy(labelSmoothing: 0.1), 4, Probability, Probability),
        ["categorical_logits"] = new(Loss.CategoricalCrossentropy(fromLogits: true), 4, Probability, Signed),
        ["sparse"] = new(Loss.SparseCategoricalCrossentropy(), 4, Class, Probability),
        ["sparse_logits"] = new(Loss.SparseCategoricalCrossentropy(fromLogits: true), 4, Class, Signed),
        ["dice"] = new(Loss.Dice, 3, Label, Probability),
        ["tversky"] = new(Loss.Tversky(0.3, 0.8), 3, Label, Probability),
        ["own"] = new(Loss.Of(new CauchyLoss { Width = 0.6f }), 3, Signed, Signed),
    };

    /// <summary>So many numbers.</summary>
    public static float[] Take(ref TestNumbers numbers, int count, Draw draw)
    {
        var values = new float[count];
        for (var index = 0; index < count; index++)
            values[index] = draw(ref numbers);
        return values;
    }

    private static float Signed(ref TestNumbers numbers) => numbers.Float(1.5f);

    public static float Positive(ref TestNumbers numbers) => 0.1f + MathF.Abs(numbers.Float(2));

    private static float Probability(ref TestNumbers numbers) => 0.5f + numbers.Float(0.45f);

    private static float Label(ref TestNumbers numbers) => numbers.Float(1) > 0 ? 1 : 0;

    private static float Class(ref TestNumbers numbers) => MathF.Floor(2 + numbers.Float(1.99f));
}
