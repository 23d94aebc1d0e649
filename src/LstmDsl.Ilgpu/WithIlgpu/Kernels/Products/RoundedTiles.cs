namespace LstmDsl.Kernels;

/// <summary>A precision as a type argument.</summary>
internal interface IMatrixPrecision
{
    /// <summary>The precision.</summary>
    static abstract MatrixPrecision Value { get; }
}

/// <summary><see cref="MatrixPrecision.TensorFloat32"/>.</summary>
internal readonly struct TensorFloat32Precision : IMatrixPrecision
{
    public static MatrixPrecision Value => MatrixPrecision.TensorFloat32;
}

/// <summary><see cref="MatrixPrecision.BFloat16"/>.</summary>
internal readonly struct BFloat16Precision : IMatrixPrecision
{
    public static MatrixPrecision Value => MatrixPrecision.BFloat16;
}

/// <summary>A tile whose operands are rounded and then multiplied as ever: what tensor cores compute, where there are none.</summary>
internal readonly struct RoundedTile<TTile, TPrecision> : ITile
    where TTile : struct, ITile
    where TPrecision : struct, IMatrixPrecision
{
    public static int Down => TTile.Down;

    public static int Across => TTile.Across;

    public static int Blocks => TTile.Blocks;

    public static int Depth => TTile.Depth;

    public static MatrixPrecision Precision => TPrecision.Value;

    public static bool HasTensorCores => false;
}

/// <summary>A tile of 32 × 32 or more whose operands are rounded and multiplied by tensor cores.</summary>
internal readonly struct TensorTile<TTile, TPrecision> : ITile
    where TTile : struct, ITile
    where TPrecision : struct, IMatrixPrecision
{
    public static int Down => TTile.Down;

    public static int Across => TTile.Across;

    public static int Blocks => TTile.Blocks;

    public static int Depth => TTile.Depth;

    public static MatrixPrecision Precision => TPrecision.Value;

    public static bool HasTensorCores => true;
}
