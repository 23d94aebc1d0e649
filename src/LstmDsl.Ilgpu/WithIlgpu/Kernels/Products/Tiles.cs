namespace LstmDsl.Kernels;

/// <summary>
/// The size of a product's tile. A thread has blocks of 4 × 4 sums in registers, two of them a side where tiles are large; a group brings
/// slices of both operands into shared memory.
/// </summary>
internal interface ITile
{
    /// <summary>Threads from top to bottom.</summary>
    static abstract int Down { get; }

    /// <summary>Threads from left to right.</summary>
    static abstract int Across { get; }

    /// <summary>Blocks of a thread, from top to bottom and from left to right: 1 or 2.</summary>
    static abstract int Blocks { get; }

    /// <summary>Depth of a slice: 4, 8 or 16.</summary>
    static abstract int Depth { get; }

    /// <summary>How operands are rounded.</summary>
    static abstract MatrixPrecision Precision { get; }

    /// <summary>Whether warps of 32 threads multiply them together; see <see cref="TensorProduct{TTile}"/>.</summary>
    static abstract bool HasTensorCores { get; }
}

/// <summary>128 × 64, for large products: 128 threads with 64 sums each, for which four reads of shared memory do.</summary>
internal readonly struct Tile128By64 : ITile
{
    public static int Down => 16;

    public static int Across => 8;

    public static int Blocks => 2;

    public static int Depth => 8;

    public static MatrixPrecision Precision => MatrixPrecision.Float32;

    public static bool HasTensorCores => false;
}

/// <summary>64 × 64, in 256 threads.</summary>
internal readonly struct Tile64By64 : ITile
{
    public static int Down => 16;

    public static int Across => 16;

    public static int Blocks => 1;

    public static int Depth => 16;

    public static MatrixPrecision Precision => MatrixPrecision.Float32;

    public static bool HasTensorCores => false;
}

/// <summary>32 × 32, in 64 threads: where larger tiles would be mostly empty, or too few to occupy a device.</summary>
internal readonly struct Tile32By32 : ITile
{
    public static int Down => 8;

    public static int Across => 8;

    public static int Blocks => 1;

    public static int Depth => 16;

    public static MatrixPrecision Precision => MatrixPrecision.Float32;

    public static bool HasTensorCores => false;
}

/// <summary>8 × 8, in four threads: for tests that run groups on ILGPU's CPU accelerator.</summary>
internal readonly struct Tile8By8 : ITile
{
    public static int Down => 2;

    public static int Across => 2;

    public static int Blocks => 1;

    public static int Depth => 4;

    public static MatrixPrecision Precision => MatrixPrecision.Float32;

    public static bool HasTensorCores => false;
}

/// <summary>4 × 4, in one thread, straight from memory: for ILGPU's CPU accelerator, where a barrier costs more than a tile.</summary>
internal readonly struct Tile4By4 : ITile
{
    public static int Down => 1;

    public static int Across => 1;

    public static int Blocks => 1;

    public static int Depth => 4;

    public static MatrixPrecision Precision => MatrixPrecision.Float32;

    public static bool HasTensorCores => false;
}
