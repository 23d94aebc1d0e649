using ILGPU;

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

    /// <summary>Adds element by element.</summary>
    public void Add(BlockSums other)
    {
        Row0.Add(other.Row0);
        Row1.Add(other.Row1);
        Row2.Add(other.Row2);
        Row3.Add(other.Row3);
    }

    /// <summary>Lays the rows down, each so many fours from the one before, so that neighbouring threads write side by side.</summary>
    public readonly void Write(ArrayView<Quad> view, int first, int step)
    {
        view[first] = Row0;
        view[first + step] = Row1;
        view[first + (2 * step)] = Row2;
        view[first + (3 * step)] = Row3;
    }

    /// <summary>Reads what <see cref="Write"/> laid down.</summary>
    public static BlockSums Read(ArrayView<Quad> view, int first, int step) => new()
    {
        Row0 = view[first],
        Row1 = view[first + step],
        Row2 = view[first + (2 * step)],
        Row3 = view[first + (3 * step)],
    };
}

/// <summary>All sums of a thread: one block, or two by two, the upper ones first.</summary>
internal struct TileSums
{
    public BlockSums Block0, Block1, Block2, Block3;

    /// <summary>A block by its number.</summary>
    public readonly BlockSums Block(int number) => number == 0 ? Block0 : number == 1 ? Block1 : number == 2 ? Block2 : Block3;
}
