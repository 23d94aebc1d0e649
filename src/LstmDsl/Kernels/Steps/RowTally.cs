using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Counts over rows in this process's memory.</summary>
internal static unsafe class RowTally
{
    /// <summary>Adds the rows of a block in ascending order.</summary>
    public static void Run<TTally, T>(in TTally tally, T* block, in LossOffsets offsets, int rows, int columns, Span<double> sums)
        where TTally : struct, ITally
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(
            tally,
            new ReadOnlySpan<T>(block + offsets.Targets, rows * tally.TargetColumns(columns)),
            new ReadOnlySpan<T>(block + offsets.Predictions, rows * columns),
            offsets.Weights < 0 ? [] : new ReadOnlySpan<T>(block + offsets.Weights, rows),
            columns, sums);

    /// <summary>The same of rows that lie apart; without weights each counts 1.</summary>
    public static void Run<TTally, T>(
        in TTally tally, ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, ReadOnlySpan<T> weights, int columns, Span<double> sums)
        where TTally : struct, ITally
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var targetColumns = tally.TargetColumns(columns);
        for (var row = 0; row < predictions.Length / columns; row++)
        {
            var target = targets.Slice(row * targetColumns, targetColumns);
            var weight = weights.IsEmpty ? 1 : double.CreateTruncating(weights[row]);
            tally.Add(target, predictions.Slice(row * columns, columns), weight, sums);
        }
    }
}
