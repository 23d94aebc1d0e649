using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Gives vectors for numbers.
/// <code>
/// x (rows)   E (numbers, u)   y (rows, u)   m (rows)
/// forward     y = E[x]     m is 0 where x is 0, else 1
/// gradients   dE[x] += dy, over all rows in order
/// </code>
/// </summary>
internal static unsafe class EmbeddingKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>x → y, m.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number has no vector.</exception>
    public static void Forward<TShape>(in HostBlocks<T> blocks, in EmbeddingOffsets offsets, int rows)
        where TShape : struct, IEmbeddingShape
    {
        for (var row = 0; row < rows; row++)
        {
            var number = EmbeddingNumbers.Of(blocks.Activations[offsets.Input + row], TShape.Inputs);
            var vector = new ReadOnlySpan<T>(blocks.Parameters + offsets.Embeddings + (number * TShape.Units), TShape.Units);
            vector.CopyTo(new Span<T>(blocks.Activations + offsets.Output + (row * TShape.Units), TShape.Units));
            if (offsets.Mask > 0)
                blocks.Activations[offsets.Mask + row] = number == 0 ? T.Zero : T.One;
        }
    }

    /// <summary>Adds the gradients of the vectors.</summary>
    public static void Gradients<TShape>(in HostBlocks<T> blocks, in EmbeddingOffsets offsets, int rows)
        where TShape : struct, IEmbeddingShape
    {
        for (var row = 0; row < rows; row++)
        {
            var number = EmbeddingNumbers.Of(blocks.Activations[offsets.Input + row], TShape.Inputs);
            var vector = blocks.Gradients + offsets.Embeddings + (number * TShape.Units);
            for (var unit = 0; unit < TShape.Units; unit++)
                vector[unit] += blocks.Activations[offsets.OutputGradient + (row * TShape.Units) + unit];
        }
    }
}
