using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// The passes of a recurrent layer over a block of samples. Where the block is the only one of its batch, and large enough, its samples are
/// shared among threads, which meet at the end of a pass and never within the loop over time. Samples do not meet in these passes, so that
/// no bit depends on it.
/// </summary>
internal sealed class SharedRecurrence<TCell, TLanes> : IParallelJob
    where TCell : struct, IRecurrentCell
    where TLanes : unmanaged, IVectorLanes<TLanes>
{
    private static readonly ObjectPool<SharedRecurrence<TCell, TLanes>> Jobs = new(() => new());

    private HostBlocks<float> blocks;
    private RecurrentOffsets offsets;
    private int samples;
    private int timesteps;
    private int shares;
    private bool isBackward;

    /// <summary>Runs the layer over all timesteps.</summary>
    public static void Forward(in HostBlocks<float> blocks, in RecurrentOffsets offsets, int samples, int timesteps)
    {
        var shares = Shares(blocks, offsets, samples, timesteps);
        if (shares == 1)
            RecurrentKernel<TCell>.Forward<TLanes>(blocks, offsets, SampleRange.All(samples), timesteps);
        else
            Share(blocks, offsets, samples, timesteps, shares, isBackward: false);
    }

    /// <summary>Runs the layer's backward pass through time.</summary>
    public static void Backward(in HostBlocks<float> blocks, in RecurrentOffsets offsets, int samples, int timesteps)
    {
        var shares = Shares(blocks, offsets, samples, timesteps);
        if (shares == 1)
            RecurrentKernel<TCell>.Backward<TLanes>(blocks, offsets, SampleRange.All(samples), timesteps);
        else
            Share(blocks, offsets, samples, timesteps, shares, isBackward: true);
    }

    /// <inheritdoc/>
    public void Run(int part)
    {
        var first = part * samples / shares;
        var range = new SampleRange(first, ((part + 1) * samples / shares) - first, samples);
        if (isBackward)
            RecurrentKernel<TCell>.Backward<TLanes>(blocks, offsets, range, timesteps);
        else
            RecurrentKernel<TCell>.Forward<TLanes>(blocks, offsets, range, timesteps);
    }

    // Recurrent dropout draws and walks its masks for the block as a whole.
    private static int Shares(in HostBlocks<float> blocks, in RecurrentOffsets offsets, int samples, int timesteps) =>
        blocks.Threads <= 1 || offsets.DropoutMasks >= 0
            ? 1
            : BatchCut.Shares(
                samples, blocks.Threads, (long)samples * timesteps * TCell.Gates * TCell.Units * (TCell.Units + TCell.Inputs));

    private static void Share(
        in HostBlocks<float> blocks, in RecurrentOffsets offsets, int samples, int timesteps, int shares, bool isBackward)
    {
        var job = Jobs.Rent();
        (job.blocks, job.offsets, job.samples, job.timesteps) = (blocks, offsets, samples, timesteps);
        (job.shares, job.isBackward) = (shares, isBackward);
        try
        {
            WorkerPool.Shared.Run(job, shares, blocks.Threads);
        }
        finally
        {
            // A job that is kept for later must not keep a model alive.
            job.blocks = default;
            Jobs.Return(job);
        }
    }
}
