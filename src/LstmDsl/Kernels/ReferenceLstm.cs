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
        int inputs = TShape.Inputs, units = TShape.Units;
        var kernel = blocks.Parameters + offsets.Kernel;
        var recurrentKernel = blocks.Parameters + offsets.RecurrentKernel;
        for (var t = 0; t < timesteps; t++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                var x = blocks.Activations + offsets.Input + (((t * samples) + sample) * inputs);
                var z = blocks.Activations + offsets.Gates + (t * offsets.GatesStride * samples) + (sample * 4 * units);
                var c = blocks.Activations + offsets.Cells + (t * offsets.CellsStride * samples) + (sample * units);
                var h = blocks.Activations + offsets.Hidden + (t * offsets.HiddenStride * samples) + (sample * units);
                var previousC = c - (offsets.CellsStride * samples);
                var previousH = h - (offsets.HiddenStride * samples);

                for (var column = 0; column < 4 * units; column++)
                {
                    var sum = TShape.UseBias ? blocks.Parameters[offsets.Bias + column] : T.Zero;
                    for (var row = 0; row < inputs; row++)
                        sum += x[row] * kernel[(row * 4 * units) + column];
                    for (var row = 0; t > 0 && row < units; row++)
                        sum += previousH[row] * recurrentKernel[(row * 4 * units) + column];
                    z[column] = sum;
                }

                for (var unit = 0; unit < units; unit++)
                {
                    Scalar<T> i = z[unit], f = z[units + unit], g = z[(2 * units) + unit], o = z[(3 * units) + unit];
                    Scalar<T> before = t > 0 ? previousC[unit] : T.Zero;
                    LstmCell.Forward<TShape, Scalar<T>>(ref i, ref f, ref g, ref o, before, out var cell, out var activatedCell, out var hidden);
                    (z[unit], z[units + unit], z[(2 * units) + unit], z[(3 * units) + unit]) = (i.Value, f.Value, g.Value, o.Value);
                    c[unit] = cell.Value;
                    h[unit] = hidden.Value;
                    if (offsets.ActivatedCells >= 0)
                        blocks.Activations[offsets.ActivatedCells + (((t * samples) + sample) * units) + unit] = activatedCell.Value;
                }
            }
        }
    }

    /// <summary>
    /// Gradients of the output → those of the pre-activations (in the gates' place) and of the input, backwards through time:
    /// dh of a timestep is what its output receives plus dz·Uᵀ of the timestep after; dx = dz·Wᵀ.
    /// </summary>
    public static void Backward(in HostBlocks<T> blocks, in LstmOffsets offsets, int samples, int timesteps)
    {
        int inputs = TShape.Inputs, units = TShape.Units;
        var kernel = blocks.Parameters + offsets.Kernel;
        var recurrentKernel = blocks.Parameters + offsets.RecurrentKernel;
        for (var sample = 0; sample < samples; sample++)
        {
            var dh = blocks.Activations + offsets.StateGradients + (sample * units);
            var dc = dh + (samples * units);
            new Span<T>(dh, units).Clear();
            new Span<T>(dc, units).Clear();
            for (var t = timesteps - 1; t >= 0; t--)
            {
                var row = (t * samples) + sample;
                var z = blocks.Activations + offsets.Gates + (row * 4 * units);
                var c = blocks.Activations + offsets.Cells + (row * units);
                var activatedC = blocks.Activations + offsets.ActivatedCells + (row * units);
                T* received = TShape.ReturnSequences ? blocks.Activations + offsets.OutputGradient + (row * units)
                    : t == timesteps - 1 ? blocks.Activations + offsets.OutputGradient + (sample * units)
                    : null;
                for (var unit = 0; unit < units; unit++)
                {
                    Scalar<T> i = z[unit], f = z[units + unit], g = z[(2 * units) + unit], o = z[(3 * units) + unit];
                    Scalar<T> before = t > 0 ? c[unit - (samples * units)] : T.Zero;
                    Scalar<T> hiddenGradient = received == null ? dh[unit] : dh[unit] + received[unit];
                    Scalar<T> cellGradient = dc[unit];
                    LstmCell.Backward<TShape, Scalar<T>>(ref i, ref f, ref g, ref o, before, activatedC[unit], hiddenGradient, ref cellGradient);
                    (z[unit], z[units + unit], z[(2 * units) + unit], z[(3 * units) + unit]) = (i.Value, f.Value, g.Value, o.Value);
                    dc[unit] = cellGradient.Value;
                }

                for (var unit = 0; unit < units; unit++)
                    dh[unit] = Dot(z, recurrentKernel + (unit * 4 * units), 4 * units);
                for (var input = 0; offsets.InputGradient >= 0 && input < inputs; input++)
                    blocks.Activations[offsets.InputGradient + (row * inputs) + input] = Dot(z, kernel + (input * 4 * units), 4 * units);
            }
        }
    }

    /// <summary>dW += xᵀ·dz, dU += hᵀ·dz with the hidden state of the timestep before, db += dz, over all timesteps and samples in order.</summary>
    public static void Gradients(in HostBlocks<T> blocks, in LstmOffsets offsets, int samples, int timesteps)
    {
        int inputs = TShape.Inputs, units = TShape.Units;
        for (var row = 0; row < timesteps * samples; row++)
        {
            var z = blocks.Activations + offsets.Gates + (row * 4 * units);
            var x = blocks.Activations + offsets.Input + (row * inputs);
            var previousH = blocks.Activations + offsets.Hidden + ((row - samples) * units);
            AddOuterProduct(blocks.Gradients + offsets.Kernel, x, inputs, z, 4 * units);
            if (row >= samples)
                AddOuterProduct(blocks.Gradients + offsets.RecurrentKernel, previousH, units, z, 4 * units);
            for (var column = 0; TShape.UseBias && column < 4 * units; column++)
                blocks.Gradients[offsets.Bias + column] += z[column];
        }
    }

    private static T Dot(T* left, T* right, int length)
    {
        var sum = T.Zero;
        for (var index = 0; index < length; index++)
            sum += left[index] * right[index];
        return sum;
    }

    private static void AddOuterProduct(T* result, T* column, int rows, T* row, int columns)
    {
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
                result[(r * columns) + c] += column[r] * row[c];
        }
    }
}
