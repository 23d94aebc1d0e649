using ILGPU;

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

    /// <summary>Whether left is brought along its depth, because it lies side by side there; else row after row.</summary>
    public int LeftAlongDepth;

    /// <summary>The same of right; else column after column.</summary>
    public int RightAlongDepth;

    /// <summary>Whether four numbers of left that are brought together always lie on 16 bytes, and come at once.</summary>
    public int LeftIsAligned;

    /// <summary>The same of right.</summary>
    public int RightIsAligned;

    public int Rows;
    public int Columns;
    public int Depth;

    /// <summary>1 where a row of ones follows left's last, whose products are sums of right's columns.</summary>
    public int HasOnes;

    /// <summary>Says how the operands are brought, by views and strides; not in a kernel.</summary>
    public void Align()
    {
        LeftAlongDepth = LeftDepthStride == 1 && HasOnes == 0 ? 1 : 0;
        RightAlongDepth = RightDepthStride == 1 ? 1 : 0;
        var (leftStep, leftStride) = LeftAlongDepth != 0 ? (LeftDepthStride, LeftRowStride) : (LeftRowStride, LeftDepthStride);
        var (rightStep, rightStride) =
            RightAlongDepth != 0 ? (RightDepthStride, RightColumnStride) : (RightColumnStride, RightDepthStride);
        LeftIsAligned = Left.Length >= 4 && Quad.IsAligned(Left) && leftStep == 1 && leftStride % 4 == 0 ? 1 : 0;
        RightIsAligned = Right.Length >= 4 && Quad.IsAligned(Right) && rightStep == 1 && rightStride % 4 == 0 ? 1 : 0;
    }
}

/// <summary>What a thread brings of a slice: one or two fours of each operand, on their way to shared memory.</summary>
internal struct Fetched
{
    public Quad Left0, Left1, Right0, Right1;
}

/// <summary>How the threads of a group bring a slice of both operands into shared memory, depth by depth, rows and columns side by side.</summary>
internal static class TileLoader<TTile> where TTile : struct, ITile
{
    private static int Threads => TTile.Down * TTile.Across;

    /// <summary>Rows of a tile.</summary>
    public static int Rows => 4 * TTile.Down * TTile.Blocks;

    /// <summary>Columns of a tile.</summary>
    public static int Columns => 4 * TTile.Across * TTile.Blocks;

    /// <summary>
    /// Floats from one depth to the next in shared memory: four more than a tile has, so that what is laid down across depths falls into
    /// different banks; eight where a warp reads four depths of eight rows at once.
    /// </summary>
    public static int LeftStride => Rows + (TTile.HasTensorCores ? 8 : 4);

    /// <summary>The same of right.</summary>
    public static int RightStride => Columns + (TTile.HasTensorCores ? 8 : 4);

    /// <summary>Reads a slice that begins at a depth; zeros beyond the edges.</summary>
    public static Fetched Fetch(ProductOperands operands, int row, int column, int depth, int to)
    {
        var thread = Group.IdxX;
        var fetched = default(Fetched);
        fetched.Left0 = Left(operands, thread, row, depth, to);
        if (Rows * TTile.Depth > 4 * Threads)
            fetched.Left1 = Left(operands, thread + Threads, row, depth, to);
        fetched.Right0 = Right(operands, thread, column, depth, to);
        if (Columns * TTile.Depth > 4 * Threads)
            fetched.Right1 = Right(operands, thread + Threads, column, depth, to);
        return fetched;
    }

    /// <summary>Lays a slice down in shared memory, rounded.</summary>
    public static void Store(ProductOperands operands, ArrayView<float> left, ArrayView<float> right, Fetched fetched)
    {
        var thread = Group.IdxX;
        Store(left, thread, Rows, LeftStride, operands.LeftAlongDepth, fetched.Left0);
        if (Rows * TTile.Depth > 4 * Threads)
            Store(left, thread + Threads, Rows, LeftStride, operands.LeftAlongDepth, fetched.Left1);
        Store(right, thread, Columns, RightStride, operands.RightAlongDepth, fetched.Right0);
        if (Columns * TTile.Depth > 4 * Threads)
            Store(right, thread + Threads, Columns, RightStride, operands.RightAlongDepth, fetched.Right1);
    }

    /// <summary>Four rows of left at a depth.</summary>
    public static Quad LeftRows(ProductOperands operands, int row, int depth, int to)
    {
        var count = depth < to ? operands.Rows - row : 0;
        var first = (row * operands.LeftRowStride) + (depth * operands.LeftDepthStride);
        var isAligned = operands.LeftAlongDepth == 0 ? operands.LeftIsAligned : 0;
        var quad = Quad.Read(operands.Left, first, operands.LeftRowStride, count, isAligned);
        if (operands.HasOnes != 0 && depth < to)
        {
            if (count == 0)
                quad.X = 1;
            if (count == 1)
                quad.Y = 1;
            if (count == 2)
                quad.Z = 1;
            if (count == 3)
                quad.W = 1;
        }

        return quad;
    }

    /// <summary>Four columns of right at a depth.</summary>
    public static Quad RightColumns(ProductOperands operands, int column, int depth, int to)
    {
        var first = (column * operands.RightColumnStride) + (depth * operands.RightDepthStride);
        var isAligned = operands.RightAlongDepth == 0 ? operands.RightIsAligned : 0;
        return Quad.Read(operands.Right, first, operands.RightColumnStride, depth < to ? operands.Columns - column : 0, isAligned);
    }

    /// <summary>A number from 0 on divided by a power of two up to 64, which costs one instruction.</summary>
    public static int Quotient(int number, int power) =>
        number >> (power == 1 ? 0 : power == 2 ? 1 : power == 4 ? 2 : power == 8 ? 3 : power == 16 ? 4 : power == 32 ? 5 : 6);

    /// <summary>What such a division leaves.</summary>
    public static int Remainder(int number, int power) => number & (power - 1);

    private static Quad Left(ProductOperands operands, int place, int row, int depth, int to)
    {
        if (operands.LeftAlongDepth == 0)
            return LeftRows(operands, row + (4 * Remainder(place, Rows / 4)), depth + Quotient(place, Rows / 4), to);
        var r = row + Quotient(place, TTile.Depth / 4);
        var d = depth + (4 * Remainder(place, TTile.Depth / 4));
        return Quad.Read(operands.Left, (r * operands.LeftRowStride) + d, 1, r < operands.Rows ? to - d : 0, operands.LeftIsAligned);
    }

    private static Quad Right(ProductOperands operands, int place, int column, int depth, int to)
    {
        if (operands.RightAlongDepth == 0)
            return RightColumns(operands, column + (4 * Remainder(place, Columns / 4)), depth + Quotient(place, Columns / 4), to);
        var c = column + Quotient(place, TTile.Depth / 4);
        var d = depth + (4 * Remainder(place, TTile.Depth / 4));
        return Quad.Read(
            operands.Right, (c * operands.RightColumnStride) + d, 1, c < operands.Columns ? to - d : 0, operands.RightIsAligned);
    }

    /// <summary>Rounds four numbers as the tile has them.</summary>
    public static Quad Round(Quad quad)
    {
        if (TTile.Precision != MatrixPrecision.Float32)
            quad = new() { X = Round(quad.X), Y = Round(quad.Y), Z = Round(quad.Z), W = Round(quad.W) };
        return quad;
    }

    // Tensor cores round to bfloat16 themselves.
    private static float Round(float value) => TTile.Precision == MatrixPrecision.BFloat16
        ? TTile.HasTensorCores ? value : Rounding.ToBFloat16(value)
        : TTile.HasTensorCores ? TensorCores.RoundToTensorFloat32(value) : Rounding.ToTensorFloat32(value);

    private static void Store(ArrayView<float> view, int place, int side, int stride, int alongDepth, Quad fetched)
    {
        var quad = Round(fetched);
        if (alongDepth == 0)
        {
            Quad.Aligned(view)[(Quotient(place, side / 4) * (stride / 4)) + Remainder(place, side / 4)] = quad;
            return;
        }

        var first = (4 * Remainder(place, TTile.Depth / 4) * stride) + Quotient(place, TTile.Depth / 4);
        view[first] = quad.X;
        view[first + stride] = quad.Y;
        view[first + (2 * stride)] = quad.Z;
        view[first + (3 * stride)] = quad.W;
    }
}
