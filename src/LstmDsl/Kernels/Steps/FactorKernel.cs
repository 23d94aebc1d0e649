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
            var sum = 0.0;
            for (var column = 0; column < columns; column++)
                sum += Square(gradient[column], epsilon);
            Keep(means + row, sum / columns, keep);
        }
    }

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
                    sums[column] += Square(values[column], epsilon);
            }

            for (var column = 0; column < width; column++)
                Keep(means + first + column, sums[column] / rows, keep);
        }
    }

    [MethodImpl(KernelCompilation.Loop)]
    private static void Normalize(T* gradient, T* rowMeans, T* columnMeans, int rows, int columns)
    {
        var sum = 0.0;
        for (var row = 0; row < rows; row++)
            sum += double.CreateTruncating(rowMeans[row]);
        var mean = sum / rows;
        for (var row = 0; row < rows; row++, gradient += columns)
        {
            var share = double.CreateTruncating(rowMeans[row]) / mean;
            for (var column = 0; column < columns; column++)
            {
                var moment = share * double.CreateTruncating(columnMeans[column]);
                gradient[column] = T.CreateTruncating(double.CreateTruncating(gradient[column]) / Math.Sqrt(moment));
            }
        }
    }

    private static double Square(T value, double epsilon)
    {
        var number = double.CreateTruncating(value);
        return (number * number) + epsilon;
    }

    private static void Keep(T* mean, double value, double keep) =>
        *mean = T.CreateTruncating((keep * double.CreateTruncating(*mean)) + ((1 - keep) * value));
}
