using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// An activation over rows (samples, or timesteps × samples), each number by itself or, for softmax and its logarithm, row by row.
/// <code>
/// x, y (rows, u)
/// forward     y = φ(x)              softmax: y = e^(x − m) / Σ e^(x − m), m the row's largest x
///                                   its logarithm: y = x − m − ln Σ e^(x − m)
/// backward    dx = dy · φ′          softmax: dx = y · (dy − Σ dy·y / Σ y);   its logarithm: dx = dy − softmax x · Σ dy
/// </code>
/// A row's sums run in ascending order, those of the backward pass in double: what is subtracted from dy may nearly equal it. Nothing
/// overlaps.
/// </summary>
internal static unsafe class ActivationKernel<TSweep, T>
    where TSweep : struct, ISweep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>x → y.</summary>
    public static void Forward<TShape>(in HostBlocks<T> blocks, in WeightlessOffsets offsets, int rows)
        where TShape : struct, IActivationShape
    {
        var input = blocks.Activations + offsets.Input;
        var output = blocks.Activations + offsets.Output;
        if (!TShape.Activation.WorksOnRows())
        {
            var step = new ForwardStep<TShape>(input, output);
            TSweep.Run(ref step, 0, rows * TShape.Units);
            return;
        }

        for (var row = 0; row < rows; row++, input += TShape.Units, output += TShape.Units)
        {
            var (largest, sum) = Exponentials(input, output, TShape.Units);
            var norm = TShape.Activation == Activation.Softmax ? sum : SoftmaxFormulas.LogarithmOfSum(largest, sum);
            var step = new NormalizeStep<TShape>(input, norm.Value, output);
            TSweep.Run(ref step, 0, TShape.Units);
        }
    }

    /// <summary>dy → dx.</summary>
    public static void Backward<TShape>(in HostBlocks<T> blocks, in WeightlessOffsets offsets, int rows)
        where TShape : struct, IActivationShape
    {
        if (offsets.InputGradient < 0)
            return;

        var input = blocks.Activations + offsets.Input;
        var output = blocks.Activations + offsets.Output;
        var outputGradient = blocks.Activations + offsets.OutputGradient;
        var inputGradient = blocks.Activations + offsets.InputGradient;
        var units = TShape.Units;
        var adds = offsets.IsHead && blocks.LossTakesLogits;
        if (!TShape.Activation.WorksOnRows())
        {
            var step = new BackwardStep<TShape>(TShape.Activation.NeedsInput() ? input : output, outputGradient, inputGradient, adds);
            TSweep.Run(ref step, 0, rows * units);
            return;
        }

        for (var row = 0; row < rows; row++, input += units, output += units, outputGradient += units, inputGradient += units)
        {
            var received = new HostNumbers<T>(outputGradient, units);
            if (TShape.Activation == Activation.Softmax)
            {
                var (high, low) = SoftmaxFormulas.MeanReceived<HostNumbers<T>, Scalar<T>>(received, new(output, units));
                var step = new SoftmaxBackwardStep(output, outputGradient, high.Value, low.Value, inputGradient, adds);
                TSweep.Run(ref step, 0, units);
            }
            else
            {
                var (_, sum) = Exponentials(input, inputGradient, units);
                var receivedOverSum = SoftmaxFormulas.ReceivedOverSum(received, sum);
                var step = new LogSoftmaxBackwardStep(outputGradient, receivedOverSum.Value, inputGradient);
                TSweep.Run(ref step, 0, units);
            }
        }
    }

    /// <summary>Writes e^(x − m), m the row's largest x; returns m and the sum.</summary>
    private static (Scalar<T> Largest, Scalar<T> Sum) Exponentials(T* input, T* output, int count)
    {
        var largest = SoftmaxFormulas.Largest<HostNumbers<T>, Scalar<T>>(new(input, count));
        var step = new ExponentialStep(input, largest.Value, output);
        TSweep.Run(ref step, 0, count);
        return (largest, NumberSums.Rounded<HostNumbers<T>, Scalar<T>>(new(output, count)));
    }

    private readonly struct ForwardStep<TShape>(T* input, T* output) : IElementStep<T> where TShape : struct, IActivationShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T> =>
            TLanes.Store(LayerActivation<TShape>.Apply(TLanes.Load(input + index)), output + index);
    }

    private readonly struct BackwardStep<TShape>(T* kept, T* outputGradient, T* inputGradient, bool adds) : IElementStep<T>
        where TShape : struct, IActivationShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T>
        {
            var slope = LayerActivation<TShape>.DerivativeOfKept(TLanes.Load(kept + index));
            var gradient = TLanes.Load(outputGradient + index) * slope;
            TLanes.Store(adds ? gradient + TLanes.Load(inputGradient + index) : gradient, inputGradient + index);
        }
    }

    /// <summary>e^(x − m).</summary>
    private readonly struct ExponentialStep(T* input, T largest, T* output) : IElementStep<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T> =>
            TLanes.Store(SoftmaxFormulas.Exponential(TLanes.Load(input + index), TLanes.Broadcast(largest)), output + index);
    }

    /// <summary>Softmax: e^(x − m) over the sum; its logarithm: x less the logarithm of Σ eˣ.</summary>
    private readonly struct NormalizeStep<TShape>(T* input, T norm, T* output) : IElementStep<T> where TShape : struct, IActivationShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T> => TLanes.Store(
            TShape.Activation == Activation.Softmax
                ? SoftmaxFormulas.Forward(TLanes.Load(output + index), TLanes.Broadcast(norm))
                : SoftmaxFormulas.LogForward(TLanes.Load(input + index), TLanes.Broadcast(norm)),
            output + index);
    }

    /// <summary>The row's mean is subtracted as two numbers, its rounding and what that leaves.</summary>
    private readonly struct SoftmaxBackwardStep(T* output, T* outputGradient, T high, T low, T* inputGradient, bool adds) : IElementStep<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T>
        {
            var gradient = SoftmaxFormulas.Backward(
                TLanes.Load(output + index), TLanes.Load(outputGradient + index), TLanes.Broadcast(high), TLanes.Broadcast(low));
            TLanes.Store(adds ? gradient + TLanes.Load(inputGradient + index) : gradient, inputGradient + index);
        }
    }

    /// <summary>The exponentials stand where the result goes.</summary>
    private readonly struct LogSoftmaxBackwardStep(T* outputGradient, T receivedOverSum, T* inputGradient) : IElementStep<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T>
        {
            var gradient = SoftmaxFormulas.LogBackward(
                TLanes.Load(inputGradient + index), TLanes.Load(outputGradient + index), TLanes.Broadcast(receivedOverSum));
            TLanes.Store(gradient, inputGradient + index);
        }
    }
}
