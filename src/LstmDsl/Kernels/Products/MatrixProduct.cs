using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// result (rows, columns) = start (rows, columns) + left (rows, depth) · right (depth, columns).
/// <code>
/// result[i, j] = start[i, j] + Σₖ left[i, k]·right[k, j]      k ascending, one chain of fused multiply-adds for each element
/// </code>
/// Another product may come before the sums, first (rows, first depth) · first panels: x·W + h·U is one pass over its result.
/// Because each element is one chain, its bits depend neither on the tile it falls into nor on the vector width, nor on how many rows are
/// computed together. <see cref="Result"/> may be <see cref="Start"/>; it overlaps neither factor.
/// </summary>
internal readonly unsafe struct MatrixProduct
{
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

    /// <summary>The right factor, its rows dense; not read where <see cref="Panels"/> is set.</summary>
    public float* Right { get; init; }

    /// <summary>Distance of the right factor's rows.</summary>
    public int RightStride { get; init; }

    /// <summary>The right factor as <see cref="PackedWeights"/> lays it out, panel by panel; null where it is not packed.</summary>
    public float* Panels { get; init; }

    /// <summary>Terms of the product before this one; 0 where there is none.</summary>
    public int FirstDepth { get; init; }

    /// <summary>Its left factor, the rows' values one after the other.</summary>
    public float* FirstLeft { get; init; }

    /// <summary>Its right factor, packed.</summary>
    public float* FirstPanels { get; init; }

    /// <summary>Rows of the result.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of the result.</summary>
    public required int Columns { get; init; }

    /// <summary>Terms of each sum.</summary>
    public required int Depth { get; init; }

    // Where only some rows of the packed factor are read: how many it has (0 for as many as are read), and the first of them.
    private int PanelRows { get; init; }

    private int PanelFrom { get; init; }

    // Takes a block of a panel of the unpacked right factor, so that it lies together; null where that does not pay.
    private float* PanelBlock { get; init; }

    /// <summary>The same product, of some rows only.</summary>
    public MatrixProduct Slice(int fromRow, int toRow) => this with
    {
        Result = Result + (fromRow * ResultStride),
        Start = Start == null ? null : Start + (fromRow * StartStride),
        Left = Left + (fromRow * LeftRowStride),
        Rows = toRow - fromRow,
    };

    /// <summary>The same product with some terms of each sum only, which are those rows of its packed right factor.</summary>
    public MatrixProduct SliceDepth(int from, int to) => this with
    {
        Left = Left + (from * LeftDepthStride),
        PanelRows = Depth,
        PanelFrom = from,
        Depth = to - from,
    };

    /// <summary>Computes the product.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public void Run<TLanes>() where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        if (Panels == null && Rows >= RegisterTile.RowsThatShareAPanel && RightStride >= RegisterTile.FarRows)
            RunPacking<TLanes>();
        else
            RunLanes<TLanes>();
    }

    [SkipLocalsInit]
    [MethodImpl(KernelCompilation.Loop)]
    private void RunPacking<TLanes>() where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var block = stackalloc float[(RegisterTile.PanelBytes / sizeof(float)) + 16];
        (this with { PanelBlock = (float*)(((nint)block + 63) & ~63) }).RunLanes<TLanes>();
    }

    [MethodImpl(KernelCompilation.Loop)]
    private void RunLanes<TLanes>() where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        if (Columns >= TLanes.Count)
            RunBlocks<TLanes>();
        else if (Columns >= Lanes256.Count)
            RunBlocks<Lanes256>();
        else if (Columns >= Lanes128.Count)
            RunBlocks<Lanes128>();
        else if (Columns == 1)
            RunBlocks<FewLanes<One>>();
        else if (Columns == 2)
            RunBlocks<FewLanes<Two>>();
        else
            RunBlocks<FewLanes<Three>>();
    }

    [MethodImpl(KernelCompilation.Loop)]
    private void RunBlocks<TLanes>() where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var block = RegisterTile.DepthBlock(TLanes.Count);
        var from = 0;
        do
        {
            var split = new PanelSplit(Columns, TLanes.Count);
            while (split.Next())
            {
                if (PanelBlock != null) PackBlock<TLanes>(split, from, Math.Min(Depth - from, block));
                switch (split.Vectors)
                {
                    case 1: Panel<TLanes, One>(split, from, block); break;
                    case 2: Panel<TLanes, Two>(split, from, block); break;
                    case 3: Panel<TLanes, Three>(split, from, block); break;
                    default: Panel<TLanes, Four>(split, from, block); break;
                }
            }
            from += block;
        }
        while (from < Depth);
    }

    [MethodImpl(KernelCompilation.Loop)]
    private void Panel<TLanes, TVectors>(in PanelSplit split, int from, int block)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TVectors : struct, ICount
    {
        // Dealt evenly: a tile of one row waits for its own sums.
        var most = RegisterTile.RowsOf(TVectors.Value);
        var row = 0;
        for (var tiles = (Rows + most - 1) / most; tiles > 0; tiles--)
        {
            var rows = (Rows - row + tiles - 1) / tiles;
            switch (rows)
            {
                case 1: Tile<TLanes, One, TVectors>(row, split, from, block); break;
                case 2: Tile<TLanes, Two, TVectors>(row, split, from, block); break;
                case 3: Tile<TLanes, Three, TVectors>(row, split, from, block); break;
                case 4: Tile<TLanes, Four, TVectors>(row, split, from, block); break;
                case 5: Tile<TLanes, Five, TVectors>(row, split, from, block); break;
                default: Tile<TLanes, Six, TVectors>(row, split, from, block); break;
            }
            row += rows;
        }
    }

    // The terms from a block of the depth on, added to what the blocks before have left in the result.
    [MethodImpl(KernelCompilation.Loop)]
    private void Tile<TLanes, TRows, TVectors>(int row, in PanelSplit split, int from, int block)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TRows : struct, ICount
        where TVectors : struct, ICount
    {
        nint last = split.Last, resultStride = ResultStride;
        var result = Result + (row * resultStride) + split.Column;
        nint startStride = from > 0 ? resultStride : StartStride;
        var start = from > 0 ? result : Start == null ? null : Start + (row * startStride) + split.Column;
        var sum0 = StartOf<TLanes, TVectors>(start, last);
        var sum1 = TRows.Value > 1 ? StartOf<TLanes, TVectors>(start == null ? null : start + startStride, last) : default;
        var sum2 = TRows.Value > 2 ? StartOf<TLanes, TVectors>(start == null ? null : start + (2 * startStride), last) : default;
        var sum3 = TRows.Value > 3 ? StartOf<TLanes, TVectors>(start == null ? null : start + (3 * startStride), last) : default;
        var sum4 = TRows.Value > 4 ? StartOf<TLanes, TVectors>(start == null ? null : start + (4 * startStride), last) : default;
        var sum5 = TRows.Value > 5 ? StartOf<TLanes, TVectors>(start == null ? null : start + (5 * startStride), last) : default;

        // A packed panel holds its rows one after the other, the last vector behind the others.
        var before = from == 0 && FirstDepth > 0;
        var packed = Panels != null || PanelBlock != null;
        nint rightStride = packed ? TVectors.Value * TLanes.Count : RightStride;
        nint rightLast = packed ? (TVectors.Value - 1) * TLanes.Count : last;
        nint vectorsBefore = split.VectorsBefore * TLanes.Count;
        while (true)
        {
            nint rowStride = before ? FirstDepth : LeftRowStride, depthStride = before ? 1 : LeftDepthStride;
            var left = before ? FirstLeft + (row * rowStride) : Left + (row * rowStride) + (from * depthStride);
            var right = before ? FirstPanels + (vectorsBefore * FirstDepth)
                : PanelBlock != null ? PanelBlock
                : packed ? Panels + (vectorsBefore * (PanelRows == 0 ? Depth : PanelRows)) + ((PanelFrom + from) * rightStride)
                : Right + split.Column + (from * rightStride);
            for (var k = before ? FirstDepth : Math.Min(Depth - from, block); k > 0; k--)
            {
                var vectors = VectorRow<TLanes, TVectors>.Load(right, rightLast);
                sum0.Add(TLanes.Broadcast(left[0]), vectors);
                if (TRows.Value > 1) sum1.Add(TLanes.Broadcast(left[rowStride]), vectors);
                if (TRows.Value > 2) sum2.Add(TLanes.Broadcast(left[2 * rowStride]), vectors);
                if (TRows.Value > 3) sum3.Add(TLanes.Broadcast(left[3 * rowStride]), vectors);
                if (TRows.Value > 4) sum4.Add(TLanes.Broadcast(left[4 * rowStride]), vectors);
                if (TRows.Value > 5) sum5.Add(TLanes.Broadcast(left[5 * rowStride]), vectors);
                left += depthStride;
                right += rightStride;
            }
            if (!before) break;
            before = false;
        }

        sum0.Store(result, last);
        if (TRows.Value > 1) sum1.Store(result + resultStride, last);
        if (TRows.Value > 2) sum2.Store(result + (2 * resultStride), last);
        if (TRows.Value > 3) sum3.Store(result + (3 * resultStride), last);
        if (TRows.Value > 4) sum4.Store(result + (4 * resultStride), last);
        if (TRows.Value > 5) sum5.Store(result + (5 * resultStride), last);
    }

    // Some rows of a panel of the right factor, one after the other, the last vector behind the others.
    [MethodImpl(KernelCompilation.Loop)]
    private void PackBlock<TLanes>(in PanelSplit split, int from, int rows) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        nint stride = RightStride, before = (split.Vectors - 1) * TLanes.Count, last = split.Last;
        var source = Right + split.Column + (from * stride);
        var destination = PanelBlock;
        for (var row = 0; row < rows; row++)
        {
            for (nint column = 0; column < before; column += TLanes.Count)
                TLanes.Store(TLanes.Load(source + column), destination + column);
            TLanes.Store(TLanes.Load(source + last), destination + before);
            source += stride;
            destination += before + TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static VectorRow<TLanes, TVectors> StartOf<TLanes, TVectors>(float* start, nint last)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TVectors : struct, ICount =>
        start == null ? VectorRow<TLanes, TVectors>.Zero : VectorRow<TLanes, TVectors>.Load(start, last);
}
