using ILGPU;

namespace LstmDsl.Kernels;

/// <summary>
/// A slice of a tile by tensor cores. A warp has 16 rows and 32 columns of each block of the group, as four fragments of 16 × 8 sums side by
/// side; one instruction adds the products of a depth of eight to a fragment. Where in a fragment a thread's numbers lie is the instruction's
/// affair (PTX ISA, "Matrix Fragments for mma.m16n8k8"): thread 4g + t of a warp has of left the rows g and g + 8 at the depths t and t + 4, of
/// right the column g at these depths, and of the sums the columns 2t and 2t + 1 of the rows g and g + 8.
/// </summary>
internal static class TensorProduct<TTile> where TTile : struct, ITile
{
    private const int FragmentRows = 16;
    private const int FragmentColumns = 8;
    private const int FragmentDepth = 8;
    private const int WarpThreads = 32;

    // The thread's g and t.
    private static int Part => (Group.IdxX & (WarpThreads - 1)) >> 2;

    private static int Place => Group.IdxX & 3;

    private static int Warp => Group.IdxX / WarpThreads;

    // Warps side by side within a block: one, or two in blocks of 64 columns.
    private static int RowOfWarp => FragmentRows * (TTile.Across > 8 ? Warp >> 1 : Warp);

    private static int ColumnOfWarp => TTile.Across > 8 ? 4 * FragmentColumns * (Warp & 1) : 0;

    private static int LeftStride => TileLoader<TTile>.LeftStride;

    private static int RightStride => TileLoader<TTile>.RightStride;

    /// <summary>Adds a slice in shared memory.</summary>
    public static void AddSlice(ref TileSums sums, ArrayView<float> left, ArrayView<float> right)
    {
        // What is added to the places of these is a constant each time.
        var (firstLeft, firstRight) = ((Place * LeftStride) + RowOfWarp + Part, (Place * RightStride) + ColumnOfWarp + Part);
        var ofThread = left.SubView(firstLeft, (TTile.Depth * LeftStride) - firstLeft);
        var ofThreadRight = right.SubView(firstRight, (TTile.Depth * RightStride) - firstRight);
        AddDepths(ref sums, ofThread, ofThreadRight, 0);
        if (TTile.Depth > FragmentDepth)
            AddDepths(ref sums, ofThread, ofThreadRight, FragmentDepth);
    }

    /// <summary>Lays a thread's part of a block down, row by row as the tile has them.</summary>
    public static void Stage(ArrayView<float> shared, BlockSums sums)
    {
        Stage(shared, sums.Row0, 0);
        Stage(shared, sums.Row1, 1);
        Stage(shared, sums.Row2, 2);
        Stage(shared, sums.Row3, 3);
    }

    private static void Stage(ArrayView<float> shared, Quad fragment, int number)
    {
        var first = ((RowOfWarp + Part) * 4 * TTile.Across) + ColumnOfWarp + (number * FragmentColumns) + (2 * Place);
        shared[first] = fragment.X;
        shared[first + 1] = fragment.Y;
        shared[first + (FragmentRows / 2 * 4 * TTile.Across)] = fragment.Z;
        shared[first + (FragmentRows / 2 * 4 * TTile.Across) + 1] = fragment.W;
    }

    private static void AddDepths(ref TileSums sums, ArrayView<float> left, ArrayView<float> right, int depth)
    {
        var upper = Left(left, depth * LeftStride);
        var lower = TTile.Blocks == 1 ? upper : Left(left, (depth * LeftStride) + (4 * TTile.Down));
        AddColumns(ref sums.Block0, ref sums.Block2, upper, lower, right, depth * RightStride);
        if (TTile.Blocks > 1)
            AddColumns(ref sums.Block1, ref sums.Block3, upper, lower, right, (depth * RightStride) + (4 * TTile.Across));
    }

    private static void AddColumns(
        ref BlockSums upperSums, ref BlockSums lowerSums, Quad upper, Quad lower, ArrayView<float> right, int first)
    {
        Add(ref upperSums.Row0, ref lowerSums.Row0, upper, lower, right, first);
        Add(ref upperSums.Row1, ref lowerSums.Row1, upper, lower, right, first + FragmentColumns);
        Add(ref upperSums.Row2, ref lowerSums.Row2, upper, lower, right, first + (2 * FragmentColumns));
        Add(ref upperSums.Row3, ref lowerSums.Row3, upper, lower, right, first + (3 * FragmentColumns));
    }

    private static void Add(ref Quad upperSums, ref Quad lowerSums, Quad upper, Quad lower, ArrayView<float> right, int first)
    {
        var (right0, right1) = (right[first], right[first + (FragmentDepth / 2 * RightStride)]);
        upperSums = Multiply(upper, right0, right1, upperSums);
        if (TTile.Blocks > 1)
            lowerSums = Multiply(lower, right0, right1, lowerSums);
    }

    private static Quad Left(ArrayView<float> left, int first) => new()
    {
        X = left[first],
        Y = left[first + (FragmentRows / 2)],
        Z = left[first + (FragmentDepth / 2 * LeftStride)],
        W = left[first + (FragmentDepth / 2 * LeftStride) + (FragmentRows / 2)],
    };

    private static Quad Multiply(Quad left, float right0, float right1, Quad sums) => TTile.Precision == MatrixPrecision.BFloat16
        ? TensorCores.MultiplyBFloat16(left.X, left.Y, left.Z, left.W, right0, right1, sums.X, sums.Y, sums.Z, sums.W)
        : TensorCores.MultiplyTensorFloat32(left.X, left.Y, left.Z, left.W, right0, right1, sums.X, sums.Y, sums.Z, sums.W);
}
