using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// How kernels are laid out on a device. The bits that a kernel gives depend on slices and, for sums, on groups and their size; all of them
/// follow from sizes alone.
/// </summary>
/// <param name="MaximumGroups">Groups of a launch at most; kernels stride through what is left.</param>
/// <param name="ElementGroup">Threads of a group where threads do not meet; also of a sum, so a power of two.</param>
/// <param name="MaximumSequenceGroup">Threads of a group that runs a recurrent layer, at most.</param>
/// <param name="LargeTile">Rows of a large product's tile: 128, 32, 8 or 4.</param>
/// <param name="SmallTile">Rows of a small product's tile.</param>
/// <param name="LargestSequence">Units up to which one launch runs a recurrent layer's whole sequence.</param>
/// <param name="ManyGroups">As many groups as occupy a device: what has fewer tiles is cut in its depth.</param>
/// <param name="SmallestSlice">Such a cut is at least so deep.</param>
internal sealed record LaunchPlan(
    int MaximumGroups,
    int ElementGroup,
    int MaximumSequenceGroup,
    int LargeTile,
    int SmallTile,
    int LargestSequence,
    int ManyGroups,
    int SmallestSlice)
{
    /// <summary>
    /// Up to 128 units a group reads the recurrent kernel, 256 KB, from the second-level cache in less time than a launch takes.
    /// </summary>
    private const int LargestSequenceOfGpu = 128;

    /// <summary>
    /// ILGPU's CPU accelerator: one thread a group, since its barriers cost more than all else, and as few groups as it has processors.
    /// </summary>
    public static LaunchPlan ForCpuAccelerator { get; } = new(
        MaximumGroups: 2,
        ElementGroup: 1,
        MaximumSequenceGroup: 1,
        LargeTile: 4,
        SmallTile: 4,
        LargestSequence: LargestSequenceOfGpu,
        ManyGroups: 1,
        SmallestSlice: 128);

    /// <summary>How products in tiles round their operands.</summary>
    public MatrixPrecision Precision { get; init; }

    /// <summary>Whether tiles of 32 × 32 and more multiply what they round with tensor cores.</summary>
    public bool HasTensorCores { get; init; }

    /// <summary>A graphics processor.</summary>
    /// <param name="groupThreads">Threads that it takes in a group at most.</param>
    public static LaunchPlan ForGpu(int groupThreads) => new(
        MaximumGroups: 65_535,
        ElementGroup: Math.Min(GroupSum.Threads, LargestPowerOfTwo(groupThreads)),
        MaximumSequenceGroup: Math.Min(256, groupThreads),
        LargeTile: groupThreads >= 256 ? 128 : groupThreads >= 64 ? 32 : 4,
        SmallTile: groupThreads >= 64 ? 32 : 4,
        LargestSequence: LargestSequenceOfGpu,
        ManyGroups: 256,
        SmallestSlice: 128);

    /// <summary>Threads of a tile's group, at most.</summary>
    public int MaximumTileGroup => Math.Max(TileSize.Of(Math.Min(LargeTile, 64)).Threads, TileSize.Of(SmallTile).Threads);

    /// <summary>Groups for so much work.</summary>
    public int Groups(int work) => Math.Clamp(work, 1, MaximumGroups);

    /// <summary>Groups for so many elements.</summary>
    public int ElementGroups(int elements) => Groups((elements + ElementGroup - 1) / ElementGroup);

    /// <summary>Groups of a sum over so many elements: each thread has a few, and the groups' sums are added by one thread.</summary>
    public int SumGroups(int elements) => Math.Min(GroupSum.Groups, Groups((elements + (4 * ElementGroup) - 1) / (4 * ElementGroup)));

    /// <summary>Threads of a group that runs a recurrent layer: whole warps of 32, where there are warps.</summary>
    public int SequenceGroup(int units) => Math.Min((units + 31) / 32 * 32, MaximumSequenceGroup);

    /// <summary>The tiles for a result: large ones where there are many, small ones where larger would be half empty.</summary>
    public TileSize Tile(int rows, int columns)
    {
        var large = TileSize.Of(LargeTile);
        if (LargeTile == SmallTile || large.Count(rows, columns) >= ManyGroups / 2)
            return large;
        return Math.Min(rows, columns) > SmallTile ? TileSize.Of(64) : TileSize.Of(SmallTile);
    }

    /// <summary>The tiles for a timestep of a recurrent layer: many small ones rather than few, whose cells few threads would have.</summary>
    public TileSize StepTile(int rows, int columns)
    {
        var medium = TileSize.Of(Math.Min(LargeTile, 64));
        return medium.Count(rows, columns) >= ManyGroups / 8 ? medium : TileSize.Of(SmallTile);
    }

    /// <summary>How many slices the depth of a product of so many tiles is cut into, and how deep they are.</summary>
    public (int Slices, int Depth) Slices(int tiles, int depth)
    {
        var slices = Math.Clamp(ManyGroups / Math.Max(1, tiles), 1, Math.Max(1, depth / SmallestSlice));
        // Whole slices of any tile's, which lie on 16 bytes then.
        var sliceDepth = slices == 1 ? depth : (((depth + slices - 1) / slices) + 15) / 16 * 16;
        return (slices == 1 ? 1 : (depth + sliceDepth - 1) / sliceDepth, sliceDepth);
    }

    /// <summary>Floats for the sums of all slices of a product at most, whatever its tiles are.</summary>
    /// <param name="elements">Elements of the result.</param>
    /// <param name="depth">Its depth.</param>
    public long PartialFloats(long elements, int depth) =>
        ManyGroups == 1 || depth < 2 * SmallestSlice ? 0 : Math.Min(ManyGroups * 128L * 64, depth / SmallestSlice * elements);

    private static int LargestPowerOfTwo(int atMost) => 1 << Math.Min(30, int.Log2(atMost));
}
