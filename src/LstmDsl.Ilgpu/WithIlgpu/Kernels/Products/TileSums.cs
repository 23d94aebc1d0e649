namespace LstmDsl.Kernels;

/// <summary>The 4 × 4 sums of a thread, row and column; registers, so they have names and no index.</summary>
internal struct TileSums
{
    public float C00, C01, C02, C03;
    public float C10, C11, C12, C13;
    public float C20, C21, C22, C23;
    public float C30, C31, C32, C33;
}
