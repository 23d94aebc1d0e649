using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>The sums of a recurrent layer in plain loops, which are the same whatever its cell.</summary>
internal static unsafe class ReferenceProducts<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>z = b + x·W + h·U of one sample, h the state before.</summary>
    public static void PreActivate(in RecurrentTensors<T> layer, int t, int sample)
    {
        ProjectInput(layer, t, sample);
        var before = layer.HiddenBefore(t);
        if (layer.InputMasks != null)
        {
            if (before != null)
                DroppedProducts<ScalarSweep<T>, T>.AddState(layer, before, layer.PreActivationsAt(t), sample, fromGate: 0, layer.Gates);
            return;
        }

        var previousH = before + (sample * layer.Units);
        var z = layer.PreActivationsAt(t) + (sample * layer.Columns);
        for (var column = 0; before != null && column < layer.Columns; column++)
        {
            for (var row = 0; row < layer.Units; row++)
                z[column] += previousH[row] * layer.RecurrentKernel[(row * layer.Columns) + column];
        }
    }

    /// <summary>z = b + x·W of one sample: what the input alone gives.</summary>
    public static void ProjectInput(in RecurrentTensors<T> layer, int t, int sample)
    {
        if (layer.InputMasks != null)
        {
            DroppedProducts<ScalarSweep<T>, T>.ProjectInput(layer, t, sample);
            return;
        }

        var x = layer.InputAt(t) + (sample * layer.Inputs);
        var z = layer.PreActivationsAt(t) + (sample * layer.Columns);
        for (var column = 0; column < layer.Columns; column++)
        {
            z[column] = layer.Bias == null ? T.Zero : layer.Bias[column];
            for (var row = 0; row < layer.Inputs; row++)
                z[column] += x[row] * layer.Kernel[(row * layer.Columns) + column];
        }
    }

    /// <summary>dz·Uᵀ of one sample: the gradient that a timestep's dz sends to the state (n, u) before it.</summary>
    public static void CarryBack(in RecurrentTensors<T> layer, int t, int sample, T* hiddenGradient)
    {
        if (layer.InputMasks != null)
        {
            DroppedProducts<ScalarSweep<T>, T>.CarryBack(
                layer, layer.PreActivationsAt(t), hiddenGradient, sample, fromGate: 0, layer.Gates, adds: false);
            return;
        }

        var dz = layer.PreActivationsAt(t) + (sample * layer.Columns);
        for (var unit = 0; unit < layer.Units; unit++)
            hiddenGradient[(sample * layer.Units) + unit] = PlainSums<T>.Dot(dz, layer.RecurrentKernel + (unit * layer.Columns), layer.Columns);
    }

    /// <summary>dx = dz·Wᵀ of one sample, if somebody asks for it.</summary>
    public static void InputGradient(in RecurrentTensors<T> layer, int t, int sample)
    {
        if (!layer.AsksForInputGradient)
            return;
        if (layer.InputMasks != null)
        {
            DroppedProducts<ScalarSweep<T>, T>.InputGradient(layer, t, sample);
            return;
        }

        var z = layer.PreActivationsAt(t) + (sample * layer.Columns);
        var gradient = layer.InputGradientAt(t) + (sample * layer.Inputs);
        for (var input = 0; input < layer.Inputs; input++)
        {
            var sum = PlainSums<T>.Dot(z, layer.Kernel + (input * layer.Columns), layer.Columns);
            gradient[input] = layer.AddsInputGradient ? gradient[input] + sum : sum;
        }
    }

    /// <summary>state (u) · one column of U.</summary>
    public static T Project(in RecurrentTensors<T> layer, int sample, T* state, int column)
    {
        var sum = T.Zero;
        for (var row = 0; state != null && row < layer.Units; row++)
            sum += state[row] * Dropout(layer, sample, column / layer.Units, row) * layer.RecurrentKernel[(row * layer.Columns) + column];
        return sum;
    }

    /// <summary>What some gates' gradients (G·u) send to one unit of the state.</summary>
    public static T CarriedBack(in RecurrentTensors<T> layer, int sample, T* gradients, int unit, int fromGate, int toGate)
    {
        var sum = T.Zero;
        for (var gate = fromGate; gate < toGate; gate++)
        {
            var from = gate * layer.Units;
            var product = PlainSums<T>.Dot(gradients + from, layer.RecurrentKernel + (unit * layer.Columns) + from, layer.Units);
            sum += product * Dropout(layer, sample, gate, unit);
        }

        return sum;
    }

    /// <summary>dW += xᵀ·dz, dU += hᵀ·ds with h of the timestep before, db += dz, over all timesteps and samples in order.</summary>
    public static void AddGradients<TCell>(in RecurrentTensors<T> layer, T* kernel, T* recurrentKernel, T* bias)
        where TCell : struct, IRecurrentCell
    {
        if (layer.InputMasks != null)
        {
            DroppedProducts<ScalarSweep<T>, T>.AddGradients<TCell>(layer, kernel, recurrentKernel, bias);
            return;
        }

        for (var t = 0; t < layer.Timesteps; t++)
        {
            for (var sample = 0; sample < layer.Samples; sample++)
            {
                var row = new BackwardRow<TCell, T>(layer, t);
                row.Move(sample);
                PlainSums<T>.AddOuterProduct(kernel, layer.InputAt(t) + (sample * layer.Inputs), layer.Inputs, row.Gates, layer.Columns);
                var gradients = TCell.HasRecurrentPart ? row.Kept : row.Gates;
                for (var column = 0; TCell.HasRecurrentKernel && t >= layer.FirstWithState && column < layer.Columns; column++)
                {
                    var multiplied = TCell.ResetsBefore && column >= (TCell.Gates - 1) * layer.Units ? row.Kept : row.HiddenBefore;
                    for (var unit = 0; unit < layer.Units; unit++)
                        recurrentKernel[(unit * layer.Columns) + column] += multiplied[unit] * gradients[column];
                }

                for (var column = 0; layer.Bias != null && column < layer.Columns; column++)
                {
                    bias[column] += row.Gates[column];
                    if (TCell.HasRecurrentPart)
                        bias[layer.Columns + column] += row.Kept[column];
                }
            }
        }
    }

    /// <summary>What recurrent dropout multiplies a unit of the state with, for a gate.</summary>
    private static T Dropout(in RecurrentTensors<T> layer, int sample, int gate, int unit) =>
        layer.InputMasks == null ? T.One : layer.StateMasks[(((gate * layer.Samples) + sample) * layer.Units) + unit];
}
