using System.Numerics;

namespace LstmDsl.Kernels;

/// <summary>The whole numbers that an embedding has vectors for.</summary>
internal static class EmbeddingNumbers
{
    /// <summary>The number of a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has no vector.</exception>
    public static int Of<T>(T value, int vectors) where T : IBinaryFloatingPointIeee754<T>
    {
        var number = int.CreateTruncating(value);
        if (value < T.Zero || number >= vectors)
        {
            throw new ArgumentOutOfRangeException(
                nameof(value), $"An embedding of {vectors} vectors takes whole numbers from 0 to {vectors - 1}; found {value}.");
        }

        return number;
    }
}
