using ILGPU;

namespace LstmDsl.Kernels;

/// <summary>
/// result = epilogue(start + left · right). Where a product has few tiles and great depth, the depth is cut into slices of groups of their
/// own, which leave their sums in <see cref="Partials"/>, one matrix after the other; the last group of a tile adds them in order
/// (<see cref="Arrival"/>). How it is cut depends on sizes alone.
/// </summary>
internal struct ProductArguments
{
    public ProductOperands Operands;
    public ArrayView<float> Result;
    public ArrayView<float> Start;

    /// <summary>Where the sums of the row of ones go.</summary>
    public ArrayView<float> OnesResult;

    public ArrayView<float> Partials;
    public ArrayView<int> Counters;
    public int FirstCounter;
    public int HasStart;
    public int StartRowStride;
    public int ResultRowStride;

    /// <summary>Whether start and result lie on 16 bytes wherever four of their columns begin.</summary>
    public int IsAligned;

    public int Slices;
    public int SliceDepth;

    /// <summary>Rows of the result, those of ones among them.</summary>
    public readonly int Rows => Operands.Rows + Operands.HasOnes;
}

/// <summary>A product in tiles.</summary>
internal readonly struct ProductKernel<TTile, TEpilogue> : IDeviceKernel<ProductArguments>
    where TTile : struct, ITile
    where TEpilogue : struct, IEpilogue
{
    public static void Run(ProductArguments arguments)
    {
        var shared = SharedMemory.Allocate1D<float, Stride1D.Dense>(TileProduct<TTile>.SharedFloats, default);
        var tiles = ProductTile<TTile, TEpilogue>.Count(arguments) * arguments.Slices;
        for (var tile = Grid.IdxX; tile < tiles; tile += Grid.DimX)
            ProductTile<TTile, TEpilogue>.Run(arguments, shared, tile);
    }
}

/// <summary>One slice of one tile of a product, and what becomes of its sums.</summary>
internal static class ProductTile<TTile, TEpilogue>
    where TTile : struct, ITile
    where TEpilogue : struct, IEpilogue
{
    /// <summary>How many tiles the result has.</summary>
    public static int Count(ProductArguments arguments) => Across(arguments) * Ceiling(arguments.Rows, TileProduct<TTile>.Rows);

    /// <summary>Runs a slice of a tile; they are numbered slice by slice.</summary>
    public static void Run(ProductArguments arguments, ArrayView<float> shared, int number)
    {
        var tiles = Count(arguments);
        var (slice, tile) = (number / tiles, number % tiles);
        var row = tile / Across(arguments) * TileProduct<TTile>.Rows;
        var column = tile % Across(arguments) * TileProduct<TTile>.Columns;
        var from = slice * arguments.SliceDepth;
        var to = IntrinsicMath.Min(from + arguments.SliceDepth, arguments.Operands.Depth);
        var sums = TileProduct<TTile>.Run(arguments.Operands, shared, row, column, from, to);
        row += TileProduct<TTile>.RowOfThread;
        column += TileProduct<TTile>.ColumnOfThread;
        for (var block = 0; block < TTile.Blocks * TTile.Blocks; block++)
        {
            TileProduct<TTile>.Stage(shared, sums.Block(block));
            if (TTile.HasTensorCores)
                TileProduct<TTile>.Meet();
            for (var r = 0; r < 4; r++)
            {
                var staged = TileProduct<TTile>.StagedQuad(shared, TileProduct<TTile>.RowOfThread + r, TileProduct<TTile>.ColumnOfThread);
                Write(arguments, slice, Row(row, block) + r, Column(column, block), staged);
            }

            if (TTile.HasTensorCores)
                TileProduct<TTile>.Meet();
        }

        TileProduct<TTile>.Meet();
        if (arguments.Slices == 1 || !Arrival.IsLastGroup(arguments.Counters, arguments.FirstCounter + tile, arguments.Slices))
            return;
        for (var block = 0; block < TTile.Blocks * TTile.Blocks; block++)
        {
            for (var r = 0; r < 4; r++)
                AddSlices(arguments, Row(row, block) + r, Column(column, block));
        }
    }

    private static int Row(int row, int block) => row + (block / 2 * 4 * TTile.Down);

    private static int Column(int column, int block) => column + (block % 2 * 4 * TTile.Across);

    private static int Across(ProductArguments arguments) => Ceiling(arguments.Operands.Columns, TileProduct<TTile>.Columns);

    private static int Ceiling(int length, int part) => (length + part - 1) / part;

    private static void Write(ProductArguments arguments, int slice, int row, int column, Quad sums)
    {
        var columns = arguments.Operands.Columns;
        if (row >= arguments.Rows || column >= columns)
            return;
        if (arguments.Slices > 1)
            sums.Write(arguments.Partials, Partial(arguments, slice, row, column), columns - column, columns % 4 == 0 ? 1 : 0);
        else
            Finish(arguments, row, column, sums);
    }

    private static void AddSlices(ProductArguments arguments, int row, int column)
    {
        var columns = arguments.Operands.Columns;
        if (row >= arguments.Rows || column >= columns)
            return;
        var sums = default(Quad);
        for (var slice = 0; slice < arguments.Slices; slice++)
        {
            var first = Partial(arguments, slice, row, column);
            sums.Add(Quad.Read(arguments.Partials, first, 1, columns - column, columns % 4 == 0 ? 1 : 0));
        }

        Finish(arguments, row, column, sums);
    }

    private static int Partial(ProductArguments arguments, int slice, int row, int column) =>
        (((slice * arguments.Rows) + row) * arguments.Operands.Columns) + column;

    private static void Finish(ProductArguments arguments, int row, int column, Quad sums)
    {
        var count = arguments.Operands.Columns - column;
        if (row == arguments.Operands.Rows)
        {
            sums.Add(Quad.Read(arguments.OnesResult, column, 1, count, isAligned: 0));
            sums.Write(arguments.OnesResult, column, count, isAligned: 0);
            return;
        }

        if (arguments.HasStart != 0)
            sums.Add(Quad.Read(arguments.Start, (row * arguments.StartRowStride) + column, 1, count, arguments.IsAligned));
        // Turned round four times: written out for each of the four, an epilogue would be compiled four times as often.
        for (var lane = 0; lane < 4; lane++)
            sums = new Quad { X = sums.Y, Y = sums.Z, Z = sums.W, W = TEpilogue.Apply(sums.X) };
        sums.Write(arguments.Result, (row * arguments.ResultRowStride) + column, count, arguments.IsAligned);
    }
}
