namespace LstmDsl.Kernels;

/// <summary>Some samples of a block, one after the other.</summary>
/// <param name="First">The first.</param>
/// <param name="Count">How many.</param>
/// <param name="Of">Samples of the block.</param>
internal readonly record struct SampleRange(int First, int Count, int Of)
{
    /// <summary>All samples of a block.</summary>
    public static SampleRange All(int samples) => new(0, samples, samples);
}
