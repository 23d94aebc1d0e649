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
                var terms = Math.Min(Depth - from, block);
                if (PanelBlock != null)
                    PanelLayout.Copy(Right + split.Column + (from * (nint)RightStride), RightStride, terms, split, TLanes.Count, PanelBlock);
                var panel = PanelOf<TLanes>(split, from, terms);
                switch (split.Vectors)
                {
                    case 1: Run<TLanes, One>(panel); break;
                    case 2: Run<TLanes, Two>(panel); break;
                    case 3: Run<TLanes, Three>(panel); break;
                    default: Run<TLanes, Four>(panel); break;
                }
            }
            from += block;
        }
        while (from < Depth);
    }

    // The terms from a block of the depth on, added to what the blocks before have left in the result.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Panel PanelOf<TLanes>(in PanelSplit split, int from, int terms) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        // A packed panel holds its rows one after the other, the last vector behind the others.
        var packed = Panels != null || PanelBlock != null;
        nint width = split.Vectors * TLanes.Count, vectorsBefore = split.VectorsBefore * TLanes.Count;
        nint rightStride = packed ? width : RightStride;
        return new()
        {
            Result = Result + split.Column,
            ResultStride = ResultStride,
            Start = from > 0 ? Result + split.Column : Start == null ? null : Start + split.Column,
            StartStride = from > 0 ? ResultStride : StartStride,
            Last = split.Last,
            FirstDepth = from == 0 ? FirstDepth : 0,
            FirstLeft = FirstLeft,
            FirstRight = FirstPanels + (vectorsBefore * FirstDepth),
            Depth = terms,
            Left = Left + (from * (nint)LeftDepthStride),
            LeftRowStride = LeftRowStride,
            LeftDepthStride = LeftDepthStride,
            Right = PanelBlock != null ? PanelBlock
                : packed ? Panels + (vectorsBefore * (PanelRows == 0 ? Depth : PanelRows)) + ((PanelFrom + from) * rightStride)
                : Right + split.Column + (from * rightStride),
            RightStride = rightStride,
            RightLast = packed ? width - TLanes.Count : split.Last,
        };
    }

    [MethodImpl(KernelCompilation.Loop)]
    private void Run<TLanes, TVectors>(in Panel panel)
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
                case 1: Tile<TLanes, One, TVectors>(row, panel); break;
                case 2: Tile<TLanes, Two, TVectors>(row, panel); break;
                case 3: Tile<TLanes, Three, TVectors>(row, panel); break;
                case 4: Tile<TLanes, Four, TVectors>(row, panel); break;
                case 5: Tile<TLanes, Five, TVectors>(row, panel); break;
                default: Tile<TLanes, Six, TVectors>(row, panel); break;
            }
            row += rows;
        }
    }

    [MethodImpl(KernelCompilation.Loop)]
    private static void Tile<TLanes, TRows, TVectors>(nint row, in Panel panel)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TRows : struct, ICount
        where TVectors : struct, ICount
    {
        VectorRow<TLanes, TVectors> sum0 = default, sum1 = default, sum2 = default, sum3 = default, sum4 = default, sum5 = default;
        var last = panel.Last;
        if (panel.Start != null)
        {
            var startStride = panel.StartStride;
            var start = panel.Start + (row * startStride);
            sum0 = VectorRow<TLanes, TVectors>.Load(start, last);
            if (TRows.Value > 1) sum1 = VectorRow<TLanes, TVectors>.Load(start + startStride, last);
            if (TRows.Value > 2) sum2 = VectorRow<TLanes, TVectors>.Load(start + (2 * startStride), last);
            if (TRows.Value > 3) sum3 = VectorRow<TLanes, TVectors>.Load(start + (3 * startStride), last);
            if (TRows.Value > 4) sum4 = VectorRow<TLanes, TVectors>.Load(start + (4 * startStride), last);
            if (TRows.Value > 5) sum5 = VectorRow<TLanes, TVectors>.Load(start + (5 * startStride), last);
        }

        for (var first = panel.FirstDepth > 0; ; first = false)
        {
            var rowStride = first ? panel.FirstDepth : panel.LeftRowStride;
            var depthStride = first ? 1 : panel.LeftDepthStride;
            var left = (first ? panel.FirstLeft : panel.Left) + (row * rowStride);
            var right = first ? panel.FirstRight : panel.Right;
            var rightStride = first ? TVectors.Value * TLanes.Count : panel.RightStride;
            var rightLast = first ? (TVectors.Value - 1) * TLanes.Count : panel.RightLast;
            for (var k = first ? panel.FirstDepth : panel.Depth; k > 0; k--)
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
            if (!first) break;
        }

        var resultStride = panel.ResultStride;
        var result = panel.Result + (row * resultStride);
        sum0.Store(result, last);
        if (TRows.Value > 1) sum1.Store(result + resultStride, last);
        if (TRows.Value > 2) sum2.Store(result + (2 * resultStride), last);
        if (TRows.Value > 3) sum3.Store(result + (3 * resultStride), last);
        if (TRows.Value > 4) sum4.Store(result + (4 * resultStride), last);
        if (TRows.Value > 5) sum5.Store(result + (5 * resultStride), last);
    }

    // What the tiles of a panel of columns share, over a block of the depth.
    private readonly struct Panel
    {
        public required float* Result { get; init; }

        public required nint ResultStride { get; init; }

        public required float* Start { get; init; }

        public required nint StartStride { get; init; }

        public required nint Last { get; init; }

        public required nint FirstDepth { get; init; }

        public required float* FirstLeft { get; init; }

        public required float* FirstRight { get; init; }

        public required nint Depth { get; init; }

        public required float* Left { get; init; }

        public required nint LeftRowStride { get; init; }

        public required nint LeftDepthStride { get; init; }

        public required float* Right { get; init; }

        public required nint RightStride { get; init; }

        public required nint RightLast { get; init; }
    }
}
