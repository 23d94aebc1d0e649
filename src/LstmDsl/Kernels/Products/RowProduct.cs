using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The one row of a product whose left factor has only one: result (columns) = start (columns) + first (first depth) · first right +
/// left (depth) · right. There is no second row to share a read of the right factor with, so its rows are read as they lie, once, and up to
/// 14 or 16 vectors of sums are live at a time, enough to hide how long each takes.
/// <code>
/// result[j] = start[j] + Σₖ first[k]·firstRight[k, j] + Σₖ left[k]·right[k, j]      one chain for each element, as in MatrixProduct
/// </code>
/// </summary>
internal readonly unsafe struct RowProduct
{
    /// <summary>Takes the result.</summary>
    public required float* Result { get; init; }

    /// <summary>What the sums start from; null for zeros.</summary>
    public required float* Start { get; init; }

    /// <summary>Terms of the product before this one; 0 where there is none.</summary>
    public int FirstDepth { get; init; }

    /// <summary>Its left factor.</summary>
    public float* FirstLeft { get; init; }

    /// <summary>Its right factor, (first depth, columns).</summary>
    public float* FirstRight { get; init; }

    /// <summary>The left factor.</summary>
    public required float* Left { get; init; }

    /// <summary>The right factor, (depth, columns).</summary>
    public required float* Right { get; init; }

    /// <summary>Columns of the result.</summary>
    public required int Columns { get; init; }

    /// <summary>Terms of each sum.</summary>
    public required int Depth { get; init; }

    /// <summary>Computes the product.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public void Run<TLanes>() where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        if (Columns >= TLanes.Count) RunBlocks<TLanes>();
        else if (Columns >= Lanes256.Count) RunBlocks<Lanes256>();
        else if (Columns >= Lanes128.Count) RunBlocks<Lanes128>();
        else if (Columns == 1) RunBlocks<FewLanes<One>>();
        else if (Columns == 2) RunBlocks<FewLanes<Two>>();
        else RunBlocks<FewLanes<Three>>();
    }

    [MethodImpl(KernelCompilation.Loop)]
    private void RunBlocks<TLanes>() where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        // Blocks of nearly the same size: few sums at a time would wait for each other.
        var vectors = (Columns + TLanes.Count - 1) / TLanes.Count;
        var column = 0;
        for (var blocks = (vectors + RegisterTile.RowVectors - 1) / RegisterTile.RowVectors; blocks > 0; blocks--)
        {
            var taken = (vectors + blocks - 1) / blocks;
            vectors -= taken;

            // The last vector of all overlaps the one before it where columns fill no whole vector.
            var last = vectors == 0 ? Columns - TLanes.Count - column : (taken - 1) * TLanes.Count;
            switch (taken)
            {
                case 1: Block<TLanes, One, One>(column, last); break;
                case 2: Block<TLanes, One, Two>(column, last); break;
                case 3: Block<TLanes, One, Three>(column, last); break;
                case 4: Block<TLanes, One, Four>(column, last); break;
                case 5: Block<TLanes, Two, One>(column, last); break;
                case 6: Block<TLanes, Two, Two>(column, last); break;
                case 7: Block<TLanes, Two, Three>(column, last); break;
                case 8: Block<TLanes, Two, Four>(column, last); break;
                case 9: Block<TLanes, Three, One>(column, last); break;
                case 10: Block<TLanes, Three, Two>(column, last); break;
                case 11: Block<TLanes, Three, Three>(column, last); break;
                case 12: Block<TLanes, Three, Four>(column, last); break;
                case 13: Block<TLanes, Four, One>(column, last); break;
                case 14: Block<TLanes, Four, Two>(column, last); break;
                case 15: Block<TLanes, Four, Three>(column, last); break;
                default: Block<TLanes, Four, Four>(column, last); break;
            }
            column += taken * TLanes.Count;
        }
    }

    // Rows of 4 vectors, and a last row of fewer.
    [MethodImpl(KernelCompilation.Loop)]
    private void Block<TLanes, TRows, TVectors>(int column, nint last)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TRows : struct, ICount
        where TVectors : struct, ICount
    {
        nint row = 4 * TLanes.Count, lastOfRow = 3 * TLanes.Count, rest = (TRows.Value - 1) * row, stride = Columns;
        last -= rest;
        var start = Start == null ? null : Start + column;
        var sum0 = TRows.Value > 1 ? StartOf<TLanes, Four>(start, 0, lastOfRow) : default;
        var sum1 = TRows.Value > 2 ? StartOf<TLanes, Four>(start, row, lastOfRow) : default;
        var sum2 = TRows.Value > 3 ? StartOf<TLanes, Four>(start, 2 * row, lastOfRow) : default;
        var sum3 = StartOf<TLanes, TVectors>(start, rest, last);
        for (var before = FirstDepth > 0; ; before = false)
        {
            var left = before ? FirstLeft : Left;
            var right = (before ? FirstRight : Right) + column;
            for (var k = before ? FirstDepth : Depth; k > 0; k--)
            {
                var x = TLanes.Broadcast(*left);
                if (TRows.Value > 1) sum0.Add(x, right, lastOfRow);
                if (TRows.Value > 2) sum1.Add(x, right + row, lastOfRow);
                if (TRows.Value > 3) sum2.Add(x, right + (2 * row), lastOfRow);
                sum3.Add(x, right + rest, last);
                left++;
                right += stride;
            }
            if (!before) break;
        }

        var result = Result + column;
        if (TRows.Value > 1) sum0.Store(result, lastOfRow);
        if (TRows.Value > 2) sum1.Store(result + row, lastOfRow);
        if (TRows.Value > 3) sum2.Store(result + (2 * row), lastOfRow);
        sum3.Store(result + rest, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static VectorRow<TLanes, TVectors> StartOf<TLanes, TVectors>(float* start, nint offset, nint last)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TVectors : struct, ICount =>
        start == null ? VectorRow<TLanes, TVectors>.Zero : VectorRow<TLanes, TVectors>.Load(start + offset, last);
}
