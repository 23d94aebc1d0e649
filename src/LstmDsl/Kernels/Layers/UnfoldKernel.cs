using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Lays windows of a block of n samples side by side, and adds gradients up where windows overlap.
/// <code>
/// x (T, n, F)   y (T', n, window·F)
/// forward     y[t, s, j·F + f] = x[t·stride + j·dilation − padding, s, f], 0 beyond the ends
/// backward    dx[τ, s, f] = Σ dy[t, s, j·F + f] over all t, j that read τ, in ascending order
/// </code>
/// </summary>
internal static unsafe class UnfoldKernel<TSweep, T>
    where TSweep : struct, ISweep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>x → y.</summary>
    public static void Forward<TShape>(in HostBlocks<T> blocks, in WeightlessOffsets offsets, int samples)
        where TShape : struct, IUnfoldShape
    {
        var output = blocks.Activations + offsets.Output;
        for (var t = 0; t < TShape.OutputTimesteps; t++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                for (var j = 0; j < TShape.Window; j++, output += TShape.Inputs)
                {
                    var to = new Span<T>(output, TShape.Inputs);
                    var from = UnfoldFormulas.Position<TShape>(t, j);
                    var input = blocks.Activations + offsets.Input + (((from * samples) + sample) * TShape.Inputs);
                    if (from < 0)
                        to.Clear();
                    else
                        new Span<T>(input, TShape.Inputs).CopyTo(to);
                }
            }
        }
    }

    /// <summary>dy → dx.</summary>
    public static void Backward<TShape>(in HostBlocks<T> blocks, in WeightlessOffsets offsets, int samples)
        where TShape : struct, IUnfoldShape
    {
        if (offsets.InputGradient < 0)
            return;

        new Span<T>(blocks.Activations + offsets.InputGradient, TShape.Timesteps * samples * TShape.Inputs).Clear();
        var gradient = blocks.Activations + offsets.OutputGradient;
        for (var t = 0; t < TShape.OutputTimesteps; t++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                for (var j = 0; j < TShape.Window; j++, gradient += TShape.Inputs)
                {
                    var to = UnfoldFormulas.Position<TShape>(t, j);
                    if (to < 0)
                        continue;
                    var inputGradient = blocks.Activations + offsets.InputGradient + (((to * samples) + sample) * TShape.Inputs);
                    GradientSums<TSweep, T>.Add(gradient, inputGradient, TShape.Inputs);
                }
            }
        }
    }
}
