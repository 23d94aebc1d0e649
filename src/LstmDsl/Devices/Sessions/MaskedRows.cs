using System.Numerics;

namespace LstmDsl;

/// <summary>The rows of an output that a mask does not leave out.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Weights">The sum of their weights, each 1 where there are none.</param>
internal readonly record struct MaskedRows(double Count, double Weights)
{
    /// <summary>Both of two blocks.</summary>
    public static MaskedRows operator +(MaskedRows left, MaskedRows right) => new(left.Count + right.Count, left.Weights + right.Weights);

    /// <summary>Counts the rows (timesteps, n) of some windows.</summary>
    public static unsafe MaskedRows Of<T>(T* mask, BatchSource source, ReadOnlySpan<int> windows, int timesteps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double count = 0, sum = 0;
        for (var t = 0; t < timesteps; t++)
        {
            for (var sample = 0; sample < windows.Length; sample++)
            {
                if (mask[(t * windows.Length) + sample] == T.Zero)
                    continue;
                count++;
                sum += source.Weights is null
                    ? 1
                    : source.Weights[(windows[sample] * source.WeightsPerWindow) + (source.WeightsPerWindow == 1 ? 0 : t)];
            }
        }

        return new(count, sum);
    }
}

/// <summary>What the rows of a block count for.</summary>
/// <param name="Mask">Where ones and zeros say which count; −1 where all do.</param>
/// <param name="Count">How many count.</param>
/// <param name="Sum">The sum of their weights.</param>
internal readonly record struct RowWeights(int Mask, double Count, double Sum);
