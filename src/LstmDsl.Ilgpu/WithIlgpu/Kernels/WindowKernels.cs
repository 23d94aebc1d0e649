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

    /// <summary>A unit of a sample through time, by its place in (n, u).</summary>
    public readonly DeviceNumbers Unit<TShape>(int place) where TShape : struct, IPoolingShape => new()
    {
        View = Input,
        First = place,
        Step = Samples * TShape.Units,
        Length = TShape.Timesteps,
        Mask = Mask,
        FirstOfMask = place / TShape.Units,
        MaskStep = Samples,
        HasMask = HasMask,
    };
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
            var from = UnfoldFormulas.Position<TShape>(row / arguments.Samples, index / TShape.Inputs % TShape.Window);
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
            var input = arguments.Unit<TShape>(index % width);
            arguments.Output[index] = PoolingFormulas<TShape>.Forward<DeviceNumbers, DeviceLane>(input, index / width).Value;
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
            var (t, place) = (index / width, index % width);
            var input = arguments.Unit<TShape>(place);
            var counted = t + TShape.Padding;
            var end = ReadingWindows.End(counted, TShape.Stride, TShape.OutputTimesteps);
            var sum = DeviceLane.Zero;
            for (var window = ReadingWindows.First(counted, TShape.Stride, TShape.Window - 1); window < end; window++)
            {
                var received = new DeviceLane(arguments.OutputGradient[(window * width) + place]);
                if (TShape.TakesMaximum)
                    sum += PoolingFormulas<TShape>.Largest<DeviceNumbers, DeviceLane>(input, window) == t ? received : DeviceLane.Zero;
                else if (input.Counts(t))
                    sum += PoolingFormulas<TShape>.Share(received, PoolingFormulas<TShape>.Count<DeviceNumbers, DeviceLane>(input, window));
            }

            arguments.InputGradient[index] = sum.Value;
        }
    }
}
