using ILGPU;

namespace LstmDsl.Kernels;

/// <summary>
/// One tile of left · right. While a group multiplies a slice in shared memory, its threads read the next one into registers, and lay it
/// down in the other half: one barrier a slice. Each thread adds to its sums in ascending order of depth. Thread (y, x) has the rows 4y to
/// 4y + 3 and the columns 4x to 4x + 3; with two blocks a side also those half a tile further.
/// </summary>
internal static class TileProduct<TTile> where TTile : struct, ITile
{
    /// <summary>Threads of a group.</summary>
    public static int GroupSize => TTile.Down * TTile.Across;

    /// <summary>Rows of a tile.</summary>
    public static int Rows => TileLoader<TTile>.Rows;

    /// <summary>Columns of a tile.</summary>
    public static int Columns => TileLoader<TTile>.Columns;

    /// <summary>Floats of shared memory: two slices of left, and behind them two of right.</summary>
    public static int SharedFloats => 2 * (LeftSlice + RightSlice);

    private static int LeftSlice => TTile.Depth * TileLoader<TTile>.LeftStride;

    private static int RightSlice => TTile.Depth * TileLoader<TTile>.RightStride;

    /// <summary>The sums of this thread.</summary>
    /// <param name="operands">What is multiplied.</param>
    /// <param name="shared">Shared memory.</param>
    /// <param name="row">First row of the tile.</param>
    /// <param name="column">First column of the tile; with gates four times its first unit.</param>
    /// <param name="from">Where the sum begins.</param>
    /// <param name="to">Where it ends.</param>
    public static TileSums Run(ProductOperands operands, ArrayView<float> shared, int row, int column, int from, int to)
    {
        var sums = default(TileSums);
        if (GroupSize == 1)
        {
            for (var depth = from; depth < to; depth++)
            {
                var left = TileLoader<TTile>.Round(TileLoader<TTile>.LeftRows(operands, row, depth, to));
                sums.Block0.AddProduct(left, TileLoader<TTile>.Round(TileLoader<TTile>.RightColumns(operands, column, depth, to)));
            }

            return sums;
        }

        var (leftSlices, rightSlices) = (shared, shared.SubView(2 * LeftSlice, 2 * RightSlice));
        TileLoader<TTile>.Store(operands, leftSlices, rightSlices, TileLoader<TTile>.Fetch(operands, row, column, from, to));
        DeviceIntrinsics.Synchronize();
        var current = 0;
        for (var depth = from; depth < to; depth += TTile.Depth)
        {
            var fetched = TileLoader<TTile>.Fetch(operands, row, column, depth + TTile.Depth, to);
            var leftNow = leftSlices.SubView(current * LeftSlice, LeftSlice);
            var rightNow = rightSlices.SubView(current * RightSlice, RightSlice);
            if (TTile.HasTensorCores)
                TensorProduct<TTile>.AddSlice(ref sums, leftNow, rightNow);
            else
                AddSlice(ref sums, leftNow, rightNow);
            current = 1 - current;
            var leftNext = leftSlices.SubView(current * LeftSlice, LeftSlice);
            var rightNext = rightSlices.SubView(current * RightSlice, RightSlice);
            TileLoader<TTile>.Store(operands, leftNext, rightNext, fetched);
            DeviceIntrinsics.Synchronize();
        }

        return sums;
    }

    /// <summary>
    /// Lays a block down in shared memory, which the product needs no more, row by row as the tile has them: what is done with sums is one
    /// loop's then, and not written out for each. A thread finds its own rows and columns there at once, unless tensor cores dealt them out, and
    /// those of others after <see cref="Meet"/>.
    /// </summary>
    public static void Stage(ArrayView<float> shared, BlockSums sums)
    {
        if (TTile.HasTensorCores)
            TensorProduct<TTile>.Stage(shared, sums);
        else
            sums.Write(Quad.Aligned(shared), (RowOfThread * TTile.Across) + TileLoader<TTile>.Quotient(ColumnOfThread, 4), TTile.Across);
    }

    /// <summary>A number of a block that was laid down, by its row and column there.</summary>
    public static float Staged(ArrayView<float> shared, int row, int column) => shared[(row * 4 * TTile.Across) + column];

    /// <summary>Four columns of it, from a multiple of four on.</summary>
    public static Quad StagedQuad(ArrayView<float> shared, int row, int column) =>
        Quad.Aligned(shared)[(row * TTile.Across) + TileLoader<TTile>.Quotient(column, 4)];

    /// <summary>Waits until all threads have come so far: shared memory may be read, or written anew.</summary>
    public static void Meet()
    {
        if (GroupSize > 1)
            DeviceIntrinsics.Synchronize();
    }

    /// <summary>The first row of a thread's upper blocks in its tile.</summary>
    public static int RowOfThread => 4 * TileLoader<TTile>.Quotient(Group.IdxX, TTile.Across);

    /// <summary>The first column of a thread's left blocks in its tile.</summary>
    public static int ColumnOfThread => 4 * (Group.IdxX & (TTile.Across - 1));

    private static void AddSlice(ref TileSums sums, ArrayView<float> left, ArrayView<float> right)
    {
        var ofThread = Quad.Aligned(left.SubView(RowOfThread, LeftSlice - RowOfThread));
        var ofThreadRight = Quad.Aligned(right.SubView(ColumnOfThread, RightSlice - ColumnOfThread));
        AddDepths(ref sums, ofThread, ofThreadRight, 0);
        if (TTile.Depth > 4)
            AddDepths(ref sums, ofThread, ofThreadRight, 4);
        if (TTile.Depth > 8)
        {
            AddDepths(ref sums, ofThread, ofThreadRight, 8);
            AddDepths(ref sums, ofThread, ofThreadRight, 12);
        }
    }

    private static void AddDepths(ref TileSums sums, ArrayView<Quad> left, ArrayView<Quad> right, int depth)
    {
        AddDepth(ref sums, left, right, depth);
        AddDepth(ref sums, left, right, depth + 1);
        AddDepth(ref sums, left, right, depth + 2);
        AddDepth(ref sums, left, right, depth + 3);
    }

    private static void AddDepth(ref TileSums sums, ArrayView<Quad> left, ArrayView<Quad> right, int depth)
    {
        var (rows, columns) = (depth * (TileLoader<TTile>.LeftStride / 4), depth * (TileLoader<TTile>.RightStride / 4));
        var (left0, right0) = (left[rows], right[columns]);
        sums.Block0.AddProduct(left0, right0);
        if (TTile.Blocks == 1)
            return;
        var (left1, right1) = (left[rows + TTile.Down], right[columns + TTile.Across]);
        sums.Block1.AddProduct(left0, right1);
        sums.Block2.AddProduct(left1, right0);
        sums.Block3.AddProduct(left1, right1);
    }
}
