using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The LSTM layer in plain loops. n: samples, F: inputs, u: units; gates in the order i, f, c, o. Nothing may alias but what
/// <see cref="LstmOffsets"/> says: in a prediction each timestep overwrites the gates, cells and hidden states of the one before.
/// </summary>
internal static unsafe class ReferenceLstm<T, TShape>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, ILstmShape
{
    /// <summary>x (timesteps, n, F) → gates (timesteps, n, 4u), cells and hidden states (timesteps, n, u).</summary>
    public static void Forward(in HostBlocks<T> blocks, in LstmOffsets offsets, int samples, int timesteps)
    {
        var layer = RecurrentTensors<T>.Of<TShape>(blocks, offsets, samples, timesteps);
        var units = TShape.Units;
        DroppedProducts<ScalarSweep<T>, T>.DrawMasks<TShape>(blocks, layer);
        for (var t = 0; t < timesteps; t++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                ReferenceRecurrence<T>.PreActivate(layer, t, sample);
                var z = layer.PreActivationsAt(t) + (sample * 4 * units);
                var c = blocks.Activations + offsets.Cells + (t * offsets.CellsStride * samples) + (sample * units);
                var previousC = c - (offsets.CellsStride * samples);
                var h = layer.HiddenAt(t) + (sample * units);
                for (var unit = 0; unit < units; unit++)
                {
                    Scalar<T> i = z[unit], f = z[units + unit], g = z[(2 * units) + unit], o = z[(3 * units) + unit];
                    Scalar<T> before = t >= layer.FirstWithState ? previousC[unit] : T.Zero;
                    LstmCell.Forward<TShape, Scalar<T>>(ref i, ref f, ref g, ref o, before, out var cell, out var activatedCell, out var hidden);
                    (z[unit], z[units + unit], z[(2 * units) + unit], z[(3 * units) + unit]) = (i.Value, f.Value, g.Value, o.Value);
                    c[unit] = cell.Value;
                    h[unit] = hidden.Value;
                    if (offsets.ActivatedCells >= 0)
                        blocks.Activations[offsets.ActivatedCells + (((t * samples) + sample) * units) + unit] = activatedCell.Value;
                }
            }

            var cells = blocks.Activations + offsets.Cells + (t * offsets.CellsStride * samples);
            SkippedTimesteps<T>.Keep(layer, t, layer.HiddenAt(t), layer.HiddenBefore(t));
            SkippedTimesteps<T>.Keep(layer, t, cells, t >= layer.FirstWithState ? cells - (offsets.CellsStride * samples) : null);
        }
    }

    /// <summary>
    /// Gradients of the output → those of the pre-activations (in the gates' place) and of the input, backwards through time:
    /// dh of a timestep is what its output receives plus dz·Uᵀ of the timestep after; dx = dz·Wᵀ.
    /// </summary>
    public static void Backward(in HostBlocks<T> blocks, in LstmOffsets offsets, int samples, int timesteps)
    {
        var layer = RecurrentTensors<T>.Of<TShape>(blocks, offsets, samples, timesteps);
        var units = TShape.Units;
        for (var sample = 0; sample < samples; sample++)
        {
            var dh = blocks.Activations + offsets.StateGradients + (sample * units);
            var dc = dh + (samples * units);
            new Span<T>(dh, units).Clear();
            new Span<T>(dc, units).Clear();
            for (var t = timesteps - 1; t >= 0; t--)
            {
                var z = layer.PreActivationsAt(t) + (sample * 4 * units);
                var c = blocks.Activations + offsets.Cells + (((t * samples) + sample) * units);
                var activatedC = blocks.Activations + offsets.ActivatedCells + (((t * samples) + sample) * units);
                var received = layer.OutputGradientAt(t);
                for (var unit = 0; unit < units && layer.Skips(t, sample); unit++)
                    dh[unit] = received == null ? dh[unit] : dh[unit] + received[(sample * units) + unit];
                if (layer.Skips(t, sample))
                {
                    new Span<T>(z, 4 * units).Clear();
                    ReferenceRecurrence<T>.InputGradient(layer, t, sample);
                    continue;
                }

                for (var unit = 0; unit < units; unit++)
                {
                    Scalar<T> i = z[unit], f = z[units + unit], g = z[(2 * units) + unit], o = z[(3 * units) + unit];
                    Scalar<T> before = t >= layer.FirstWithState ? c[unit - (samples * units)] : T.Zero;
                    Scalar<T> hiddenGradient = received == null ? dh[unit] : dh[unit] + received[(sample * units) + unit];
                    Scalar<T> cellGradient = dc[unit];
                    LstmCell.Backward<TShape, Scalar<T>>(ref i, ref f, ref g, ref o, before, activatedC[unit], hiddenGradient, ref cellGradient);
                    (z[unit], z[units + unit], z[(2 * units) + unit], z[(3 * units) + unit]) = (i.Value, f.Value, g.Value, o.Value);
                    dc[unit] = cellGradient.Value;
                }

                ReferenceRecurrence<T>.CarryBack(layer, t, sample, blocks.Activations + offsets.StateGradients);
                ReferenceRecurrence<T>.InputGradient(layer, t, sample);
            }
        }
    }

    /// <summary>Adds the gradients of the weights, over all timesteps and samples in order.</summary>
    public static void Gradients(in HostBlocks<T> blocks, in LstmOffsets offsets, int samples, int timesteps) =>
        ReferenceRecurrence<T>.AddGradients(
            RecurrentTensors<T>.Of<TShape>(blocks, offsets, samples, timesteps),
            blocks.Gradients + offsets.Kernel,
            blocks.Gradients + offsets.RecurrentKernel,
            blocks.Gradients + offsets.Bias);
}
