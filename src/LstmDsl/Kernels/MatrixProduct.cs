using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// result (rows, columns) = start (rows, columns) + left (rows, depth) · right (depth, columns).
/// <code>
/// result[i, j] = start[i, j] + Σₖ left[i, k]·right[k, j]      k ascending, one chain of fused multiply-adds for each element
/// </code>
/// Because each element is one chain, its bits depend neither on the tile it falls into nor on the vector width, nor on how many rows are
/// computed together. <see cref="Result"/> may be <see cref="Start"/>; it overlaps neither factor.
/// </summary>
internal readonly unsafe struct MatrixProduct
{
    /// <summary>Rows of a register tile: 4 rows of 4 vectors fill half of the 32 registers that AVX-512 and ARM64 have.</summary>
    public const int TileRows = 4;

    /// <summary>Depth of a block: 4 vectors of that many rows of the right factor stay in the first-level cache.</summary>
    private const int DepthBlock = 128;

    /// <summary>Takes the result.</summary>
    public required float* Result { get; init; }

    /// <summary>Distance of the result's rows.</summary>
    public required int ResultStride { get; init; }

    /// <summary>What the sums start from; null for zeros.</summary>
    public required float* Start { get; init; }

    /// <summary>Distance of the start's rows; 0 for one row that all share, such as a bias.</summary>
    public required int StartStride { get; init; }

    /// <summary>The left factor.</summary>
    public required float* Left { get; init; }

    /// <summary>Distance of the left factor's rows; with <see cref="LeftDepthStride"/> it also reads a transposed factor.</summary>
    public required int LeftRowStride { get; init; }

    /// <summary>Distance of the left factor's values along the depth.</summary>
    public required int LeftDepthStride { get; init; }

    /// <summary>The right factor, its rows dense.</summary>
    public required float* Right { get; init; }

    /// <summary>Distance of the right factor's rows.</summary>
    public required int RightStride { get; init; }

    /// <summary>Rows of the result.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of the result.</summary>
    public required int Columns { get; init; }

    /// <summary>Terms of each sum.</summary>
    public required int Depth { get; init; }

    /// <summary>The same product, of some rows only.</summary>
    public MatrixProduct Slice(int fromRow, int toRow) => this with
    {
        Result = Result + (fromRow * ResultStride),
        Start = Start == null ? null : Start + (fromRow * StartStride),
        Left = Left + (fromRow * LeftRowStride),
        Rows = toRow - fromRow,
    };

    /// <summary>Computes the product.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public void Run<TLanes>() where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var from = 0;
        do
        {
            var block = this with
            {
                Start = from == 0 ? Start : Result,
                StartStride = from == 0 ? StartStride : ResultStride,
                Left = Left + (from * LeftDepthStride),
                Right = Right + (from * RightStride),
                Depth = Math.Min(Depth - from, DepthBlock),
            };
            block.RunBlock<TLanes>();
            from += DepthBlock;
        }
        while (from < Depth);
    }

    [MethodImpl(KernelCompilation.Loop)]
    private void RunBlock<TLanes>() where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var column = 0;
        for (; column <= Columns - (4 * TLanes.Count); column += 4 * TLanes.Count) Panel<TLanes, Four>(column);
        switch ((Columns - column) / TLanes.Count)
        {
            case 1: Panel<TLanes, One>(column); break;
            case 2: Panel<TLanes, Two>(column); break;
            case 3: Panel<TLanes, Three>(column); break;
        }
        column = Columns / TLanes.Count * TLanes.Count;
        if (TLanes.Count > Lanes256.Count && column <= Columns - Lanes256.Count)
        {
            Panel<Lanes256, One>(column);
            column += Lanes256.Count;
        }
        if (TLanes.Count > Lanes128.Count && column <= Columns - Lanes128.Count)
        {
            Panel<Lanes128, One>(column);
            column += Lanes128.Count;
        }
        switch (Columns - column)
        {
            case 1: Panel<FewLanes<One>, One>(column); break;
            case 2: Panel<FewLanes<Two>, One>(column); break;
            case 3: Panel<FewLanes<Three>, One>(column); break;
        }
    }

    [MethodImpl(KernelCompilation.Loop)]
    private void Panel<TLanes, TVectors>(int column)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TVectors : struct, ICount
    {
        var row = 0;
        for (; row <= Rows - TileRows; row += TileRows) Tile<TLanes, Four, TVectors>(row, column);
        switch (Rows - row)
        {
            case 1: Tile<TLanes, One, TVectors>(row, column); break;
            case 2: Tile<TLanes, Two, TVectors>(row, column); break;
            case 3: Tile<TLanes, Three, TVectors>(row, column); break;
        }
    }

    [MethodImpl(KernelCompilation.Loop)]
    private void Tile<TLanes, TRows, TVectors>(int row, int column)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TRows : struct, ICount
        where TVectors : struct, ICount
    {
        var sum0 = StartOf<TLanes, TVectors>(row, column);
        var sum1 = TRows.Value > 1 ? StartOf<TLanes, TVectors>(row + 1, column) : default;
        var sum2 = TRows.Value > 2 ? StartOf<TLanes, TVectors>(row + 2, column) : default;
        var sum3 = TRows.Value > 3 ? StartOf<TLanes, TVectors>(row + 3, column) : default;

        nint rowStride = LeftRowStride, depthStride = LeftDepthStride, rightStride = RightStride;
        var left = Left + (row * rowStride);
        var right = Right + column;
        for (var k = Depth; k > 0; k--)
        {
            var vectors = VectorRow<TLanes, TVectors>.Load(right, TLanes.Count);
            sum0.Add(TLanes.Broadcast(left[0]), vectors);
            if (TRows.Value > 1) sum1.Add(TLanes.Broadcast(left[rowStride]), vectors);
            if (TRows.Value > 2) sum2.Add(TLanes.Broadcast(left[2 * rowStride]), vectors);
            if (TRows.Value > 3) sum3.Add(TLanes.Broadcast(left[3 * rowStride]), vectors);
            left += depthStride;
            right += rightStride;
        }

        var result = Result + (row * ResultStride) + column;
        sum0.Store(result);
        if (TRows.Value > 1) sum1.Store(result + ResultStride);
        if (TRows.Value > 2) sum2.Store(result + (2 * ResultStride));
        if (TRows.Value > 3) sum3.Store(result + (3 * ResultStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private VectorRow<TLanes, TVectors> StartOf<TLanes, TVectors>(int row, int column)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TVectors : struct, ICount =>
        Start == null
            ? VectorRow<TLanes, TVectors>.Zero
            : VectorRow<TLanes, TVectors>.Load(Start + (row * StartStride) + column, TLanes.Count);
}
