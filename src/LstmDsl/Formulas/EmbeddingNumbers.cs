using System.Numerics;

namespace LstmDsl.Kernels;

/// <summary>The whole numbers that an embedding has vectors for.</summary>
internal static class EmbeddingNumbers
{
    /// <summary>Whether a value is such a number.</summary>
    public static bool HasVector<T>(T value, int vectors) where T : IBinaryFloatingPointIeee754<T> =>
        T.IsInteger(value) && value >= T.Zero && int.CreateSaturating(value) < vectors;

    /// <summary>What is asked of a value: the end of a message.</summary>
    public static string Expectation(int vectors) =>
        FormattableString.Invariant($"an embedding of {vectors} vectors takes whole numbers from 0 to {vectors - 1}");

    /// <summary>The number of a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has no vector.</exception>
    public static int Of<T>(T value, int vectors) where T : IBinaryFloatingPointIeee754<T>
    {
        if (!HasVector(value, vectors))
        {
            throw new ArgumentOutOfRangeException(
                nameof(value), FormattableString.Invariant($"Found {value}; {Expectation(vectors)}."));
        }

        return int.CreateTruncating(value);
    }
}
