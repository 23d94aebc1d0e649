using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// How kernels are laid out on a device. The bits that a kernel gives depend on slices and, for sums, on groups and their size; all of them
/// follow from sizes alone.
/// </summary>
/// <param name="MaximumGroups">Groups of a launch at most; kernels stride through what is left.</param>
/// <param name="ElementGroup">Threads of a group where threads do not meet; also of a sum, so a power of two.</param>
/// <param name="MaximumSequenceGroup">Threads of a group that runs a recurrent layer, at most.</param>
/// <param name="LargeTile">Threads on the side of a large product's tile: 16, 8, 2 or 1.</param>
/// <param name="SmallTile">Threads on the side of a small product's tile.</param>
/// <param name="LargestSequence">Units up to which one launch runs a recurrent layer's whole sequence.</param>
internal sealed record LaunchPlan(
    int MaximumGroups, int ElementGroup, int MaximumSequenceGroup, int LargeTile, int SmallTile, int LargestSequence)
{
    /// <summary>From so many tiles on, tiles are large: fewer would leave most of a device idle.</summary>
    private const int ManyTiles = 256;

    /// <summary>
    /// Up to 128 units a group reads the recurrent kernel, 256 KB, from the second-level cache in less time than a launch takes.
    /// </summary>
    private const int LargestSequenceOfGpu = 128;

    /// <summary>
    /// ILGPU's CPU accelerator: one thread a group, since its barriers cost more than all else, and as few groups as it has processors.
    /// </summary>
    public static LaunchPlan ForCpuAccelerator { get; } = new(
        MaximumGroups: 2, ElementGroup: 1, MaximumSequenceGroup: 1, LargeTile: 1, SmallTile: 1, LargestSequence: LargestSequenceOfGpu);

    /// <summary>A graphics processor.</summary>
    /// <param name="groupThreads">Threads that it takes in a group at most.</param>
    public static LaunchPlan ForGpu(int groupThreads) => new(
        MaximumGroups: 65_535,
        ElementGroup: Math.Min(GroupSum.Threads, LargestPowerOfTwo(groupThreads)),
        MaximumSequenceGroup: Math.Min(256, groupThreads),
        LargeTile: groupThreads >= 256 ? 16 : groupThreads >= 64 ? 8 : 1,
        SmallTile: groupThreads >= 64 ? 8 : 1,
        LargestSequence: LargestSequenceOfGpu);

    /// <summary>Groups for so much work.</summary>
    public int Groups(int work) => Math.Clamp(work, 1, MaximumGroups);

    /// <summary>Groups for so many elements.</summary>
    public int ElementGroups(int elements) => Groups((elements + ElementGroup - 1) / ElementGroup);

    /// <summary>Groups of a sum over so many elements: each thread has a few, and the groups' sums are added by one thread.</summary>
    public int SumGroups(int elements) => Math.Min(GroupSum.Groups, Groups((elements + (4 * ElementGroup) - 1) / (4 * ElementGroup)));

    /// <summary>Threads of a group that runs a recurrent layer: whole warps of 32, where there are warps.</summary>
    public int SequenceGroup(int units) => Math.Min((units + 31) / 32 * 32, MaximumSequenceGroup);

    /// <summary>Threads on the side of the tiles for a result of that size.</summary>
    public int Tile(int rows, int columns) => Tiles(rows, columns, LargeTile) >= ManyTiles ? LargeTile : SmallTile;

    /// <summary>How many tiles cover a result.</summary>
    public static int Tiles(int rows, int columns, int tile) =>
        (rows + (4 * tile) - 1) / (4 * tile) * ((columns + (4 * tile) - 1) / (4 * tile));

    private static int LargestPowerOfTwo(int atMost) => 1 << Math.Min(30, int.Log2(atMost));
}
