using System.Numerics;

namespace LstmDsl.Kernels;

/// <summary>Products in plain loops, each sum one chain in ascending order.</summary>
internal static unsafe class PlainSums<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Σ left·right, in ascending order.</summary>
    public static T Dot(T* left, T* right, int length)
    {
        var sum = T.Zero;
        for (var index = 0; index < length; index++)
            sum += left[index] * right[index];
        return sum;
    }

    /// <summary>result (rows, columns) += column · row.</summary>
    public static void AddOuterProduct(T* result, T* column, int rows, T* row, int columns)
    {
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
                result[(r * columns) + c] += column[r] * row[c];
        }
    }
}
