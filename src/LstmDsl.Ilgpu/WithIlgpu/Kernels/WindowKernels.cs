using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>A layer without weights over windows of timesteps of n samples.</summary>
internal struct WindowArguments
{
    public ArrayView<float> Input;
    public ArrayView<float> Output;
    public ArrayView<float> OutputGradient;
    public ArrayView<float> InputGradient;

    /// <summary>Which timesteps of the input count, (T, n) of ones and zeros.</summary>
    public ArrayView<float> Mask;

    public int HasMask;
    public int Samples;

    /// <summary>Whether a timestep of a sample counts.</summary>
    public readonly bool Counts(int t, int sample) => HasMask == 0 || Mask[(t * Samples) + sample] != 0;
}

/// <summary>The windows of the output that read one timestep of the input, in ascending order.</summary>
internal static class ReadingWindows
{
    /// <summary>The first that may read a place, counted from the beginning of the first window.</summary>
    /// <param name="place">The place.</param>
    /// <param name="stride">Distance of the windows; 0 where all begin at the same place.</param>
    /// <param name="reach">From a window's first timestep to its last.</param>
    public static int First(int place, int stride, int reach) =>
        stride == 0 || place <= reach ? 0 : (place - reach + stride - 1) / stride;

    /// <summary>The end of those that may.</summary>
    public static int End(int place, int stride, int windows) => stride == 0 ? windows : IntrinsicMath.Min(windows, (place / stride) + 1);
}

/// <summary>Lays windows side by side, as <see cref="UnfoldKernel{TSweep, T}"/>; a thread has a number of the output.</summary>
internal readonly struct UnfoldForwardKernel<TShape> : IDeviceKernel<WindowArguments> where TShape : struct, IUnfoldShape
{
    public static void Run(WindowArguments arguments)
    {
        var length = TShape.OutputTimesteps * arguments.Samples * TShape.Window * TShape.Inputs;
        for (var index = GridLoop.First; index < length; index += GridLoop.Step)
        {
            var row = index / (TShape.Window * TShape.Inputs);
            var from = UnfoldPlaces.Position<TShape>(row / arguments.Samples, index / TShape.Inputs % TShape.Window);
            var value = 0f;
            var input = (from * arguments.Samples) + (row % arguments.Samples);
            if (from >= 0)
                value = arguments.Input[(input * TShape.Inputs) + (index % TShape.Inputs)];
            arguments.Output[index] = value;
        }
    }
}

/// <summary>Its backward pass; a thread has a number of the input, and adds what all windows send to it.</summary>
internal readonly struct UnfoldBackwardKernel<TShape> : IDeviceKernel<WindowArguments> where TShape : struct, IUnfoldShape
{
    public static void Run(WindowArguments arguments)
    {
        for (var index = GridLoop.First; index < TShape.Timesteps * arguments.Samples * TShape.Inputs; index += GridLoop.Step)
        {
            var row = index / TShape.Inputs;
            var place = (row / arguments.Samples) + TShape.Padding;
            var end = ReadingWindows.End(place, TShape.Stride, TShape.OutputTimesteps);
            var sum = 0f;
            for (var t = ReadingWindows.First(place, TShape.Stride, (TShape.Window - 1) * TShape.Dilation); t < end; t++)
            {
                var within = place - (t * TShape.Stride);
                var gradient = (((t * arguments.Samples) + (row % arguments.Samples)) * TShape.Window) + (within / TShape.Dilation);
                if (within % TShape.Dilation == 0 && within < TShape.Window * TShape.Dilation)
                    sum += arguments.OutputGradient[(gradient * TShape.Inputs) + (index % TShape.Inputs)];
            }

            arguments.InputGradient[index] = sum;
        }
    }
}

/// <summary>Pools windows, as <see cref="PoolingKernel{T}"/>; a thread has a number of the output.</summary>
internal readonly struct PoolingForwardKernel<TShape> : IDeviceKernel<WindowArguments> where TShape : struct, IPoolingShape
{
    public static void Run(WindowArguments arguments)
    {
        var width = arguments.Samples * TShape.Units;
        for (var index = GridLoop.First; index < TShape.OutputTimesteps * width; index += GridLoop.Step)
        {
            var (t, place) = (index / width, index % width);
            if (TShape.TakesMaximum)
            {
                arguments.Output[index] = arguments.Input[(Pooled<TShape>.Largest(arguments, t, place) * width) + place];
                continue;
            }

            var sum = 0f;
            for (var position = PoolingWindow.From<TShape>(t); position < PoolingWindow.To<TShape>(t); position++)
            {
                if (arguments.Counts(position, place / TShape.Units))
                    sum += arguments.Input[(position * width) + place];
            }

            arguments.Output[index] = sum / Pooled<TShape>.Count(arguments, t, place / TShape.Units);
        }
    }
}

/// <summary>Its backward pass; a thread has a number of the input, and adds what all windows send to it.</summary>
internal readonly struct PoolingBackwardKernel<TShape> : IDeviceKernel<WindowArguments> where TShape : struct, IPoolingShape
{
    public static void Run(WindowArguments arguments)
    {
        var width = arguments.Samples * TShape.Units;
        for (var index = GridLoop.First; index < TShape.Timesteps * width; index += GridLoop.Step)
        {
            var (position, place) = (index / width, index % width);
            var counted = position + TShape.Padding;
            var end = ReadingWindows.End(counted, TShape.Stride, TShape.OutputTimesteps);
            var sum = 0f;
            for (var t = ReadingWindows.First(counted, TShape.Stride, TShape.Window - 1); t < end; t++)
            {
                var gradient = arguments.OutputGradient[(t * width) + place];
                if (TShape.TakesMaximum)
                    sum += Pooled<TShape>.Largest(arguments, t, place) == position ? gradient : 0;
                else if (arguments.Counts(position, place / TShape.Units))
                    sum += gradient / Pooled<TShape>.Count(arguments, t, place / TShape.Units);
            }

            arguments.InputGradient[index] = sum;
        }
    }
}

/// <summary>What both directions need of a window.</summary>
internal static class Pooled<TShape> where TShape : struct, IPoolingShape
{
    /// <summary>The first timestep that has the largest value of a unit of a sample.</summary>
    public static int Largest(WindowArguments arguments, int t, int place)
    {
        var width = arguments.Samples * TShape.Units;
        var largest = PoolingWindow.From<TShape>(t);
        for (var position = largest + 1; position < PoolingWindow.To<TShape>(t); position++)
        {
            if (arguments.Input[(position * width) + place] > arguments.Input[(largest * width) + place])
                largest = position;
        }

        return largest;
    }

    /// <summary>How many timesteps count; 1 rather than 0, since nothing is to be divided then.</summary>
    public static float Count(WindowArguments arguments, int t, int sample)
    {
        var count = 0;
        for (var position = PoolingWindow.From<TShape>(t); position < PoolingWindow.To<TShape>(t); position++)
            count += arguments.Counts(position, sample) ? 1 : 0;
        return IntrinsicMath.Max(count, 1);
    }
}
