using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>What is done with a tile, which comes as a type argument.</summary>
internal interface ITileVisitor
{
    /// <summary>Does it.</summary>
    void Visit<TTile>() where TTile : struct, ITile;
}

/// <summary>A tile's size, and the threads that it takes; see <see cref="ITile"/>.</summary>
internal readonly record struct TileSize(int Rows, int Columns, int Threads)
{
    /// <summary>The least rows of a tile whose groups are whole warps with whole fragments.</summary>
    private const int LeastOfTensorCores = 32;

    /// <summary>The tile of so many rows.</summary>
    public static TileSize Of(int rows) => rows switch
    {
        128 => Of<Tile128By64>(),
        64 => Of<Tile64By64>(),
        32 => Of<Tile32By32>(),
        8 => Of<Tile8By8>(),
        _ => Of<Tile4By4>(),
    };

    /// <summary>How many tiles cover a result.</summary>
    public int Count(int rows, int columns) => (rows + Rows - 1) / Rows * ((columns + Columns - 1) / Columns);

    /// <summary>Hands a visitor the tile of this size, in the precision of a plan.</summary>
    public void Visit<TVisitor>(LaunchPlan plan, TVisitor visitor) where TVisitor : struct, ITileVisitor
    {
        switch (Rows)
        {
            case 128:
                Visit<Tile128By64, TVisitor>(plan, visitor);
                break;
            case 64:
                Visit<Tile64By64, TVisitor>(plan, visitor);
                break;
            case 32:
                Visit<Tile32By32, TVisitor>(plan, visitor);
                break;
            case 8:
                Visit<Tile8By8, TVisitor>(plan, visitor);
                break;
            default:
                Visit<Tile4By4, TVisitor>(plan, visitor);
                break;
        }
    }

    private static TileSize Of<TTile>() where TTile : struct, ITile =>
        new(TileProduct<TTile>.Rows, TileProduct<TTile>.Columns, TileProduct<TTile>.GroupSize);

    private static void Visit<TTile, TVisitor>(LaunchPlan plan, TVisitor visitor)
        where TTile : struct, ITile
        where TVisitor : struct, ITileVisitor
    {
        switch (plan.Precision)
        {
            case MatrixPrecision.TensorFloat32:
                VisitRounded<TTile, TensorFloat32Precision, TVisitor>(plan, visitor);
                break;
            case MatrixPrecision.BFloat16:
                VisitRounded<TTile, BFloat16Precision, TVisitor>(plan, visitor);
                break;
            default:
                visitor.Visit<TTile>();
                break;
        }
    }

    private static void VisitRounded<TTile, TPrecision, TVisitor>(LaunchPlan plan, TVisitor visitor)
        where TTile : struct, ITile
        where TPrecision : struct, IMatrixPrecision
        where TVisitor : struct, ITileVisitor
    {
        if (plan.HasTensorCores && TileProduct<TTile>.Rows >= LeastOfTensorCores)
            visitor.Visit<TensorTile<TTile, TPrecision>>();
        else
            visitor.Visit<RoundedTile<TTile, TPrecision>>();
    }
}
