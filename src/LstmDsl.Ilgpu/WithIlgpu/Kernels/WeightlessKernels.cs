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
            var largest = SoftmaxRow<TShape>.Largest(arguments.Input, first);
            var sum = SoftmaxRow<TShape>.Exponentials(arguments.Input, arguments.Output, first, largest);
            var norm = TShape.Activation == Activation.Softmax ? sum : largest + DeviceLane.Log(sum);
            for (var index = first; index < first + TShape.Units; index++)
            {
                arguments.Output[index] = TShape.Activation == Activation.Softmax
                    ? arguments.Output[index] / norm.Value
                    : arguments.Input[index] - norm.Value;
            }
        }
    }
}

/// <summary>Its backward pass; sums that nearly equal what they are subtracted from are taken in double.</summary>
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
        double dot = 0, sum = 0;
        for (var index = first; index < first + TShape.Units; index++)
        {
            dot += (double)arguments.OutputGradient[index] * arguments.Output[index];
            sum += arguments.Output[index];
        }

        for (var index = first; index < first + TShape.Units; index++)
            arguments.SendBack(index, (float)(arguments.Output[index] * (arguments.OutputGradient[index] - (dot / sum))));
    }

    private static void OfLogarithm(WeightlessArguments arguments, int first)
    {
        var largest = SoftmaxRow<TShape>.Largest(arguments.Input, first);
        var exponentials = SoftmaxRow<TShape>.Exponentials(arguments.Input, arguments.InputGradient, first, largest);
        var sum = 0.0;
        for (var index = first; index < first + TShape.Units; index++)
            sum += arguments.OutputGradient[index];
        for (var index = first; index < first + TShape.Units; index++)
        {
            var share = arguments.InputGradient[index] * (sum / exponentials.Value);
            arguments.InputGradient[index] = (float)(arguments.OutputGradient[index] - share);
        }
    }
}

/// <summary>What both directions need of a row.</summary>
internal static class SoftmaxRow<TShape> where TShape : struct, IActivationShape
{
    /// <summary>The largest number.</summary>
    public static DeviceLane Largest(ArrayView<float> input, int first)
    {
        var largest = new DeviceLane(input[first]);
        for (var index = first + 1; index < first + TShape.Units; index++)
            largest = DeviceLane.Max(largest, new DeviceLane(input[index]));
        return largest;
    }

    /// <summary>Writes e^(x − m); returns the sum.</summary>
    public static DeviceLane Exponentials(ArrayView<float> input, ArrayView<float> output, int first, DeviceLane largest)
    {
        var sum = DeviceLane.Zero;
        for (var index = first; index < first + TShape.Units; index++)
        {
            var exponential = DeviceLane.Exp(new DeviceLane(input[index]) - largest);
            output[index] = exponential.Value;
            sum += exponential;
        }

        return sum;
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
            var (a, b) = (arguments.First[index], arguments.Second[turned]);
            if (TShape.Merge == Merge.Concat)
            {
                var place = (index / TShape.Units * 2 * TShape.Units) + (index % TShape.Units);
                arguments.Output[place] = a;
                arguments.Output[place + TShape.Units] = b;
            }
            else
            {
                arguments.Output[index] = TShape.Merge == Merge.Mul ? a * b : TShape.Merge == Merge.Sum ? a + b : (a + b) * 0.5f;
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

            var gradient = arguments.OutputGradient[index];
            if (TShape.Merge == Merge.Ave)
                gradient *= 0.5f;
            var isProduct = TShape.Merge == Merge.Mul;
            arguments.FirstGradient[index] = isProduct ? gradient * arguments.Second[turned] : gradient;
            arguments.SecondGradient[turned] = isProduct ? gradient * arguments.First[index] : gradient;
        }
    }
}
