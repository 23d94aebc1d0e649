using System.Numerics;

namespace LstmDsl.CompilerServices;

/// <summary>How often the true class is among the k highest predictions. The true class is that of the highest target.</summary>
internal readonly struct ClassHits(int k) : ITally
{
    /// <summary>How many of the highest predictions count.</summary>
    public int K => k;

    /// <inheritdoc/>
    public int TargetColumns(int outputs) => outputs;

    /// <inheritdoc/>
    public int Sums(int outputs) => 2;

    /// <inheritdoc/>
    public void Add<T>(ReadOnlySpan<T> target, ReadOnlySpan<T> prediction, double weight, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Add(Highest(target), prediction, weight, k, sums);

    /// <inheritdoc/>
    public double Result(ReadOnlySpan<double> sums, int outputs) => sums[1] == 0 ? 0 : sums[0] / sums[1];

    /// <summary>
    /// Adds a row whose class is known. As in TensorFlow, for k = 1 the first of equal predictions counts, else all that tie with the
    /// last of the k.
    /// </summary>
    public static void Add<T>(int trueClass, ReadOnlySpan<T> prediction, double weight, int k, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var isHit = k == 1 ? Highest(prediction) == trueClass : IsAmong(prediction, trueClass, k);
        sums[0] += isHit ? weight : 0;
        sums[1] += weight;
    }

    /// <summary>Index of the highest value, of equals the first.</summary>
    public static int Highest<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var highest = 0;
        for (var index = 1; index < values.Length; index++)
        {
            if (values[index] > values[highest])
                highest = index;
        }

        return highest;
    }

    private static bool IsAmong<T>(ReadOnlySpan<T> prediction, int trueClass, int k) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var above = 0;
        foreach (var value in prediction)
        {
            if (value > prediction[trueClass])
                above++;
        }

        return above < k && T.IsFinite(prediction[trueClass]);
    }
}

/// <summary>The same with the index of the true class as target.</summary>
internal readonly struct SparseClassHits(int k) : ITally
{
    /// <summary>How many of the highest predictions count.</summary>
    public int K => k;

    /// <inheritdoc/>
    public int TargetColumns(int outputs) => 1;

    /// <inheritdoc/>
    public int Sums(int outputs) => 2;

    /// <inheritdoc/>
    public void Add<T>(ReadOnlySpan<T> target, ReadOnlySpan<T> prediction, double weight, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ClassHits.Add(int.CreateTruncating(target[0]), prediction, weight, k, sums);

    /// <inheritdoc/>
    public double Result(ReadOnlySpan<double> sums, int outputs) => sums[1] == 0 ? 0 : sums[0] / sums[1];
}
