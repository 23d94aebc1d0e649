using System.Numerics;

namespace LstmDsl.Kernels;

/// <summary>The sums of a recurrent layer in plain loops, which are the same whatever its cell.</summary>
internal static unsafe class ReferenceRecurrence<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
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

    /// <summary>dW += xᵀ·dz, dU += hᵀ·dz with h of the timestep before, db += dz, over all timesteps and samples in order.</summary>
    public static void AddGradients(in RecurrentTensors<T> layer, T* kernel, T* recurrentKernel, T* bias)
    {
        if (layer.InputMasks != null)
        {
            DroppedProducts<ScalarSweep<T>, T>.AddInputGradients(layer, kernel, bias);
            DroppedProducts<ScalarSweep<T>, T>.AddStateGradients(
                layer, layer.Hidden, layer.PreActivations, fromGate: 0, layer.Gates, recurrentKernel);
            return;
        }

        for (var t = 0; t < layer.Timesteps; t++)
        {
            for (var sample = 0; sample < layer.Samples; sample++)
            {
                var z = layer.PreActivationsAt(t) + (sample * layer.Columns);
                PlainSums<T>.AddOuterProduct(kernel, layer.InputAt(t) + (sample * layer.Inputs), layer.Inputs, z, layer.Columns);
                if (t >= layer.FirstWithState)
                    PlainSums<T>.AddOuterProduct(recurrentKernel, layer.HiddenAt(t - 1) + (sample * layer.Units), layer.Units, z, layer.Columns);
                for (var column = 0; layer.Bias != null && column < layer.Columns; column++)
                    bias[column] += z[column];
            }
        }
    }
}
