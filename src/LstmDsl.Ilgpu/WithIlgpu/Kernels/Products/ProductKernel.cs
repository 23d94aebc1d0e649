using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>What becomes of a product's elements before they are written.</summary>
internal interface IEpilogue
{
    /// <summary>The element to write.</summary>
    static abstract float Apply(float value);
}

/// <summary>Nothing.</summary>
internal readonly struct NoEpilogue : IEpilogue
{
    public static float Apply(float value) => value;
}

/// <summary>A dense layer's activation.</summary>
internal readonly struct DenseEpilogue<TShape> : IEpilogue where TShape : struct, IDenseShape
{
    public static float Apply(float value) => Activations.Apply(TShape.Activation, new DeviceLane(value)).Value;
}

/// <summary>
/// result = epilogue(start + left · right). Where a product has few tiles and great depth, the depth is cut into slices whose sums go to
/// <see cref="Partials"/>, one matrix after the other, and are added by <see cref="SliceSumKernel"/>; how it is cut depends on sizes alone.
/// </summary>
internal struct ProductArguments
{
    public ProductOperands Operands;
    public ArrayView<float> Result;
    public ArrayView<float> Start;
    public ArrayView<float> Partials;
    public int HasStart;
    public int StartRowStride;
    public int ResultRowStride;
    public int Slices;
    public int SliceDepth;
}

/// <summary>A product in tiles.</summary>
internal readonly struct ProductKernel<TTile, TEpilogue> : IDeviceKernel<ProductArguments>
    where TTile : struct, ITile
    where TEpilogue : struct, IEpilogue
{
    public static void Run(ProductArguments arguments)
    {
        var left = SharedMemory.Allocate1D<float, Stride1D.Dense>(TileProduct<TTile>.SharedFloats, default);
        var right = SharedMemory.Allocate1D<float, Stride1D.Dense>(TileProduct<TTile>.SharedFloats, default);
        var operands = arguments.Operands;
        var across = (operands.Columns + TileProduct<TTile>.Side - 1) / TileProduct<TTile>.Side;
        var down = (operands.Rows + TileProduct<TTile>.Side - 1) / TileProduct<TTile>.Side;
        for (var tile = Grid.IdxX; tile < across * down * arguments.Slices; tile += Grid.DimX)
        {
            var slice = tile / (across * down);
            var place = tile % (across * down);
            var row = place / across * TileProduct<TTile>.Side;
            var column = place % across * TileProduct<TTile>.Side;
            var from = slice * arguments.SliceDepth;
            var to = IntrinsicMath.Min(from + arguments.SliceDepth, operands.Depth);
            var sums = TileProduct<TTile>.Run(operands, left, right, row, column, TTile.Threads, operands.Columns, from, to);
            row += Group.IdxX / TTile.Threads;
            column += Group.IdxX % TTile.Threads;
            WriteRow(arguments, slice, row, column, sums.C00, sums.C01, sums.C02, sums.C03);
            WriteRow(arguments, slice, row + TTile.Threads, column, sums.C10, sums.C11, sums.C12, sums.C13);
            WriteRow(arguments, slice, row + (2 * TTile.Threads), column, sums.C20, sums.C21, sums.C22, sums.C23);
            WriteRow(arguments, slice, row + (3 * TTile.Threads), column, sums.C30, sums.C31, sums.C32, sums.C33);
        }
    }

    private static void WriteRow(ProductArguments arguments, int slice, int row, int column, float c0, float c1, float c2, float c3)
    {
        Write(arguments, slice, row, column, c0);
        Write(arguments, slice, row, column + TTile.Threads, c1);
        Write(arguments, slice, row, column + (2 * TTile.Threads), c2);
        Write(arguments, slice, row, column + (3 * TTile.Threads), c3);
    }

    private static void Write(ProductArguments arguments, int slice, int row, int column, float sum)
    {
        var (rows, columns) = (arguments.Operands.Rows, arguments.Operands.Columns);
        if (row >= rows || column >= columns)
            return;

        if (arguments.Slices > 1)
        {
            arguments.Partials[(((slice * rows) + row) * columns) + column] = sum;
            return;
        }

        if (arguments.HasStart != 0)
            sum += arguments.Start[(row * arguments.StartRowStride) + column];
        arguments.Result[(row * arguments.ResultRowStride) + column] = TEpilogue.Apply(sum);
    }
}

/// <summary>Adds the slices of a product to its result.</summary>
internal struct SliceSumArguments
{
    public ArrayView<float> Result;
    public ArrayView<float> Partials;
    public int Rows;
    public int Columns;
    public int ResultRowStride;
    public int Slices;
}

/// <summary>result += Σ slices, in order.</summary>
internal readonly struct SliceSumKernel : IDeviceKernel<SliceSumArguments>
{
    public static void Run(SliceSumArguments arguments)
    {
        var length = arguments.Rows * arguments.Columns;
        for (var index = GridLoop.First; index < length; index += GridLoop.Step)
        {
            var place = (index / arguments.Columns * arguments.ResultRowStride) + (index % arguments.Columns);
            var sum = arguments.Result[place];
            for (var slice = 0; slice < arguments.Slices; slice++)
                sum += arguments.Partials[(slice * length) + index];
            arguments.Result[place] = sum;
        }
    }
}
