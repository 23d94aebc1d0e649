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
/// A row's sums run in ascending order, those of the backward pass in double: what is subtracted from dy may nearly equal it. Dividing by
/// Σ y, which is 1, takes out what y's rounding adds to the sum. Nothing overlaps.
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
            var step = new NormalizeStep<TShape>(input, TShape.Activation == Activation.Softmax ? sum : largest + T.Log(sum), output);
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
            if (TShape.Activation == Activation.Softmax)
            {
                var sum = Dot(outputGradient, output, units) / Sum(output, units);
                var step = new SoftmaxBackwardStep(output, outputGradient, sum, inputGradient, adds);
                TSweep.Run(ref step, 0, units);
            }
            else
            {
                var (_, sum) = Exponentials(input, inputGradient, units);
                var factor = T.CreateTruncating(Sum(outputGradient, units) / double.CreateTruncating(sum));
                var step = new LogSoftmaxBackwardStep(outputGradient, factor, inputGradient);
                TSweep.Run(ref step, 0, units);
            }
        }
    }

    /// <summary>Writes e^(x − m), m the row's largest x; returns m and the sum.</summary>
    private static (T Largest, T Sum) Exponentials(T* input, T* output, int count)
    {
        var largest = input[0];
        for (var index = 1; index < count; index++)
            largest = T.Max(largest, input[index]);
        var step = new ExponentialStep(input, largest, output);
        TSweep.Run(ref step, 0, count);

        var sum = T.Zero;
        for (var index = 0; index < count; index++)
            sum += output[index];
        return (largest, sum);
    }

    private static double Sum(T* values, int count)
    {
        var sum = 0.0;
        for (var index = 0; index < count; index++)
            sum += double.CreateTruncating(values[index]);
        return sum;
    }

    private static double Dot(T* left, T* right, int count)
    {
        var sum = 0.0;
        for (var index = 0; index < count; index++)
            sum += double.CreateTruncating(left[index]) * double.CreateTruncating(right[index]);
        return sum;
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
            TLanes.Store(TLanes.Exp(TLanes.Load(input + index) - TLanes.Broadcast(largest)), output + index);
    }

    /// <summary>Softmax: e^(x − m) over the sum; its logarithm: x less the logarithm of Σ eˣ.</summary>
    private readonly struct NormalizeStep<TShape>(T* input, T norm, T* output) : IElementStep<T> where TShape : struct, IActivationShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T> => TLanes.Store(
            TShape.Activation == Activation.Softmax
                ? TLanes.Load(output + index) / TLanes.Broadcast(norm)
                : TLanes.Load(input + index) - TLanes.Broadcast(norm),
            output + index);
    }

    /// <summary>The row's sum is subtracted as two numbers, its rounding and what that leaves.</summary>
    private readonly struct SoftmaxBackwardStep(T* output, T* outputGradient, double sum, T* inputGradient, bool adds) : IElementStep<T>
    {
        private readonly T high = T.CreateTruncating(sum);
        private readonly T low = T.CreateTruncating(sum - double.CreateTruncating(T.CreateTruncating(sum)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T>
        {
            var difference = TLanes.Load(outputGradient + index) - TLanes.Broadcast(high) - TLanes.Broadcast(low);
            var gradient = TLanes.Load(output + index) * difference;
            TLanes.Store(adds ? gradient + TLanes.Load(inputGradient + index) : gradient, inputGradient + index);
        }
    }

    /// <summary>The exponentials stand where the result goes.</summary>
    private readonly struct LogSoftmaxBackwardStep(T* outputGradient, T factor, T* inputGradient) : IElementStep<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T>
        {
            var share = TLanes.Load(inputGradient + index) * TLanes.Broadcast(factor);
            TLanes.Store(TLanes.Load(outputGradient + index) - share, inputGradient + index);
        }
    }
}
