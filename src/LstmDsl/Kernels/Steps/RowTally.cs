using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Counts over rows in this process's memory.</summary>
internal static unsafe class RowTally
{
    /// <summary>Adds rows in ascending order.</summary>
    public static void Run<TTally, T>(in TTally tally, T* block, in LossOffsets offsets, int rows, int columns, Span<double> sums)
        where TTally : struct, ITally
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var targetColumns = tally.TargetColumns(columns);
        for (var row = 0; row < rows; row++)
        {
            var target = new ReadOnlySpan<T>(block + offsets.Targets + ((nint)row * targetColumns), targetColumns);
            var prediction = new ReadOnlySpan<T>(block + offsets.Predictions + ((nint)row * columns), columns);
            var weight = offsets.Weights < 0 ? 1 : double.CreateTruncating(block[offsets.Weights + row]);
            tally.Add(target, prediction, weight, sums);
        }
    }
}
