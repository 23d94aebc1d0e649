using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The simple recurrent layer in plain loops. n: samples, F: inputs, u: units. Nothing may alias but what <see cref="SimpleRnnOffsets"/>
/// says: in a prediction each timestep overwrites the pre-activations and hidden states of the one before.
/// </summary>
internal static unsafe class ReferenceSimpleRnn<T, TShape>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, ISimpleRnnShape
{
    /// <summary>x (timesteps, n, F) → pre-activations and hidden states (timesteps, n, u).</summary>
    public static void Forward(in HostBlocks<T> blocks, in SimpleRnnOffsets offsets, int samples, int timesteps)
    {
        var layer = RecurrentTensors<T>.Of<TShape>(blocks, offsets, samples, timesteps);
        DroppedProducts<ScalarSweep<T>, T>.DrawMasks<TShape>(blocks, layer);
        for (var t = 0; t < timesteps; t++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                ReferenceRecurrence<T>.PreActivate(layer, t, sample);
                var z = layer.PreActivationsAt(t) + (sample * layer.Units);
                var h = layer.HiddenAt(t) + (sample * layer.Units);
                for (var unit = 0; unit < layer.Units; unit++)
                    h[unit] = SimpleRnnCell.Forward<TShape, Scalar<T>>(z[unit]).Value;
            }

            SkippedTimesteps<T>.Keep(layer, t, layer.HiddenAt(t), layer.HiddenBefore(t));
        }
    }

    /// <summary>
    /// Gradients of the output → those of the pre-activations (in their place) and of the input, backwards through time:
    /// dh of a timestep is what its output receives plus dz·Uᵀ of the timestep after; dx = dz·Wᵀ.
    /// </summary>
    public static void Backward(in HostBlocks<T> blocks, in SimpleRnnOffsets offsets, int samples, int timesteps)
    {
        var layer = RecurrentTensors<T>.Of<TShape>(blocks, offsets, samples, timesteps);
        for (var sample = 0; sample < samples; sample++)
        {
            var dh = blocks.Activations + offsets.StateGradients + (sample * layer.Units);
            new Span<T>(dh, layer.Units).Clear();
            for (var t = timesteps - 1; t >= 0; t--)
            {
                var received = layer.OutputGradientAt(t);
                var dz = layer.PreActivationsAt(t) + (sample * layer.Units);
                var h = layer.HiddenAt(t) + (sample * layer.Units);
                for (var unit = 0; unit < layer.Units; unit++)
                {
                    if (received != null)
                        dh[unit] += received[(sample * layer.Units) + unit];
                    var kept = TShape.Activation.NeedsInput() ? dz[unit] : h[unit];
                    dz[unit] = layer.Skips(t, sample) ? T.Zero : SimpleRnnCell.Backward<TShape, Scalar<T>>(kept, dh[unit]).Value;
                }

                if (!layer.Skips(t, sample))
                    ReferenceRecurrence<T>.CarryBack(layer, t, sample, blocks.Activations + offsets.StateGradients);
                ReferenceRecurrence<T>.InputGradient(layer, t, sample);
            }
        }
    }

    /// <summary>Adds the gradients of the weights, over all timesteps and samples in order.</summary>
    public static void Gradients(in HostBlocks<T> blocks, in SimpleRnnOffsets offsets, int samples, int timesteps) =>
        ReferenceRecurrence<T>.AddGradients(
            RecurrentTensors<T>.Of<TShape>(blocks, offsets, samples, timesteps),
            blocks.Gradients + offsets.Kernel,
            blocks.Gradients + offsets.RecurrentKernel,
            blocks.Gradients + offsets.Bias);
}
