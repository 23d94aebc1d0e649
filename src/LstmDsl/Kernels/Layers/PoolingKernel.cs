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
        for (var window = 0; window < TShape.OutputTimesteps; window++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                var output = blocks.Activations + offsets.Output + (((window * samples) + sample) * TShape.Units);
                for (var unit = 0; unit < TShape.Units; unit++)
                {
                    var input = Unit<TShape>(blocks, offsets, sample, samples, unit);
                    output[unit] = PoolingFormulas<TShape>.Forward<HostNumbers<T>, Scalar<T>>(input, window).Value;
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

        var width = samples * TShape.Units;
        new Span<T>(blocks.Activations + offsets.InputGradient, TShape.Timesteps * width).Clear();
        for (var window = 0; window < TShape.OutputTimesteps; window++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                var received = blocks.Activations + offsets.OutputGradient + (((window * samples) + sample) * TShape.Units);
                var ofSample = Unit<TShape>(blocks, offsets, sample, samples, unit: 0);
                var count = PoolingFormulas<TShape>.Count<HostNumbers<T>, Scalar<T>>(ofSample, window);
                for (var unit = 0; unit < TShape.Units; unit++)
                {
                    var input = Unit<TShape>(blocks, offsets, sample, samples, unit);
                    var inputGradient = blocks.Activations + offsets.InputGradient + (sample * TShape.Units) + unit;
                    if (TShape.TakesMaximum)
                    {
                        inputGradient[PoolingFormulas<TShape>.Largest<HostNumbers<T>, Scalar<T>>(input, window) * width] += received[unit];
                        continue;
                    }

                    var share = PoolingFormulas<TShape>.Share(received[unit], count).Value;
                    for (var t = PoolingFormulas<TShape>.From(window); t < PoolingFormulas<TShape>.To(window); t++)
                    {
                        if (input.Counts(t))
                            inputGradient[t * width] += share;
                    }
                }
            }
        }
    }

    /// <summary>A unit of a sample through time.</summary>
    private static HostNumbers<T> Unit<TShape>(in HostBlocks<T> blocks, in WeightlessOffsets offsets, int sample, int samples, int unit)
        where TShape : struct, IPoolingShape => new(
            blocks.Activations + offsets.Input + (sample * TShape.Units) + unit, TShape.Timesteps, samples * TShape.Units,
            offsets.Mask > 0 ? blocks.Activations + offsets.Mask + sample : null, samples);
}
