using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>Losses as the indices describe them: a class's name, or an object with Keras's own argument names.</summary>
internal static class KerasLosses
{
    /// <summary>Keras takes ln 2 in float32 even in its float64 run, and subtracts it from each term of LogCosh.</summary>
    public const double RoundingOfLogTwo = 0.693147182464599609375 - 0.69314718055994530942;

    /// <summary>What a loss is larger by than Keras's, whose rows weigh so much on average.</summary>
    public static double Rounding(Loss loss, double meanWeight) => loss == Loss.LogCosh ? RoundingOfLogTwo * meanWeight : 0;

    public static Loss Of(JsonElement spec)
    {
        var arguments = new KerasArguments(spec);
        bool OfLogits() => arguments.Flag("from_logits");
        double Smoothing() => arguments.Number("label_smoothing", 0);
        var loss = arguments.Type switch
        {
            "MeanSquaredError" => Loss.MeanSquaredError,
            "MeanAbsoluteError" => Loss.MeanAbsoluteError,
            "MeanAbsolutePercentageError" => Loss.MeanAbsolutePercentageError,
            "MeanSquaredLogarithmicError" => Loss.MeanSquaredLogarithmicError,
            "LogCosh" => Loss.LogCosh,
            "Huber" => Loss.Huber(arguments.Number("delta", 1)),
            "Poisson" => Loss.Poisson,
            "KLDivergence" => Loss.KLDivergence,
            "Hinge" => Loss.Hinge,
            "SquaredHinge" => Loss.SquaredHinge,
            "CategoricalHinge" => Loss.CategoricalHinge,
            "CosineSimilarity" => Loss.CosineSimilarity,
            "BinaryCrossentropy" => Loss.BinaryCrossentropy(OfLogits(), Smoothing()),
            "CategoricalCrossentropy" => Loss.CategoricalCrossentropy(OfLogits(), Smoothing()),
            "SparseCategoricalCrossentropy" => Loss.SparseCategoricalCrossentropy(OfLogits()),
            "BinaryFocalCrossentropy" => Loss.BinaryFocalCrossentropy(
                arguments.Flag("apply_class_balancing"), arguments.Number("alpha", 0.25), arguments.Number("gamma", 2), OfLogits(), Smoothing()),
            "Tversky" => Loss.Tversky(arguments.Number("alpha", 0.5), arguments.Number("beta", 0.5)),
            "Dice" => Loss.Dice,
            var other => throw new NotSupportedException(other),
        };
        var reduction = arguments.Choice<Reduction>("reduction");
        arguments.AssertAllRead();
        return reduction is { } given ? loss with { Reduction = given } : loss;
    }
}
