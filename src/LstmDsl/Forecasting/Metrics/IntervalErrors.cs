namespace LstmDsl;

/// <summary>How the interval between two quantiles did.</summary>
/// <param name="Lower">The lower quantile's level.</param>
/// <param name="Upper">The upper quantile's level.</param>
/// <param name="Nominal">The share of values that is meant to lie between them, ends included.</param>
/// <param name="Coverage">The share that did.</param>
/// <param name="MeanWidth">How wide it was, in the target's unit.</param>
/// <param name="MeanScaledIntervalScore">
/// MSIS: the mean of width + 2/α·(what the value lies below or above the interval), α = 1 − nominal, divided by the scale of MASE
/// (Gneiting and Raftery, 2007; M4); null where there is no scale. Less is better.
/// </param>
public sealed record IntervalErrors(
    double Lower, double Upper, double Nominal, double Coverage, double MeanWidth, double? MeanScaledIntervalScore);
