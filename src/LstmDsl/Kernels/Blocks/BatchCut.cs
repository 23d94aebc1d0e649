using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// How a batch is cut into blocks of samples that run independently. It depends on the model and the number of samples alone, never on
/// threads, so that results do not either.
/// </summary>
/// <param name="Blocks">Number of blocks.</param>
/// <param name="BlockSamples">Samples of every block but the last, which may have fewer.</param>
/// <param name="OwnGradients">
/// Whether each block sums the weights' gradients into a block of its own, the blocks then being added in order; else one worker sums a
/// tile of the result over all blocks.
/// </param>
internal readonly record struct BatchCut(int Blocks, int BlockSamples, bool OwnGradients)
{
    /// <summary>Samples in a full block: enough rows for the kernels' register tiles, few enough to occupy many cores.</summary>
    public const int FullBlock = 8;

    /// <summary>Up to this size a gradient block stays in a core's cache, and adding blocks costs little beside computing them.</summary>
    private const int LargestOwnGradient = 65_536;

    /// <summary>Samples in a full block of a model whose weights do not fit into a core's cache: each time they are read, they serve more samples.</summary>
    private const int LargeBlock = 32;

    /// <summary>Weights of 1 MiB, and their transposed copy, fill the second-level cache of today's cores.</summary>
    private const int LargestCached = 262_144;

    /// <summary>Samples that are worth a thread of their own: with fewer, reading the weights costs more than the thread gains.</summary>
    private const int SmallestShare = 4;

    /// <summary>Multiply-adds from which on it is worth waking another thread: some 50 µs.</summary>
    private const long WorthSharing = 4_000_000;

    /// <summary>
    /// Among how many threads to share samples whose results do not meet, so that no bit depends on it: predictions, and the passes
    /// of a block that has no other beside it.
    /// </summary>
    /// <param name="samples">The samples.</param>
    /// <param name="threads">Threads that there are.</param>
    /// <param name="products">Multiply-adds of them all.</param>
    public static int Shares(int samples, int threads, long products) =>
        products < WorthSharing ? 1 : Math.Clamp(samples / SmallestShare, 1, Math.Max(threads, 1));

    /// <summary>The cut for a batch.</summary>
    public static BatchCut For(ModelPlan plan, int samples)
    {
        var full = plan.ParameterFloats > LargestCached ? LargeBlock : FullBlock;
        var blocks = (samples + full - 1) / full;
        var blockSamples = (samples + blocks - 1) / blocks;
        return new((samples + blockSamples - 1) / blockSamples, blockSamples, plan.ParameterFloats <= LargestOwnGradient);
    }

    /// <summary>No cut at all: how the reference runs.</summary>
    public static BatchCut Whole(int samples) => new(1, samples, true);
}
