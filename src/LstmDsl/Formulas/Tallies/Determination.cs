using System.Numerics;

namespace LstmDsl.CompilerServices;

/// <summary>
/// 1 − Σ(y − p)² / Σ(y − ȳ)², output by output, and the mean of it; 0 for an output whose targets are all the same, but for rounding
/// errors.
/// </summary>
internal readonly struct Determination : ITally
{
    private const int SumsPerColumn = 4;

    // Small weights do not make rounding errors smaller.
    private const int FewestTerms = 100;

    /// <inheritdoc/>
    public int TargetColumns(int outputs) => outputs;

    /// <inheritdoc/>
    public int Sums(int outputs) => SumsPerColumn * outputs;

    /// <inheritdoc/>
    public void Add<T>(ReadOnlySpan<T> target, ReadOnlySpan<T> prediction, double weight, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var column = 0; column < target.Length; column++)
        {
            var y = double.CreateTruncating(target[column]);
            var error = y - double.CreateTruncating(prediction[column]);
            var own = sums.Slice(SumsPerColumn * column, SumsPerColumn);
            own[0] += weight * y;
            own[1] += weight * y * y;
            own[2] += weight * error * error;
            own[3] += weight;
        }
    }

    /// <inheritdoc/>
    public double Result(ReadOnlySpan<double> sums, int outputs)
    {
        var scores = 0.0;
        for (var column = 0; column < outputs; column++)
        {
            var own = sums.Slice(SumsPerColumn * column, SumsPerColumn);
            var total = own[1] - (own[0] * own[0] / own[3]);
            var score = 1 - (own[2] / total);
            // Where two large sums cancel, what is left of them is no spread; where all is 0, Keras's result is no number.
            var isRounding = total != 0 && Spread.IsCancelled(total, own[1], Math.Max(own[3], FewestTerms));
            scores += isRounding || double.IsInfinity(score) ? 0 : score;
        }

        return scores / outputs;
    }
}
