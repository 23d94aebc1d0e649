using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace LstmDsl.Kernels;

/// <summary>
/// The one table of a product's blocks: how many rows and vectors its register tile has, and how deep a block is. No number changes a bit of
/// a product: each element is one chain of sums, whatever its tile.
/// </summary>
/// <remarks>
/// A tile of r rows and v vectors keeps r·v sums, v vectors of the right factor and one of the left.
/// <code>
/// registers                             tile      of them in use    loads for each multiply-add
/// 32 (AVX-512 at any width, ARM64)      6 × 4     29                10 / 24
/// 16 (AVX2, SSE)                        6 × 2     15                 8 / 12      with more, sums would be spilled at every step
///                                       4 × 3     16                 7 / 12      where three vectors remain
/// </code>
/// </remarks>
internal static class RegisterTile
{
    /// <summary>Most rows of a tile.</summary>
    public const int MostRows = 6;

    /// <summary>Bytes of a panel of the right factor that stay in the first-level cache, beside what is read of the left.</summary>
    public const int PanelBytes = 32 * 1024;

    /// <summary>From so many rows on, a panel of the right factor that does not lie together is copied before it is multiplied.</summary>
    public const int RowsThatShareAPanel = 4 * MostRows;

    /// <summary>From so many numbers between its rows on: closer rows are read as they lie.</summary>
    public const int FarRows = 128;

    private static bool HasManyRegisters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512F.VL.IsSupported || AdvSimd.IsSupported;
    }

    private static int MostVectors
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => HasManyRegisters ? 4 : 2;
    }

    /// <summary>Most sums of a product of one row, which keeps one of the left factor beside them.</summary>
    public static int RowVectors
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => HasManyRegisters ? 16 : 14;
    }

    /// <summary>Vectors of the next panel, of so many that are left.</summary>
    /// <remarks>
    /// Panels of 3 and 2 or 3 rather than 4 and 1 or 2, and of 3 rather than 2 and 1: the narrower a panel, the more loads a product takes;
    /// and the last vector never stands alone.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int VectorsOf(int left) => left == 3 || (HasManyRegisters && left is 5 or 6) ? 3 : Math.Min(left, MostVectors);

    /// <summary>Most rows of a tile of so many vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RowsOf(int vectors) => vectors == 3 && !HasManyRegisters ? 4 : MostRows;

    /// <summary>Rows of the right factor that are taken at a time, for vectors of so many lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DepthBlock(int lanes) => PanelBytes / (MostVectors * lanes * sizeof(float));
}
