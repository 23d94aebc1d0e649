using System.Numerics;

namespace LstmDsl.CompilerServices;

/// <summary>What <see cref="Confusion"/> tells.</summary>
internal enum ConfusionRatio
{
    /// <summary>True among predicted positives.</summary>
    Precision,

    /// <summary>Predicted among true positives.</summary>
    Recall,
}

/// <summary>
/// True and false positives and false negatives over all values, or those of one output. A target other than 0 is positive.
/// </summary>
internal readonly struct Confusion(ConfusionRatio ratio, double threshold, int column) : ITally
{
    /// <summary>What a prediction must exceed to be positive.</summary>
    public double Threshold => threshold;

    /// <summary>The only output that counts; −1 for all.</summary>
    public int Column => column;

    /// <inheritdoc/>
    public int TargetColumns(int outputs) => outputs;

    /// <inheritdoc/>
    public int Sums(int outputs) => 3;

    /// <inheritdoc/>
    public void Add<T>(ReadOnlySpan<T> target, ReadOnlySpan<T> prediction, double weight, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (from, to) = column < 0 ? (0, target.Length) : (column, column + 1);
        for (var index = from; index < to; index++)
        {
            var isPositive = target[index] != T.Zero;
            var isPredicted = double.CreateTruncating(prediction[index]) > threshold;
            if (isPositive && isPredicted)
                sums[0] += weight;
            else if (isPredicted)
                sums[1] += weight;
            else if (isPositive)
                sums[2] += weight;
        }
    }

    /// <inheritdoc/>
    public double Result(ReadOnlySpan<double> sums, int outputs)
    {
        var all = sums[0] + sums[ratio == ConfusionRatio.Precision ? 1 : 2];
        return all == 0 ? 0 : sums[0] / all;
    }
}
