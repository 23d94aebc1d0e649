using ILGPU;
using ILGPU.Runtime;

namespace LstmDsl.Kernels;

/// <summary>
/// What a product multiplies: left (rows, depth) and right (depth, columns), each anywhere in memory by its strides, so that a transposed
/// matrix needs no copy.
/// </summary>
internal struct ProductOperands
{
    public ArrayView<float> Left;
    public ArrayView<float> Right;
    public int LeftRowStride;
    public int LeftDepthStride;
    public int RightDepthStride;
    public int RightColumnStride;
    public int Rows;
    public int Columns;
    public int Depth;
}

/// <summary>
/// One tile of left · right. The group brings slices of both operands into shared memory, <see cref="Depth"/> deep, and each thread adds
/// them to its 4 × 4 sums in ascending order. Thread (y, x) has the rows y + i·threads and the columns x + j·columnStep of the tile: side
/// by side in a plain product, and the same unit of four gates in a recurrent step.
/// </summary>
internal static class TileProduct<TTile> where TTile : struct, ITile
{
    /// <summary>Depth of a slice.</summary>
    public const int Depth = 16;

    /// <summary>Threads of a group.</summary>
    public static int GroupSize => TTile.Threads * TTile.Threads;

    /// <summary>Rows of a tile, and columns.</summary>
    public static int Side => 4 * TTile.Threads;

    /// <summary>
    /// Floats of shared memory for one operand; a row has one more than it needs, so that columns fall into different banks.
    /// </summary>
    public static int SharedFloats => Depth * (Side + 1);

    /// <summary>The sums of this thread.</summary>
    /// <param name="operands">What is multiplied.</param>
    /// <param name="left">Shared memory for left.</param>
    /// <param name="right">Shared memory for right.</param>
    /// <param name="row">First row of the tile.</param>
    /// <param name="column">First column of the tile.</param>
    /// <param name="columnStep">From one of a thread's columns to the next.</param>
    /// <param name="columnEnd">End of the columns that the first of them may be: those beyond count as zero.</param>
    /// <param name="from">Where the sum begins.</param>
    /// <param name="to">Where it ends.</param>
    public static TileSums Run(
        ProductOperands operands,
        ArrayView1D<float, Stride1D.Dense> left,
        ArrayView1D<float, Stride1D.Dense> right,
        int row,
        int column,
        int columnStep,
        int columnEnd,
        int from,
        int to)
    {
        var sums = default(TileSums);
        var thread = Group.IdxX;
        var x = thread % TTile.Threads;
        var y = thread / TTile.Threads;
        for (var depth = from; depth < to; depth += Depth)
        {
            for (var index = thread; index < Side * Depth; index += GroupSize)
            {
                LoadLeft(operands, left, index, row, depth, to);
                LoadRight(operands, right, index, column, columnStep, columnEnd, depth, to);
            }

            DeviceIntrinsics.Synchronize();
            for (var d = 0; d < Depth; d++)
            {
                var rowOf = (d * (Side + 1)) + y;
                var columnOf = (d * (Side + 1)) + x;
                var (l0, l1) = (left[rowOf], left[rowOf + TTile.Threads]);
                var (l2, l3) = (left[rowOf + (2 * TTile.Threads)], left[rowOf + (3 * TTile.Threads)]);
                var (r0, r1) = (right[columnOf], right[columnOf + TTile.Threads]);
                var (r2, r3) = (right[columnOf + (2 * TTile.Threads)], right[columnOf + (3 * TTile.Threads)]);
                sums.C00 = DeviceIntrinsics.FusedMultiplyAdd(l0, r0, sums.C00);
                sums.C01 = DeviceIntrinsics.FusedMultiplyAdd(l0, r1, sums.C01);
                sums.C02 = DeviceIntrinsics.FusedMultiplyAdd(l0, r2, sums.C02);
                sums.C03 = DeviceIntrinsics.FusedMultiplyAdd(l0, r3, sums.C03);
                sums.C10 = DeviceIntrinsics.FusedMultiplyAdd(l1, r0, sums.C10);
                sums.C11 = DeviceIntrinsics.FusedMultiplyAdd(l1, r1, sums.C11);
                sums.C12 = DeviceIntrinsics.FusedMultiplyAdd(l1, r2, sums.C12);
                sums.C13 = DeviceIntrinsics.FusedMultiplyAdd(l1, r3, sums.C13);
                sums.C20 = DeviceIntrinsics.FusedMultiplyAdd(l2, r0, sums.C20);
                sums.C21 = DeviceIntrinsics.FusedMultiplyAdd(l2, r1, sums.C21);
                sums.C22 = DeviceIntrinsics.FusedMultiplyAdd(l2, r2, sums.C22);
                sums.C23 = DeviceIntrinsics.FusedMultiplyAdd(l2, r3, sums.C23);
                sums.C30 = DeviceIntrinsics.FusedMultiplyAdd(l3, r0, sums.C30);
                sums.C31 = DeviceIntrinsics.FusedMultiplyAdd(l3, r1, sums.C31);
                sums.C32 = DeviceIntrinsics.FusedMultiplyAdd(l3, r2, sums.C32);
                sums.C33 = DeviceIntrinsics.FusedMultiplyAdd(l3, r3, sums.C33);
            }

            DeviceIntrinsics.Synchronize();
        }

        return sums;
    }

    // Neighbouring threads read along the stride of 1, whichever that is.
    private static void LoadLeft(
        ProductOperands operands, ArrayView1D<float, Stride1D.Dense> left, int index, int row, int depth, int to)
    {
        var deepFirst = operands.LeftDepthStride == 1;
        var d = deepFirst ? index % Depth : index / Side;
        var r = deepFirst ? index / Depth : index % Side;
        var value = 0f;
        if (row + r < operands.Rows && depth + d < to)
            value = operands.Left[((row + r) * operands.LeftRowStride) + ((depth + d) * operands.LeftDepthStride)];
        left[(d * (Side + 1)) + r] = value;
    }

    private static void LoadRight(
        ProductOperands operands,
        ArrayView1D<float, Stride1D.Dense> right,
        int index,
        int column,
        int columnStep,
        int columnEnd,
        int depth,
        int to)
    {
        var deepFirst = operands.RightDepthStride == 1;
        var d = deepFirst ? index % Depth : index / Side;
        var c = deepFirst ? index / Depth : index % Side;
        var first = column + (c % TTile.Threads);
        var at = first + (c / TTile.Threads * columnStep);
        var value = 0f;
        if (first < columnEnd && at < operands.Columns && depth + d < to)
            value = operands.Right[((depth + d) * operands.RightDepthStride) + (at * operands.RightColumnStride)];
        right[(d * (Side + 1)) + c] = value;
    }
}
