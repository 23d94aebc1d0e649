namespace LstmDsl.Kernels;

/// <summary>4 × 4 sums of a thread, row by row; registers, so they have names and no index.</summary>
internal struct BlockSums
{
    public Quad Row0, Row1, Row2, Row3;

    /// <summary>Adds a column times a row.</summary>
    public void AddProduct(Quad left, Quad right)
    {
        Row0.AddProduct(left.X, right);
        Row1.AddProduct(left.Y, right);
        Row2.AddProduct(left.Z, right);
        Row3.AddProduct(left.W, right);
    }
}

/// <summary>All sums of a thread: one block, or two by two, the upper ones first.</summary>
internal struct TileSums
{
    public BlockSums Block0, Block1, Block2, Block3;
}
