namespace LstmDsl.Kernels;

/// <summary>
/// result (rows, columns) = left (rows, depth) · rightᵀ, where right is (columns, depth): what carries gradients back through weights.
/// <code>
/// result[i, j] = Σₖ left[i, k]·right[j, k]
/// </code>
/// Both factors are read along the depth, so each element is a vector of partial sums, lane l over k ≡ l, added up at the end. That order
/// depends on the vector width, but not on the tile that an element falls into. The result overlaps neither factor.
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
    public void Run<TLanes>() where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var column = 0;
        for (; column <= Columns - TileSize; column += TileSize) Panel<TLanes, Four>(column);
        switch (Columns - column)
        {
            case 1: Panel<TLanes, One>(column); break;
            case 2: Panel<TLanes, Two>(column); break;
            case 3: Panel<TLanes, Three>(column); break;
        }
    }

    private void Panel<TLanes, TColumns>(int column)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TColumns : struct, ICount
    {
        var row = 0;
        for (; row <= Rows - TileSize; row += TileSize) Tile<TLanes, Four, TColumns>(row, column);
        switch (Rows - row)
        {
            case 1: Tile<TLanes, One, TColumns>(row, column); break;
            case 2: Tile<TLanes, Two, TColumns>(row, column); break;
            case 3: Tile<TLanes, Three, TColumns>(row, column); break;
        }
    }

    private void Tile<TLanes, TRows, TColumns>(int row, int column)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        VectorRow<TLanes, TColumns> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        var depth = Depth;
        var left = Left + (row * depth);
        var right = Right + (column * depth);
        var k = 0;
        for (; k <= depth - TLanes.Count; k += TLanes.Count)
        {
            var vectors = VectorRow<TLanes, TColumns>.Load(right + k, depth);
            sum0.Add(TLanes.Load(left + k), vectors);
            if (TRows.Value > 1) sum1.Add(TLanes.Load(left + depth + k), vectors);
            if (TRows.Value > 2) sum2.Add(TLanes.Load(left + (2 * depth) + k), vectors);
            if (TRows.Value > 3) sum3.Add(TLanes.Load(left + (3 * depth) + k), vectors);
        }
        if (k < depth)
        {
            var rest = depth - k;
            var vectors = VectorRow<TLanes, TColumns>.LoadPartial(right + k, depth, rest);
            sum0.Add(TLanes.LoadPartial(left + k, rest), vectors);
            if (TRows.Value > 1) sum1.Add(TLanes.LoadPartial(left + depth + k, rest), vectors);
            if (TRows.Value > 2) sum2.Add(TLanes.LoadPartial(left + (2 * depth) + k, rest), vectors);
            if (TRows.Value > 3) sum3.Add(TLanes.LoadPartial(left + (3 * depth) + k, rest), vectors);
        }

        var result = Result + (row * Columns) + column;
        sum0.StoreSums(result);
        if (TRows.Value > 1) sum1.StoreSums(result + Columns);
        if (TRows.Value > 2) sum2.StoreSums(result + (2 * Columns));
        if (TRows.Value > 3) sum3.StoreSums(result + (3 * Columns));
    }
}
