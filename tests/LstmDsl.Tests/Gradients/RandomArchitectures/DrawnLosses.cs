namespace LstmDsl.Tests;

/// <summary>
/// The losses that architectures are trained with. Those of a whole batch (dice, tversky) are not among them: a program that is run by hand
/// on one block cannot sum them; their own gradients are checked beside the others'.
/// </summary>
internal static class DrawnLosses
{
    /// <summary>The simplest.</summary>
    public const string Plain = "mse";

    /// <summary>Losses of outputs that may be any numbers.</summary>
    public static readonly IReadOnlyDictionary<string, Loss> OfNumbers = new Dictionary<string, Loss>
    {
        [Plain] = Loss.MeanSquaredError,
        ["mae"] = Loss.MeanAbsoluteError,
        ["mape"] = Loss.MeanAbsolutePercentageError,
        ["log_cosh"] = Loss.LogCosh,
        ["huber"] = Loss.Huber(0.4),
        ["quantile"] = Loss.Quantile(0.8),
        ["quantiles"] = Loss.Quantiles(0.1, 0.7),
        ["hinge"] = Loss.Hinge,
        ["squared_hinge"] = Loss.SquaredHinge,
        ["categorical_hinge"] = Loss.CategoricalHinge,
        ["cosine"] = Loss.CosineSimilarity,
        ["binary_logits"] = Loss.BinaryCrossentropy(fromLogits: true, labelSmoothing: 0.1),
        ["focal_logits"] = Loss.BinaryFocalCrossentropy(fromLogits: true),
        ["categorical_logits"] = Loss.CategoricalCrossentropy(fromLogits: true, labelSmoothing: 0.1),
        ["sparse_logits"] = Loss.SparseCategoricalCrossentropy(fromLogits: true),
        ["own"] = Loss.Of(new CauchyLoss { Width = 0.6f }),
    };

    /// <summary>Losses of outputs between 0 and 1.</summary>
    public static readonly IReadOnlyDictionary<string, Loss> OfProbabilities = new Dictionary<string, Loss>
    {
        ["msle"] = Loss.MeanSquaredLogarithmicError,
        ["poisson"] = Loss.Poisson,
        ["kl_divergence"] = Loss.KLDivergence,
        ["binary"] = Loss.BinaryCrossentropy(),
        ["focal"] = Loss.BinaryFocalCrossentropy(applyClassBalancing: true),
        ["categorical"] = Loss.CategoricalCrossentropy(),
        ["sparse"] = Loss.SparseCategoricalCrossentropy(),
    };

    /// <summary>Beginnings of the names of activations that give 0 for many inputs.</summary>
    private static readonly string[] GivingZeros = ["Activation.Relu", "Activation.HardSi", "Activation.SoftShrink"];

    /// <summary>
    /// The loss of a name; mean squared error where it does not suit so many outputs. Of one number, or where all others are 0, the cosine is
    /// 1 or −1, and its gradient nothing but rounding.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="outputs">Values of an output.</param>
    /// <param name="lastLayer">The last layer as code.</param>
    public static Loss Of(string name, int outputs, string lastLayer)
    {
        var loss = OfNumbers.TryGetValue(name, out var found) ? found : OfProbabilities[name];
        var isRounding = loss == Loss.CosineSimilarity
            && (outputs == 1 || GivingZeros.Any(activation => lastLayer.Contains(activation, StringComparison.Ordinal)));
        return loss.Misfit(outputs) is null && !isRounding ? loss : Loss.MeanSquaredError;
    }
}
