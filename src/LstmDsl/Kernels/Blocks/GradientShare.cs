using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// One worker's share of a layer's weight gradients. The result is cut into tiles of a few rows, numbered through all of the layer's
/// tensors in their order, and each share is a run of tiles. Each element of a gradient is one sum in ascending order, whoever computes
/// it, so that its bits do not depend on how many shares there are.
/// </summary>
internal unsafe ref struct GradientShare
{
    private readonly int from;
    private readonly int to;
    private int passed;

    /// <summary>Makes the share of <paramref name="blocks"/> in tensors of so many rows.</summary>
    public GradientShare(in HostBlocks<float> blocks, params ReadOnlySpan<int> rows)
    {
        var tiles = 0;
        foreach (var count in rows) tiles += Tiles(count);
        from = (int)((long)tiles * blocks.Share / blocks.Shares);
        to = (int)((long)tiles * (blocks.Share + 1) / blocks.Shares);
    }

    /// <summary>The rows of a kernel's gradient: a kernel of one column is turned round, so that its inputs fill vectors.</summary>
    public static int KernelRows(int inputs, int units) => units == 1 ? 1 : inputs;

    /// <summary>Adds this share of leftᵀ · gradient: left (rows, inputs), gradient (rows, units), result (inputs, units).</summary>
    public void AddKernel<TLanes>(float* result, float* left, int inputs, float* gradient, int units, int rows)
        where TLanes : unmanaged, IVectorLanes<TLanes> =>
        AddKernel<TLanes>(result, left, inputs, gradient, units, rows, rows, runStride: 0);

    /// <summary>The same where the rows of left lie in runs of so many, each <paramref name="runStride"/> from the one before.</summary>
    public void AddKernel<TLanes>(float* result, float* left, int inputs, float* gradient, int units, int rows, int run, int runStride)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var (from, to) = Take(KernelRows(inputs, units));
        for (var row = 0; row < rows && from < to; row += run)
        {
            var gradients = gradient + ((nint)row * units);
            var product = units == 1
                ? Outer(result, gradients, 1, left, inputs, run)
                : Outer(result, left, inputs, gradients, units, run);
            product.Slice(from, to).Run<TLanes>();
            left += runStride;
        }
    }

    /// <summary>
    /// The same for some columns of a kernel and of a gradient alone, whose rows both lie <paramref name="stride"/> apart. They count as
    /// a tensor of so many rows as there are inputs.
    /// </summary>
    public void AddColumns<TLanes>(float* result, float* left, int inputs, float* gradient, int columns, int stride, int rows)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var (from, to) = Take(inputs);
        if (from == to) return;
        var product = Outer(result, left, inputs, gradient, columns, rows) with
        {
            ResultStride = stride,
            StartStride = stride,
            RightStride = stride,
        };
        product.Slice(from, to).Run<TLanes>();
    }

    /// <summary>Adds this share of the sum of all rows of the gradient (rows, units): the kernel of an input that is always one.</summary>
    public void AddBias<TLanes>(float* result, float* gradient, int units, int rows) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var (from, to) = Take(rows: 1);
        if (from == to) return;
        var one = 1f;
        (Outer(result, &one, 1, gradient, units, rows) with { LeftDepthStride = 0 }).Run<TLanes>();
    }

    // result (inputs, units) += leftᵀ (inputs, rows) · right (rows, units)
    private static MatrixProduct Outer(float* result, float* left, int inputs, float* right, int units, int rows) => new()
    {
        Result = result,
        ResultStride = units,
        Start = result,
        StartStride = units,
        Left = left,
        LeftRowStride = 1,
        LeftDepthStride = inputs,
        Right = right,
        RightStride = units,
        Rows = inputs,
        Columns = units,
        Depth = rows,
    };

    /// <summary>Passes the next tensor, of so many rows; returns those of this share.</summary>
    private (int From, int To) Take(int rows)
    {
        var tiles = Tiles(rows);
        var (first, last) = (Math.Max(from - passed, 0), Math.Min(to - passed, tiles));
        passed += tiles;
        return first < last ? (first * RegisterTile.MostRows, Math.Min(last * RegisterTile.MostRows, rows)) : (0, 0);
    }

    private static int Tiles(int rows) => (rows + RegisterTile.MostRows - 1) / RegisterTile.MostRows;
}
