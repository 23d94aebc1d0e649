using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>A layer without weights over rows.</summary>
internal struct WeightlessArguments
{
    public ArrayView<float> Input;
    public ArrayView<float> Output;
    public ArrayView<float> OutputGradient;
    public ArrayView<float> InputGradient;
    public int Rows;
    public int Adds;

    /// <summary>Writes what goes back to the input, or adds it to what a loss of the logits has written there.</summary>
    public readonly void SendBack(int index, float gradient) =>
        InputGradient[index] = Adds != 0 ? gradient + InputGradient[index] : gradient;
}

/// <summary>y = φ(x), number by number.</summary>
internal readonly struct ActivationForwardKernel<TShape> : IDeviceKernel<WeightlessArguments> where TShape : struct, IActivationShape
{
    public static void Run(WeightlessArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Rows * TShape.Units; index += GridLoop.Step)
            arguments.Output[index] = LayerActivation<TShape>.Apply(new DeviceLane(arguments.Input[index])).Value;
    }
}

/// <summary>dx = dy · φ′, number by number.</summary>
internal readonly struct ActivationBackwardKernel<TShape> : IDeviceKernel<WeightlessArguments> where TShape : struct, IActivationShape
{
    public static void Run(WeightlessArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Rows * TShape.Units; index += GridLoop.Step)
        {
            var kept = TShape.Activation.NeedsInput() ? arguments.Input[index] : arguments.Output[index];
            var slope = LayerActivation<TShape>.DerivativeOfKept(new DeviceLane(kept)).Value;
            arguments.SendBack(index, arguments.OutputGradient[index] * slope);
        }
    }
}

/// <summary>Softmax or its logarithm, a row a thread, as <see cref="ActivationKernel{TSweep, T}"/> computes it.</summary>
internal readonly struct SoftmaxForwardKernel<TShape> : IDeviceKernel<WeightlessArguments> where TShape : struct, IActivationShape
{
    public static void Run(WeightlessArguments arguments)
    {
        for (var row = GridLoop.First; row < arguments.Rows; row += GridLoop.Step)
        {
            var first = row * TShape.Units;
            var (largest, sum) = SoftmaxRow<TShape>.Exponentials(arguments.Input, arguments.Output, first);
            var norm = TShape.Activation == Activation.Softmax ? sum : SoftmaxFormulas.LogarithmOfSum(largest, sum);
            for (var index = first; index < first + TShape.Units; index++)
            {
                var y = TShape.Activation == Activation.Softmax
                    ? SoftmaxFormulas.Forward(new DeviceLane(arguments.Output[index]), norm)
                    : SoftmaxFormulas.LogForward(new DeviceLane(arguments.Input[index]), norm);
                arguments.Output[index] = y.Value;
            }
        }
    }
}

/// <summary>Its backward pass.</summary>
internal readonly struct SoftmaxBackwardKernel<TShape> : IDeviceKernel<WeightlessArguments> where TShape : struct, IActivationShape
{
    public static void Run(WeightlessArguments arguments)
    {
        for (var row = GridLoop.First; row < arguments.Rows; row += GridLoop.Step)
        {
            if (TShape.Activation == Activation.Softmax)
                OfSoftmax(arguments, row * TShape.Units);
            else
                OfLogarithm(arguments, row * TShape.Units);
        }
    }

    private static void OfSoftmax(WeightlessArguments arguments, int first)
    {
        var y = DeviceNumbers.Row(arguments.Output, first, TShape.Units);
        var received = DeviceNumbers.Row(arguments.OutputGradient, first, TShape.Units);
        var (high, low) = SoftmaxFormulas.MeanReceived<DeviceNumbers, DeviceLane>(received, y);
        for (var unit = 0; unit < TShape.Units; unit++)
            arguments.SendBack(first + unit, SoftmaxFormulas.Backward(y[unit], received[unit], high, low).Value);
    }

    // The exponentials stand where the result goes.
    private static void OfLogarithm(WeightlessArguments arguments, int first)
    {
        var received = DeviceNumbers.Row(arguments.OutputGradient, first, TShape.Units);
        var (_, sum) = SoftmaxRow<TShape>.Exponentials(arguments.Input, arguments.InputGradient, first);
        var receivedOverSum = SoftmaxFormulas.ReceivedOverSum(received, sum);
        for (var unit = 0; unit < TShape.Units; unit++)
        {
            var exponential = new DeviceLane(arguments.InputGradient[first + unit]);
            arguments.InputGradient[first + unit] = SoftmaxFormulas.LogBackward(exponential, received[unit], receivedOverSum).Value;
        }
    }
}

/// <summary>What both directions need of a row.</summary>
internal static class SoftmaxRow<TShape> where TShape : struct, IActivationShape
{
    /// <summary>Writes e^(x − m), m the row's largest x; returns m and the sum.</summary>
    public static (DeviceLane Largest, DeviceLane Sum) Exponentials(ArrayView<float> input, ArrayView<float> output, int first)
    {
        var row = DeviceNumbers.Row(input, first, TShape.Units);
        var largest = SoftmaxFormulas.Largest<DeviceNumbers, DeviceLane>(row);
        for (var unit = 0; unit < TShape.Units; unit++)
            output[first + unit] = SoftmaxFormulas.Exponential(row[unit], largest).Value;
        return (largest, NumberSums.Rounded<DeviceNumbers, DeviceLane>(DeviceNumbers.Row(output, first, TShape.Units)));
    }
}

/// <summary>The end of a bidirectional layer: two sequences (T, n, u), the second in the order of its processing.</summary>
internal struct MergeArguments
{
    public ArrayView<float> First;
    public ArrayView<float> Second;
    public ArrayView<float> Output;
    public ArrayView<float> OutputGradient;
    public ArrayView<float> FirstGradient;
    public ArrayView<float> SecondGradient;
    public int Samples;
    public int Timesteps;
}

/// <summary>y_t from a_t and b_{T−1−t}.</summary>
internal readonly struct MergeForwardKernel<TShape> : IDeviceKernel<MergeArguments> where TShape : struct, IMergeShape
{
    public static void Run(MergeArguments arguments)
    {
        var width = arguments.Samples * TShape.Units;
        for (var index = GridLoop.First; index < arguments.Timesteps * width; index += GridLoop.Step)
        {
            var turned = ((arguments.Timesteps - 1 - (index / width)) * width) + (index % width);
            if (TShape.Merge == Merge.Concat)
            {
                var place = (index / TShape.Units * 2 * TShape.Units) + (index % TShape.Units);
                arguments.Output[place] = arguments.First[index];
                arguments.Output[place + TShape.Units] = arguments.Second[turned];
            }
            else
            {
                var (first, second) = (new DeviceLane(arguments.First[index]), new DeviceLane(arguments.Second[turned]));
                arguments.Output[index] = MergeFormulas.Forward(TShape.Merge, first, second).Value;
            }
        }
    }
}

/// <summary>da_t and db_{T−1−t} from dy_t.</summary>
internal readonly struct MergeBackwardKernel<TShape> : IDeviceKernel<MergeArguments> where TShape : struct, IMergeShape
{
    public static void Run(MergeArguments arguments)
    {
        var width = arguments.Samples * TShape.Units;
        for (var index = GridLoop.First; index < arguments.Timesteps * width; index += GridLoop.Step)
        {
            var turned = ((arguments.Timesteps - 1 - (index / width)) * width) + (index % width);
            if (TShape.Merge == Merge.Concat)
            {
                var place = (index / TShape.Units * 2 * TShape.Units) + (index % TShape.Units);
                arguments.FirstGradient[index] = arguments.OutputGradient[place];
                arguments.SecondGradient[turned] = arguments.OutputGradient[place + TShape.Units];
                continue;
            }

            var received = new DeviceLane(arguments.OutputGradient[index]);
            var (first, second) = (new DeviceLane(arguments.First[index]), new DeviceLane(arguments.Second[turned]));
            arguments.FirstGradient[index] = MergeFormulas.Backward(TShape.Merge, received, second).Value;
            arguments.SecondGradient[turned] = MergeFormulas.Backward(TShape.Merge, received, first).Value;
        }
    }
}
