using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// result (rows, columns) = left (rows, depth) · rightᵀ, where right is (columns, depth): what carries gradients back through weights.
/// <code>
/// result[i, j] = Σₖ left[i, k]·right[j, k]
/// </code>
/// Both factors are read along the depth, so each element is a vector of partial sums, lane l over k ≡ l, added up at the end; terms that
/// fill no whole vector follow in narrower ones. That order depends on the depth and on the vector width, but not on the tile that an
/// element falls into. The result overlaps neither factor.
/// </summary>
internal readonly unsafe struct TransposedProduct
{
    private const int TileSize = 4;

    /// <summary>Takes the result, (rows, columns), dense.</summary>
    public required float* Result { get; init; }

    /// <summary>The left factor, (rows, depth), dense.</summary>
    public required float* Left { get; init; }

    /// <summary>The right factor, (columns, depth), dense.</summary>
    public required float* Right { get; init; }

    /// <summary>Rows of the result.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of the result.</summary>
    public required int Columns { get; init; }

    /// <summary>Terms of each sum.</summary>
    public required int Depth { get; init; }

    /// <summary>Computes the product.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public void Run<TLanes>() where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        new Span<float>(Result, Rows * Columns).Clear();
        var from = AddDepths<TLanes>(0, Depth / TLanes.Count);
        if (TLanes.Count > Lanes256.Count) from = AddDepths<Lanes256>(from, (Depth - from) / Lanes256.Count);
        if (TLanes.Count > Lanes128.Count) from = AddDepths<Lanes128>(from, (Depth - from) / Lanes128.Count);
        switch (Depth - from)
        {
            case 1: AddDepths<FewLanes<One>>(from, 1); break;
            case 2: AddDepths<FewLanes<Two>>(from, 1); break;
            case 3: AddDepths<FewLanes<Three>>(from, 1); break;
        }
    }

    /// <summary>Adds the terms of so many vectors from <paramref name="from"/> on; returns where they end.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    private int AddDepths<TLanes>(int from, int vectors) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var to = from + (vectors * TLanes.Count);
        if (vectors == 0) return to;
        var column = 0;
        for (; column <= Columns - TileSize; column += TileSize) Panel<TLanes, Four>(column, from, to);
        switch (Columns - column)
        {
            case 1: Panel<TLanes, One>(column, from, to); break;
            case 2: Panel<TLanes, Two>(column, from, to); break;
            case 3: Panel<TLanes, Three>(column, from, to); break;
        }
        return to;
    }

    [MethodImpl(KernelCompilation.Loop)]
    private void Panel<TLanes, TColumns>(int column, int from, int to)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TColumns : struct, ICount
    {
        var row = 0;
        for (; row <= Rows - TileSize; row += TileSize) Tile<TLanes, Four, TColumns>(row, column, from, to);
        switch (Rows - row)
        {
            case 1: Tile<TLanes, One, TColumns>(row, column, from, to); break;
            case 2: Tile<TLanes, Two, TColumns>(row, column, from, to); break;
            case 3: Tile<TLanes, Three, TColumns>(row, column, from, to); break;
        }
    }

    [MethodImpl(KernelCompilation.Loop)]
    private void Tile<TLanes, TRows, TColumns>(int row, int column, int from, int to)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        VectorRow<TLanes, TColumns> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        nint stride = Depth;
        var left = Left + (row * stride) + from;
        var right = Right + (column * stride) + from;
        for (var k = from; k < to; k += TLanes.Count)
        {
            var vectors = VectorRow<TLanes, TColumns>.Load(right, stride);
            sum0.Add(TLanes.Load(left), vectors);
            if (TRows.Value > 1) sum1.Add(TLanes.Load(left + stride), vectors);
            if (TRows.Value > 2) sum2.Add(TLanes.Load(left + (2 * stride)), vectors);
            if (TRows.Value > 3) sum3.Add(TLanes.Load(left + (3 * stride)), vectors);
            left += TLanes.Count;
            right += TLanes.Count;
        }

        nint resultStride = Columns;
        var result = Result + (row * resultStride) + column;
        sum0.AddSumsTo(result);
        if (TRows.Value > 1) sum1.AddSumsTo(result + resultStride);
        if (TRows.Value > 2) sum2.AddSumsTo(result + (2 * resultStride));
        if (TRows.Value > 3) sum3.AddSumsTo(result + (3 * resultStride));
    }
}
