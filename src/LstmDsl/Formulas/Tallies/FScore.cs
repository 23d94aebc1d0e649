using System.Numerics;
using LstmDsl.Kernels;

namespace LstmDsl.CompilerServices;

/// <summary>
/// The weighted harmonic mean of precision and recall, output by output. Without a threshold (NaN) the highest prediction of a row is
/// positive.
/// </summary>
internal readonly struct FScore(Averaging averaging, double beta, double threshold) : ITally
{
    private const int SumsPerColumn = 3;
    private const double SmallestPrediction = 1e-9;

    /// <summary>How outputs are averaged.</summary>
    public Averaging Averaging => averaging;

    /// <summary>How much recall weighs.</summary>
    public double Beta => beta;

    /// <summary>What a prediction must exceed to be positive; NaN where the highest is.</summary>
    public double Threshold => threshold;

    /// <inheritdoc/>
    public int TargetColumns(int outputs) => outputs;

    /// <inheritdoc/>
    public int Sums(int outputs) => SumsPerColumn * outputs;

    /// <inheritdoc/>
    public void Add<T>(ReadOnlySpan<T> target, ReadOnlySpan<T> prediction, double weight, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var highest = prediction[ClassHits.Highest(prediction)];
        for (var column = 0; column < target.Length; column++)
        {
            var value = double.CreateTruncating(prediction[column]);
            var isPredicted = double.IsNaN(threshold)
                ? prediction[column] >= highest && Math.Abs(value) > SmallestPrediction
                : value > threshold;
            var label = double.CreateTruncating(target[column]);
            var own = sums.Slice(SumsPerColumn * column, SumsPerColumn);
            own[0] += isPredicted ? weight * label : 0;
            own[1] += isPredicted ? weight * (1 - label) : 0;
            own[2] += isPredicted ? 0 : weight * label;
        }
    }

    /// <inheritdoc/>
    public double Result(ReadOnlySpan<double> sums, int outputs)
    {
        double hits = 0, wrong = 0, missed = 0, scores = 0, weightedScores = 0;
        for (var column = 0; column < outputs; column++)
        {
            var own = sums.Slice(SumsPerColumn * column, SumsPerColumn);
            var score = Score(own[0], own[1], own[2]);
            scores += score;
            weightedScores += score * (own[0] + own[2]);
            hits += own[0];
            wrong += own[1];
            missed += own[2];
        }

        return averaging switch
        {
            Averaging.Micro => Score(hits, wrong, missed),
            Averaging.Weighted => weightedScores / (hits + missed + LaneMath.Epsilon),
            _ => scores / outputs,
        };
    }

    private double Score(double hits, double wrong, double missed)
    {
        var precision = hits / (hits + wrong + LaneMath.Epsilon);
        var recall = hits / (hits + missed + LaneMath.Epsilon);
        var square = beta * beta;
        return (1 + square) * precision * recall / ((square * precision) + recall + LaneMath.Epsilon);
    }
}
