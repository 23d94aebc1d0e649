using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Gives values of a block of n samples in another order.
/// <code>
/// x (T, n, F)   y (T', n, u)   p = start + t·timestepDistance + unit·unitDistance
/// forward     y[t, s, unit] = x[p / F, s, p mod F]
/// backward    dx[p / F, s, p mod F] = dy[t, s, unit], or added to it
/// </code>
/// </summary>
internal static unsafe class RearrangeKernel<TSweep, T>
    where TSweep : struct, ISweep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>x → y.</summary>
    public static void Forward<TShape>(in HostBlocks<T> blocks, in WeightlessOffsets offsets, int samples)
        where TShape : struct, IRearrangeShape
    {
        var input = blocks.Activations + offsets.Input;
        var output = blocks.Activations + offsets.Output;
        for (var t = 0; t < TShape.OutputTimesteps; t++)
        {
            for (var sample = 0; sample < samples; sample++, output += TShape.Units)
            {
                for (int unit = 0, run; unit < TShape.Units; unit += run)
                {
                    run = RearrangeFormulas.Run<TShape>(t, unit);
                    var from = input + RearrangeFormulas.Place<TShape>(t, sample, samples, unit);
                    if (run == 1)
                        output[unit] = *from;
                    else
                        new Span<T>(from, run).CopyTo(new Span<T>(output + unit, run));
                }
            }
        }
    }

    /// <summary>dy → dx.</summary>
    public static void Backward<TShape>(in HostBlocks<T> blocks, in WeightlessOffsets offsets, int samples)
        where TShape : struct, IRearrangeShape
    {
        if (offsets.InputGradient < 0)
            return;

        var inputGradient = blocks.Activations + offsets.InputGradient;
        var gradient = blocks.Activations + offsets.OutputGradient;
        for (var t = 0; t < TShape.OutputTimesteps; t++)
        {
            for (var sample = 0; sample < samples; sample++, gradient += TShape.Units)
            {
                for (int unit = 0, run; unit < TShape.Units; unit += run)
                {
                    run = RearrangeFormulas.Run<TShape>(t, unit);
                    var to = inputGradient + RearrangeFormulas.Place<TShape>(t, sample, samples, unit);
                    if (TShape.AddsInputGradient)
                        GradientSums<TSweep, T>.Add(gradient + unit, to, run);
                    else
                        new Span<T>(gradient + unit, run).CopyTo(new Span<T>(to, run));
                }
            }
        }
    }
}
