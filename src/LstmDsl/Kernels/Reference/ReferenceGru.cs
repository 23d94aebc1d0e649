using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The GRU layer in plain loops. n: samples, F: inputs, u: units; gates in the order z, r, h. Nothing may alias but what
/// <see cref="GruOffsets"/> says: in a prediction each timestep overwrites the gates and hidden states of the one before.
/// </summary>
internal static unsafe class ReferenceGru<T, TShape>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IGruShape
{
    private static int Units => TShape.Units;

    private static int Columns => 3 * TShape.Units;

    private static int RecurrentColumns => TShape.ResetAfter ? Columns : Units;

    /// <summary>x (timesteps, n, F) → gates (timesteps, n, 3u) and hidden states (timesteps, n, u).</summary>
    public static void Forward(in HostBlocks<T> blocks, in GruOffsets offsets, int samples, int timesteps)
    {
        var layer = RecurrentTensors<T>.Of<TShape>(blocks, offsets, samples, timesteps);
        DroppedProducts<ScalarSweep<T>, T>.DrawMasks<TShape>(blocks, layer);
        for (var t = 0; t < timesteps; t++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                ReferenceRecurrence<T>.ProjectInput(layer, t, sample);
                var gates = layer.PreActivationsAt(t) + (sample * Columns);
                var recurrent = RecurrentAt(blocks, offsets, samples, t, sample);
                var state = StateBefore(layer, t, sample);
                var hidden = layer.HiddenAt(t) + (sample * Units);
                if (TShape.ResetAfter)
                    ResetAfter(layer, sample, gates, recurrent, state, hidden);
                else
                    ResetBefore(layer, sample, gates, recurrent, state, hidden);
            }

            SkippedTimesteps<T>.Keep(layer, t, layer.HiddenAt(t), layer.HiddenBefore(t));
        }
    }

    /// <summary>
    /// Gradients of the output → those of the pre-activations (in the gates' place), of the state's part of them and of the input,
    /// backwards through time.
    /// </summary>
    public static void Backward(in HostBlocks<T> blocks, in GruOffsets offsets, int samples, int timesteps)
    {
        var layer = RecurrentTensors<T>.Of<TShape>(blocks, offsets, samples, timesteps);
        for (var sample = 0; sample < samples; sample++)
        {
            var dh = blocks.Activations + offsets.StateGradients + (sample * Units);
            new Span<T>(dh, Units).Clear();
            for (var t = timesteps - 1; t >= 0; t--)
            {
                var gates = layer.PreActivationsAt(t) + (sample * Columns);
                var recurrent = RecurrentAt(blocks, offsets, samples, t, sample);
                var received = layer.OutputGradientAt(t);
                var state = StateBefore(layer, t, sample);
                if (layer.Skips(t, sample))
                {
                    for (var unit = 0; received != null && unit < Units; unit++)
                        dh[unit] += received[(sample * Units) + unit];
                    new Span<T>(gates, Columns).Clear();
                    new Span<T>(recurrent, RecurrentColumns).Clear();
                    ReferenceRecurrence<T>.InputGradient(layer, t, sample);
                    continue;
                }

                for (var unit = 0; unit < Units; unit++)
                {
                    Scalar<T> z = gates[unit], g = gates[(2 * Units) + unit];
                    Scalar<T> gradient = received == null ? dh[unit] : dh[unit] + received[(sample * Units) + unit];
                    dh[unit] = GruCell.StateBackward<TShape, Scalar<T>>(ref z, ref g, At(state, unit), gradient).Value;
                    (gates[unit], gates[(2 * Units) + unit]) = (z.Value, g.Value);
                }

                if (TShape.ResetAfter)
                    ResetAfterBackward(layer, sample, gates, recurrent, dh);
                else
                    ResetBeforeBackward(layer, sample, gates, state, dh);
                ReferenceRecurrence<T>.InputGradient(layer, t, sample);
            }
        }
    }

    /// <summary>Adds the gradients of the weights, over all timesteps and samples in order.</summary>
    public static void Gradients(in HostBlocks<T> blocks, in GruOffsets offsets, int samples, int timesteps)
    {
        var layer = RecurrentTensors<T>.Of<TShape>(blocks, offsets, samples, timesteps);
        if (layer.InputMasks != null)
        {
            GruKernel.DroppedGradients<TShape, ScalarSweep<T>, T>(blocks, offsets, layer);
            return;
        }

        for (var t = 0; t < timesteps; t++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                var gates = layer.PreActivationsAt(t) + (sample * Columns);
                var recurrent = RecurrentAt(blocks, offsets, samples, t, sample);
                var kernel = blocks.Gradients + offsets.Kernel;
                PlainSums<T>.AddOuterProduct(kernel, layer.InputAt(t) + (sample * layer.Inputs), layer.Inputs, gates, Columns);
                var state = StateBefore(layer, t, sample);
                for (var column = 0; column < Columns; column++)
                {
                    var gradient = TShape.ResetAfter ? recurrent[column] : gates[column];
                    for (var row = 0; row < Units; row++)
                    {
                        var multiplied = !TShape.ResetAfter && column >= 2 * Units ? recurrent[row] : At(state, row);
                        blocks.Gradients[offsets.RecurrentKernel + (row * Columns) + column] += multiplied * gradient;
                    }

                    if (TShape.UseBias)
                        blocks.Gradients[offsets.Bias + column] += gates[column];
                    if (TShape.UseBias && TShape.ResetAfter)
                        blocks.Gradients[offsets.Bias + Columns + column] += gradient;
                }
            }
        }
    }

    private static void ResetAfter(in RecurrentTensors<T> layer, int sample, T* gates, T* recurrent, T* state, T* hidden)
    {
        for (var column = 0; column < Columns; column++)
            recurrent[column] = (layer.Bias == null ? T.Zero : layer.Bias[Columns + column]) + Project(layer, sample, state, column);
        for (var unit = 0; unit < Units; unit++)
        {
            Scalar<T> z = gates[unit] + recurrent[unit], r = gates[Units + unit] + recurrent[Units + unit];
            var update = GruCell.Gate<TShape, Scalar<T>>(ref z);
            var reset = GruCell.Gate<TShape, Scalar<T>>(ref r);
            Scalar<T> g = gates[(2 * Units) + unit] + (reset.Value * recurrent[(2 * Units) + unit]);
            hidden[unit] = GruCell.State<TShape, Scalar<T>>(update, ref g, At(state, unit)).Value;
            (gates[unit], gates[Units + unit], gates[(2 * Units) + unit]) = (z.Value, r.Value, g.Value);
        }
    }

    private static void ResetBefore(in RecurrentTensors<T> layer, int sample, T* gates, T* recurrent, T* state, T* hidden)
    {
        for (var unit = 0; unit < Units; unit++)
        {
            Scalar<T> r = gates[Units + unit] + Project(layer, sample, state, Units + unit);
            recurrent[unit] = GruCell.Gate<TShape, Scalar<T>>(ref r).Value * At(state, unit);
            gates[Units + unit] = r.Value;
            gates[unit] += Project(layer, sample, state, unit);
        }

        // From here on h may overwrite the state before it.
        for (var unit = 0; unit < Units; unit++)
        {
            Scalar<T> z = gates[unit];
            Scalar<T> g = gates[(2 * Units) + unit] + Project(layer, sample, recurrent, (2 * Units) + unit);
            var update = GruCell.Gate<TShape, Scalar<T>>(ref z);
            hidden[unit] = GruCell.State<TShape, Scalar<T>>(update, ref g, At(state, unit)).Value;
            (gates[unit], gates[(2 * Units) + unit]) = (z.Value, g.Value);
        }
    }

    private static void ResetAfterBackward(in RecurrentTensors<T> layer, int sample, T* gates, T* recurrent, T* dh)
    {
        for (var unit = 0; unit < Units; unit++)
        {
            Scalar<T> r = gates[Units + unit];
            var gradient = GruCell.ResetBackward<TShape, Scalar<T>>(ref r, recurrent[(2 * Units) + unit], gates[(2 * Units) + unit]);
            gates[Units + unit] = r.Value;
            (recurrent[unit], recurrent[Units + unit], recurrent[(2 * Units) + unit]) = (gates[unit], r.Value, gradient.Value);
        }

        for (var unit = 0; unit < Units; unit++)
            dh[unit] += CarriedBack(layer, sample, recurrent, unit, fromGate: 0, toGate: 3);
    }

    private static void ResetBeforeBackward(in RecurrentTensors<T> layer, int sample, T* gates, T* state, T* dh)
    {
        for (var unit = 0; unit < Units; unit++)
        {
            Scalar<T> r = gates[Units + unit];
            Scalar<T> gradient = CarriedBack(layer, sample, gates, unit, fromGate: 2, toGate: 3);
            dh[unit] += GruCell.ResetBackward<TShape, Scalar<T>>(ref r, At(state, unit), gradient).Value;
            gates[Units + unit] = r.Value;
        }

        for (var unit = 0; unit < Units; unit++)
            dh[unit] += CarriedBack(layer, sample, gates, unit, fromGate: 0, toGate: 2);
    }

    /// <summary>state · one column of U.</summary>
    private static T Project(in RecurrentTensors<T> layer, int sample, T* state, int column)
    {
        var sum = T.Zero;
        for (var row = 0; state != null && row < Units; row++)
            sum += state[row] * Dropout(layer, sample, column / Units, row) * layer.RecurrentKernel[(row * Columns) + column];
        return sum;
    }

    /// <summary>What some gates' gradients send to one unit of the state.</summary>
    private static T CarriedBack(in RecurrentTensors<T> layer, int sample, T* gradients, int unit, int fromGate, int toGate)
    {
        var sum = T.Zero;
        for (var gate = fromGate; gate < toGate; gate++)
        {
            var from = gate * Units;
            var product = PlainSums<T>.Dot(gradients + from, layer.RecurrentKernel + (unit * Columns) + from, Units);
            sum += product * Dropout(layer, sample, gate, unit);
        }

        return sum;
    }

    /// <summary>What recurrent dropout multiplies a unit of the state with, for a gate.</summary>
    private static T Dropout(in RecurrentTensors<T> layer, int sample, int gate, int unit) =>
        layer.InputMasks == null ? T.One : layer.StateMasks[(((gate * layer.Samples) + sample) * Units) + unit];

    private static T* RecurrentAt(in HostBlocks<T> blocks, in GruOffsets offsets, int samples, int t, int sample) =>
        blocks.Activations + offsets.Recurrent + (t * offsets.RecurrentStride * samples) + (sample * RecurrentColumns);

    /// <summary>h of the timestep before; null where there is none.</summary>
    private static T* StateBefore(in RecurrentTensors<T> layer, int t, int sample)
    {
        var before = layer.HiddenBefore(t);
        return before == null ? null : before + (sample * Units);
    }

    private static T At(T* state, int unit) => state == null ? T.Zero : state[unit];
}
