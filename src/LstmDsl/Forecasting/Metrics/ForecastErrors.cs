namespace LstmDsl;

/// <summary>
/// How far forecasts of one target were from what came, in its unit: over all steps, or over those of one step, day or hour. Errors of
/// different targets are never put together.
/// </summary>
/// <remarks>
/// Absolute errors are those of the median (or of the one number that is forecast), squared ones and the bias those of the mean where it is
/// forecast too: each number judges what it is least for. Sources: Hyndman and Koehler, 2006 (MASE, RMSSE), the M4 competition (sMAPE,
/// MSIS), the M5 competition (RMSSE, quantile losses).
/// </remarks>
public sealed record ForecastErrors
{
    /// <summary>The target.</summary>
    public required string Target { get; init; }

    /// <summary>Its unit; null where none was given.</summary>
    public required string? Unit { get; init; }

    /// <summary>How many forecast values were compared.</summary>
    public required long Count { get; init; }

    /// <summary>MAE: mean of |y − f|.</summary>
    public required double MeanAbsoluteError { get; init; }

    /// <summary>RMSE: root of the mean of (y − f)².</summary>
    public required double RootMeanSquaredError { get; init; }

    /// <summary>Mean of f − y: above 0 where forecasts are too high.</summary>
    public required double Bias { get; init; }

    /// <summary>WAPE, in percent: 100·Σ|y − f| / Σ|y|; null where all values are 0.</summary>
    public required double? WeightedAbsolutePercentageError { get; init; }

    /// <summary>
    /// sMAPE, in percent, from 0 to 200: the mean of 200·|y − f| / (|y| + |f|), 0 where both are 0 (M4). It punishes low forecasts more than
    /// high ones.
    /// </summary>
    public required double SymmetricMeanAbsolutePercentageError { get; init; }

    /// <summary>MASE: MAE divided by <see cref="ErrorScale.MeanAbsolute"/> of the training rows; null where there is none, or it is 0.</summary>
    public required double? MeanAbsoluteScaledError { get; init; }

    /// <summary>RMSSE: RMSE divided by <see cref="ErrorScale.RootMeanSquare"/> of the training rows; null where there is none, or it is 0.</summary>
    public required double? RootMeanSquaredScaledError { get; init; }

    /// <summary>
    /// The mean over the levels of <see cref="LevelErrors.QuantileLoss"/>, twice the pinball loss, in the target's unit; null without levels.
    /// With the median alone it is the MAE. It is no CRPS, which takes all levels: of a standard normal variable's own quantiles 0.1, 0.5 and
    /// 0.9 it is ⅔·(φ(z₀.₁) + φ(0) + φ(z₀.₉)) = 0.49996, where the CRPS is 1/√π = 0.564.
    /// </summary>
    public required double? MeanQuantileLoss { get; init; }

    /// <summary>wQL: <see cref="MeanQuantileLoss"/> divided by the mean of |y|; null without levels, or where all values are 0.</summary>
    public required double? WeightedQuantileLoss { get; init; }

    /// <summary>How each quantile did, by rising level; none where one number is forecast.</summary>
    public required IReadOnlyList<LevelErrors> Levels { get; init; }

    /// <summary>How the intervals did between levels that lie symmetrically about the median, the narrowest first.</summary>
    public required IReadOnlyList<IntervalErrors> Intervals { get; init; }

    /// <summary>The interval that is meant to hold a share of the values.</summary>
    /// <param name="coverage">The share, such as 0.8 for the levels 0.1 and 0.9.</param>
    /// <exception cref="ArgumentOutOfRangeException">Its levels were not declared; the message says which are needed.</exception>
    public IntervalErrors Interval(double coverage)
    {
        var pair = LevelPair.Find([.. Levels.Select(level => level.Level)], coverage, nameof(coverage));
        return Intervals.First(interval => interval.Lower == pair.Lower && interval.Upper == pair.Upper);
    }
}
