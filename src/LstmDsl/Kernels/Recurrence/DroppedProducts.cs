using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The products of a recurrent layer with recurrent dropout, one sample at a time: input and state have a mask a gate (Gal and Ghahramani,
/// 2016), so that no product takes all gates at once.
/// <code>
/// forward     z_g += (m_g·v)·W_g            v the input or the state, W_g the gate's columns of its kernel
/// backward    dv = Σ m_g · (dz_g·W_gᵀ)
/// gradients   dW_g += (m_g·v)ᵀ·dz_g
/// </code>
/// </summary>
internal static unsafe class DroppedProducts<TSweep, T>
    where TSweep : struct, ISweep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Draws the masks of all samples of a layer that has any.</summary>
    public static void DrawMasks<TCell>(in HostBlocks<T> blocks, in RecurrentTensors<T> layer) where TCell : struct, IRecurrentCell
    {
        for (var gate = 0; gate < layer.Gates; gate++)
        {
            var ofInput = layer.InputMasks + (gate * layer.Samples * layer.Inputs);
            if (TCell.Dropout > 0)
                DropoutKernel<T>.DrawMask(blocks.Dropout, TCell.Dropout, TCell.Layer, gate, ofInput, layer.Samples, layer.Inputs);
            else
                new Span<T>(ofInput, layer.Samples * layer.Inputs).Fill(T.One);

            var ofState = layer.StateMasks + (gate * layer.Samples * layer.Units);
            var counted = (DropoutDraws.GatesPerLayer / 2) + gate;
            DropoutKernel<T>.DrawMask(blocks.Dropout, TCell.RecurrentDropout, TCell.Layer, counted, ofState, layer.Samples, layer.Units);
        }
    }

    /// <summary>z = b + x·W of a timestep.</summary>
    public static void ProjectInput(in RecurrentTensors<T> layer, int t, int sample)
    {
        var z = layer.PreActivationsAt(t) + (sample * layer.Columns);
        if (layer.Bias == null)
            new Span<T>(z, layer.Columns).Clear();
        else
            new Span<T>(layer.Bias, layer.Columns).CopyTo(new Span<T>(z, layer.Columns));
        Project(layer, layer.InputAt(t) + (sample * layer.Inputs), layer.InputMasks, layer.Inputs, layer.Kernel, sample, 0, layer.Gates, z);
    }

    /// <summary>Adds what some gates make of the state (n, u) to their columns of the result (n, G·u).</summary>
    public static void AddState(in RecurrentTensors<T> layer, T* state, T* result, int sample, int fromGate, int toGate) => Project(
        layer, state + (sample * layer.Units), layer.StateMasks, layer.Units, layer.RecurrentKernel, sample, fromGate, toGate,
        result + (sample * layer.Columns));

    /// <summary>The gradient that some gates' dz (n, G·u) send to the state (n, u).</summary>
    public static void CarryBack(
        in RecurrentTensors<T> layer, T* gradients, T* result, int sample, int fromGate, int toGate, bool adds) => Back(
        layer, gradients + (sample * layer.Columns), layer.StateMasks, layer.Units, layer.RecurrentKernel, sample, fromGate, toGate,
        result + (sample * layer.Units), adds);

    /// <summary>The gradient of the input, if somebody asks for it.</summary>
    public static void InputGradient(in RecurrentTensors<T> layer, int t, int sample)
    {
        if (!layer.AsksForInputGradient)
            return;
        Back(
            layer, layer.PreActivationsAt(t) + (sample * layer.Columns), layer.InputMasks, layer.Inputs, layer.Kernel, sample,
            0, layer.Gates, layer.InputGradientAt(t) + (sample * layer.Inputs), layer.AddsInputGradient);
    }

    /// <summary>Adds the gradients of the weights, over all timesteps and samples in order.</summary>
    public static void AddGradients<TCell>(in RecurrentTensors<T> layer, T* kernel, T* recurrentKernel, T* bias)
        where TCell : struct, IRecurrentCell
    {
        AddInputGradients(layer, kernel, bias);
        if (TCell.ResetsBefore)
        {
            var last = TCell.Gates - 1;
            AddStateGradients(layer, layer.Hidden, layer.PreActivations, fromGate: 0, toGate: last, recurrentKernel);
            // Here the state times the reset gate stands at the timestep that it is used at, not at the one before.
            AddStateGradients(layer, layer.KeptAt(1), layer.PreActivations, last, TCell.Gates, recurrentKernel);
            return;
        }

        var gradients = TCell.HasRecurrentPart ? layer.Kept : layer.PreActivations;
        AddStateGradients(layer, layer.Hidden, gradients, fromGate: 0, TCell.Gates, recurrentKernel);
        for (var index = 0; TCell.HasRecurrentPart && layer.Bias != null && index < layer.Timesteps * layer.Samples * layer.Columns; index++)
            bias[layer.Columns + (index % layer.Columns)] += gradients[index];
    }

    /// <summary>Adds the gradients of the kernel and of the bias, over all timesteps and samples in order.</summary>
    private static void AddInputGradients(in RecurrentTensors<T> layer, T* kernel, T* bias)
    {
        for (var t = 0; t < layer.Timesteps; t++)
        {
            for (var sample = 0; sample < layer.Samples; sample++)
            {
                var z = layer.PreActivationsAt(t) + (sample * layer.Columns);
                var x = layer.InputAt(t) + (sample * layer.Inputs);
                AddGradient(layer, x, layer.InputMasks, layer.Inputs, sample, 0, layer.Gates, z, kernel);
                if (layer.Bias != null)
                    AddScaled(z, T.One, bias, layer.Columns);
            }
        }
    }

    /// <summary>
    /// Adds the gradient of some gates' columns of the recurrent kernel: what was multiplied (T, n, u), timestep t of it with the gradients
    /// (T, n, G·u) of the one after. Where the layer has a state before its first timestep, one of it lies before (T, n, u).
    /// </summary>
    private static void AddStateGradients(
        in RecurrentTensors<T> layer, T* multiplied, T* gradients, int fromGate, int toGate, T* recurrentKernel)
    {
        for (var t = layer.FirstWithState - 1; t < layer.Timesteps - 1; t++)
        {
            for (var sample = 0; sample < layer.Samples; sample++)
            {
                AddGradient(
                    layer, multiplied + (((t * layer.Samples) + sample) * layer.Units), layer.StateMasks, layer.Units, sample,
                    fromGate, toGate, gradients + ((((t + 1) * layer.Samples) + sample) * layer.Columns), recurrentKernel);
            }
        }
    }

    private static void Project(
        in RecurrentTensors<T> layer, T* row, T* masks, int width, T* weights, int sample, int fromGate, int toGate, T* result)
    {
        for (var index = 0; index < width; index++)
        {
            for (var gate = fromGate; gate < toGate; gate++)
            {
                var factor = row[index] * Mask(layer, masks, width, sample, gate)[index];
                var from = gate * layer.Units;
                AddScaled(weights + (index * layer.Columns) + from, factor, result + from, layer.Units);
            }
        }
    }

    private static void Back(
        in RecurrentTensors<T> layer, T* gradients, T* masks, int width, T* weights, int sample, int fromGate, int toGate,
        T* result, bool adds)
    {
        for (var index = 0; index < width; index++)
        {
            var sum = adds ? result[index] : T.Zero;
            for (var gate = fromGate; gate < toGate; gate++)
            {
                var from = gate * layer.Units;
                var product = PlainSums<T>.Dot(gradients + from, weights + (index * layer.Columns) + from, layer.Units);
                sum += product * Mask(layer, masks, width, sample, gate)[index];
            }

            result[index] = sum;
        }
    }

    private static void AddGradient(
        in RecurrentTensors<T> layer, T* row, T* masks, int width, int sample, int fromGate, int toGate, T* gradients, T* result)
    {
        for (var index = 0; index < width; index++)
        {
            for (var gate = fromGate; gate < toGate; gate++)
            {
                var factor = row[index] * Mask(layer, masks, width, sample, gate)[index];
                var from = gate * layer.Units;
                AddScaled(gradients + from, factor, result + (index * layer.Columns) + from, layer.Units);
            }
        }
    }

    private static T* Mask(in RecurrentTensors<T> layer, T* masks, int width, int sample, int gate) =>
        masks + (((gate * layer.Samples) + sample) * width);

    private static void AddScaled(T* row, T factor, T* sum, int count)
    {
        var step = new AddScaledStep(row, factor, sum);
        TSweep.Run(ref step, 0, count);
    }

    private readonly struct AddScaledStep(T* row, T factor, T* sum) : IElementStep<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T> => TLanes.Store(
            TLanes.MultiplyAdd(TLanes.Load(row + index), TLanes.Broadcast(factor), TLanes.Load(sum + index)), sum + index);
    }
}
