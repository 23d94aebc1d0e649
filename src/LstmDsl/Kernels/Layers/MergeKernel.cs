using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The end of a bidirectional layer over a block of n samples.
/// <code>
/// a, b (T, n, u), b in the order of its processing   y (T, n, u), or (T, n, 2u) for concat
/// forward     y_t from a_t and b_{T−1−t}: side by side, sum, product, mean
/// backward    da_t and db_{T−1−t} from dy_t
/// </code>
/// Nothing overlaps.
/// </summary>
internal static unsafe class MergeKernel<TSweep, T>
    where TSweep : struct, ISweep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>a, b → y.</summary>
    public static void Forward<TShape>(in HostBlocks<T> blocks, in MergeOffsets offsets, int samples, int timesteps)
        where TShape : struct, IMergeShape
    {
        var units = TShape.Units;
        for (var t = 0; t < timesteps; t++)
        {
            var first = blocks.Activations + offsets.Input + (t * samples * units);
            var second = blocks.Activations + offsets.Second + ((timesteps - 1 - t) * samples * units);
            if (TShape.Merge != Merge.Concat)
            {
                var step = new ForwardStep<TShape>(first, second, blocks.Activations + offsets.Output + (t * samples * units));
                TSweep.Run(ref step, 0, samples * units);
                continue;
            }

            var output = blocks.Activations + offsets.Output + (t * samples * 2 * units);
            for (var sample = 0; sample < samples; sample++, first += units, second += units, output += 2 * units)
            {
                new Span<T>(first, units).CopyTo(new Span<T>(output, units));
                new Span<T>(second, units).CopyTo(new Span<T>(output + units, units));
            }
        }
    }

    /// <summary>dy → da, db.</summary>
    public static void Backward<TShape>(in HostBlocks<T> blocks, in MergeOffsets offsets, int samples, int timesteps)
        where TShape : struct, IMergeShape
    {
        var units = TShape.Units;
        for (var t = 0; t < timesteps; t++)
        {
            int from = t * samples * units, turned = (timesteps - 1 - t) * samples * units;
            var firstGradient = blocks.Activations + offsets.InputGradient + from;
            var secondGradient = blocks.Activations + offsets.SecondGradient + turned;
            if (TShape.Merge != Merge.Concat)
            {
                var step = new BackwardStep<TShape>(
                    blocks.Activations + offsets.Input + from, blocks.Activations + offsets.Second + turned,
                    blocks.Activations + offsets.OutputGradient + from, firstGradient, secondGradient);
                TSweep.Run(ref step, 0, samples * units);
                continue;
            }

            var gradient = blocks.Activations + offsets.OutputGradient + (2 * from);
            for (var sample = 0; sample < samples; sample++, firstGradient += units, secondGradient += units, gradient += 2 * units)
            {
                new Span<T>(gradient, units).CopyTo(new Span<T>(firstGradient, units));
                new Span<T>(gradient + units, units).CopyTo(new Span<T>(secondGradient, units));
            }
        }
    }

    private readonly struct ForwardStep<TShape>(T* first, T* second, T* output) : IElementStep<T> where TShape : struct, IMergeShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T> => TLanes.Store(
            MergeFormulas.Forward(TShape.Merge, TLanes.Load(first + index), TLanes.Load(second + index)), output + index);
    }

    private readonly struct BackwardStep<TShape>(T* first, T* second, T* outputGradient, T* firstGradient, T* secondGradient)
        : IElementStep<T>
        where TShape : struct, IMergeShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T>
        {
            var received = TLanes.Load(outputGradient + index);
            TLanes.Store(MergeFormulas.Backward(TShape.Merge, received, TLanes.Load(second + index)), firstGradient + index);
            TLanes.Store(MergeFormulas.Backward(TShape.Merge, received, TLanes.Load(first + index)), secondGradient + index);
        }
    }
}
