using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Pools windows of timesteps of a block of n samples; what a window holds beyond the ends, or of padding, does not count.
/// <code>
/// x (T, n, u)   y (T', n, u)
/// forward     y[t] = max or mean of x[t·stride + j − padding] over j from 0 to window − 1
/// backward    dx: dy to the first of the largest, or dy over their number to each
/// </code>
/// </summary>
internal static unsafe class PoolingKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>x → y.</summary>
    public static void Forward<TShape>(in HostBlocks<T> blocks, in WeightlessOffsets offsets, int samples)
        where TShape : struct, IPoolingShape
    {
        for (var t = 0; t < TShape.OutputTimesteps; t++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                var output = blocks.Activations + offsets.Output + (((t * samples) + sample) * TShape.Units);
                for (var unit = 0; unit < TShape.Units; unit++)
                {
                    var input = blocks.Activations + offsets.Input + (sample * TShape.Units) + unit;
                    output[unit] = TShape.TakesMaximum
                        ? input[Largest<TShape>(input, t, samples) * samples * TShape.Units]
                        : Mean<TShape>(blocks, offsets, input, t, sample, samples);
                }
            }
        }
    }

    /// <summary>dy → dx.</summary>
    public static void Backward<TShape>(in HostBlocks<T> blocks, in WeightlessOffsets offsets, int samples)
        where TShape : struct, IPoolingShape
    {
        if (offsets.InputGradient < 0)
            return;

        new Span<T>(blocks.Activations + offsets.InputGradient, TShape.Timesteps * samples * TShape.Units).Clear();
        for (var t = 0; t < TShape.OutputTimesteps; t++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                var gradient = blocks.Activations + offsets.OutputGradient + (((t * samples) + sample) * TShape.Units);
                var count = Count<TShape>(blocks, offsets, t, sample, samples);
                for (var unit = 0; unit < TShape.Units; unit++)
                {
                    var input = blocks.Activations + offsets.Input + (sample * TShape.Units) + unit;
                    var inputGradient = blocks.Activations + offsets.InputGradient + (sample * TShape.Units) + unit;
                    if (TShape.TakesMaximum)
                    {
                        inputGradient[Largest<TShape>(input, t, samples) * samples * TShape.Units] += gradient[unit];
                        continue;
                    }

                    for (var position = PoolingWindow.From<TShape>(t); position < PoolingWindow.To<TShape>(t); position++)
                    {
                        if (Counts(blocks, offsets, position, sample, samples))
                            inputGradient[position * samples * TShape.Units] += gradient[unit] / count;
                    }
                }
            }
        }
    }

    /// <summary>The first timestep of a window that has its largest value.</summary>
    private static int Largest<TShape>(T* input, int t, int samples) where TShape : struct, IPoolingShape
    {
        var largest = PoolingWindow.From<TShape>(t);
        for (var position = largest + 1; position < PoolingWindow.To<TShape>(t); position++)
        {
            if (input[position * samples * TShape.Units] > input[largest * samples * TShape.Units])
                largest = position;
        }

        return largest;
    }

    private static T Mean<TShape>(in HostBlocks<T> blocks, in WeightlessOffsets offsets, T* input, int t, int sample, int samples)
        where TShape : struct, IPoolingShape
    {
        var sum = T.Zero;
        for (var position = PoolingWindow.From<TShape>(t); position < PoolingWindow.To<TShape>(t); position++)
        {
            if (Counts(blocks, offsets, position, sample, samples))
                sum += input[position * samples * TShape.Units];
        }

        return sum / Count<TShape>(blocks, offsets, t, sample, samples);
    }

    /// <summary>How many timesteps of a window count; 1 rather than 0, since nothing is to be divided then.</summary>
    private static T Count<TShape>(in HostBlocks<T> blocks, in WeightlessOffsets offsets, int t, int sample, int samples)
        where TShape : struct, IPoolingShape
    {
        var count = 0;
        for (var position = PoolingWindow.From<TShape>(t); position < PoolingWindow.To<TShape>(t); position++)
        {
            if (Counts(blocks, offsets, position, sample, samples))
                count++;
        }

        return T.CreateTruncating(Math.Max(count, 1));
    }

    private static bool Counts(in HostBlocks<T> blocks, in WeightlessOffsets offsets, int position, int sample, int samples) =>
        offsets.Mask <= 0 || blocks.Activations[offsets.Mask + (position * samples) + sample] != T.Zero;
}
