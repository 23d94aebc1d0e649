using System.Numerics;

namespace LstmDsl.CompilerServices;

/// <summary>
/// The area under a curve over evenly spaced thresholds from 0 to 1. Positives and negatives are counted by the interval in which the
/// prediction lies, and only summed up over thresholds at the end.
/// </summary>
internal readonly struct CurveArea(AucCurve curve, int thresholds, bool fromLogits) : ITally
{
    /// <summary>Which curve.</summary>
    public AucCurve Curve => curve;

    /// <summary>How many thresholds.</summary>
    public int Thresholds => thresholds;

    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits => fromLogits;

    /// <inheritdoc/>
    public int TargetColumns(int outputs) => outputs;

    /// <inheritdoc/>
    public int Sums(int outputs) => 2 * thresholds;

    /// <inheritdoc/>
    public void Add<T>(ReadOnlySpan<T> target, ReadOnlySpan<T> prediction, double weight, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var column = 0; column < target.Length; column++)
        {
            var value = double.CreateTruncating(prediction[column]);
            if (fromLogits)
                value = 1 / (1 + Math.Exp(-value));
            // A prediction is above its interval's lower threshold; 0 is above the first, which lies a little below 0.
            var interval = Math.Max((int)Math.Ceiling(Math.Clamp(value, 0, 1) * (thresholds - 1)) - 1, 0);
            sums[target[column] != T.Zero ? interval : thresholds + interval] += weight;
        }
    }

    /// <inheritdoc/>
    public double Result(ReadOnlySpan<double> sums, int outputs)
    {
        double positives = 0, negatives = 0;
        for (var index = 0; index < thresholds; index++)
        {
            positives += sums[index];
            negatives += sums[thresholds + index];
        }

        // From the highest threshold down, above which nothing lies: what lies above one, and what above the one below it.
        double area = 0, hits = 0, wrong = 0;
        for (var index = thresholds - 2; index >= 0; index--)
        {
            var (hitsBelow, wrongBelow) = (hits + sums[index], wrong + sums[thresholds + index]);
            area += curve == AucCurve.Roc
                ? Ratio(wrongBelow - wrong, negatives) * (Ratio(hits, positives) + Ratio(hitsBelow, positives)) / 2
                : PrecisionArea(hits, wrong, hitsBelow, wrongBelow, positives);
            (hits, wrong) = (hitsBelow, wrongBelow);
        }

        return area;
    }

    private static double PrecisionArea(double hits, double wrong, double hitsBelow, double wrongBelow, double positives)
    {
        var (predicted, predictedBelow) = (hits + wrong, hitsBelow + wrongBelow);
        var slope = Ratio(hitsBelow - hits, Math.Max(predictedBelow - predicted, 0));
        var intercept = hits - (slope * predicted);
        var logarithm = predicted > 0 && predictedBelow > 0 ? Math.Log(predictedBelow / predicted) : 0;
        return Ratio(slope * (hitsBelow - hits + (intercept * logarithm)), positives);
    }

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}
