namespace LstmDsl.Kernels;

/// <summary>
/// The size of a product's tile: so many threads a side, each with 4 × 4 sums in registers, so 4·threads rows and columns.
/// </summary>
internal interface ITile
{
    /// <summary>Threads on a side; a group has its square.</summary>
    static abstract int Threads { get; }
}

/// <summary>64 × 64, for large products: 256 threads, 8.3 KB of shared memory.</summary>
internal readonly struct Tile16 : ITile
{
    public static int Threads => 16;
}

/// <summary>32 × 32, where larger tiles would be too few to occupy a device.</summary>
internal readonly struct Tile8 : ITile
{
    public static int Threads => 8;
}

/// <summary>8 × 8, in four threads: for tests that run groups on ILGPU's CPU accelerator.</summary>
internal readonly struct Tile2 : ITile
{
    public static int Threads => 2;
}

/// <summary>4 × 4, in one thread: for ILGPU's CPU accelerator, where a barrier costs more than a tile.</summary>
internal readonly struct Tile1 : ITile
{
    public static int Threads => 1;
}
