using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Adafactor's second moments of matrices, kept as means over rows and over columns. One tensor is one caller's, and sums are taken in
/// ascending order in double, so results depend on neither threads nor vectors.
/// </summary>
internal static unsafe class FactorKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Columns whose sums are kept while the rows go by.
    private const int ColumnTile = 64;

    /// <summary>Takes the gradient into both means, then divides it by the root of the moments that they stand for.</summary>
    public static void Run(in HostBlocks<T> blocks, in UpdateRegion region, double keep, double epsilon)
    {
        var (rows, columns) = (region.Rows, region.Columns);
        for (var group = 0; group < region.Groups; group++)
        {
            var gradient = blocks.Gradients + region.From + ((long)group * rows * columns);
            var rowMeans = blocks.Slots + region.From + (group * rows);
            var columnMeans = blocks.Slots + blocks.ParameterFloats + region.From + (group * columns);
            AverageRows(gradient, rowMeans, rows, columns, keep, epsilon);
            AverageColumns(gradient, columnMeans, rows, columns, keep, epsilon);
            Normalize(gradient, rowMeans, columnMeans, rows, columns);
        }
    }

    [MethodImpl(KernelCompilation.Loop)]
    private static void AverageRows(T* gradient, T* means, int rows, int columns, double keep, double epsilon)
    {
        for (var row = 0; row < rows; row++, gradient += columns)
        {
            var mean = FactorFormulas.MeanSquare<HostNumbers<T>, Scalar<T>>(new(gradient, columns), epsilon);
            means[row] = FactorFormulas.Average<Scalar<T>>(means[row], mean, keep).Value;
        }
    }

    // Row by row, since a column's numbers lie far apart.
    [MethodImpl(KernelCompilation.Loop)]
    private static void AverageColumns(T* gradient, T* means, int rows, int columns, double keep, double epsilon)
    {
        var sums = stackalloc double[ColumnTile];
        for (var first = 0; first < columns; first += ColumnTile)
        {
            var width = Math.Min(ColumnTile, columns - first);
            new Span<double>(sums, width).Clear();
            for (var row = 0; row < rows; row++)
            {
                var values = gradient + ((long)row * columns) + first;
                for (var column = 0; column < width; column++)
                    sums[column] += FactorFormulas.Square<Scalar<T>>(values[column], epsilon);
            }

            for (var column = 0; column < width; column++)
                means[first + column] = FactorFormulas.Average<Scalar<T>>(means[first + column], sums[column] / rows, keep).Value;
        }
    }

    [MethodImpl(KernelCompilation.Loop)]
    private static void Normalize(T* gradient, T* rowMeans, T* columnMeans, int rows, int columns)
    {
        var mean = FactorFormulas.MeanOfRows<HostNumbers<T>, Scalar<T>>(new(rowMeans, rows));
        for (var row = 0; row < rows; row++, gradient += columns)
        {
            var share = FactorFormulas.Share<Scalar<T>>(rowMeans[row], mean);
            for (var column = 0; column < columns; column++)
                gradient[column] = FactorFormulas.Normalize<Scalar<T>>(gradient[column], share, columnMeans[column]).Value;
        }
    }
}
