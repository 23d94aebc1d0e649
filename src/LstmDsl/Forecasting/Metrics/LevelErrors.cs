namespace LstmDsl;

/// <summary>How one quantile did.</summary>
/// <param name="Level">Its level: the share of values that is meant to lie at or below it.</param>
/// <param name="ShareBelow">The share that did.</param>
/// <param name="QuantileLoss">Mean of twice the pinball loss, in the target's unit: 2·max(q·(y − f), (q − 1)·(y − f)).</param>
public sealed record LevelErrors(double Level, double ShareBelow, double QuantileLoss);
