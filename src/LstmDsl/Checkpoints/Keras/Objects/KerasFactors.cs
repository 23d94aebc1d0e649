using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Adafactor's second moments of a matrix, which Keras keeps although they follow from the means over rows and columns.</summary>
internal static class KerasFactors
{
    /// <summary>v = r / mean(r) · c, matrix by matrix; 0 before the first update.</summary>
    /// <param name="tensor">The matrix, or several, as of a convolution's kernel.</param>
    /// <param name="rows">r, one after the other, from the beginning on.</param>
    /// <param name="columns">c alike.</param>
    public static float[] Moments(TensorSlot tensor, float[] rows, float[] columns)
    {
        var region = UpdateRegion.Of(tensor);
        var moments = new float[tensor.Length];
        for (var group = 0; group < region.Groups; group++)
        {
            var own = rows.AsSpan(group * region.Rows, region.Rows);
            var mean = 0f;
            foreach (var value in own)
                mean += value / region.Rows;
            for (var i = 0; mean > 0 && i < region.Rows * region.Columns; i++)
            {
                var column = columns[(group * region.Columns) + (i % region.Columns)];
                moments[(group * region.Rows * region.Columns) + i] = own[i / region.Columns] / mean * column;
            }
        }

        return moments;
    }
}
