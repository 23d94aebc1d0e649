using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>A layer that normalises rows.</summary>
internal struct LayerNormalizationArguments
{
    public ArrayView<float> Input;

    /// <summary>y, dx, or dy·x̂.</summary>
    public ArrayView<float> Result;

    public ArrayView<float> OutputGradient;
    public ArrayView<float> Gamma;
    public ArrayView<float> Beta;
    public int HasGamma;
    public int HasBeta;
    public int Rows;

    /// <summary>What a row of the input is normalised with.</summary>
    public readonly Moments<DeviceLane> MomentsOf<TShape>(int first) where TShape : struct, ILayerNormalizationShape
    {
        var (mean, variance) = Moments.Of<DeviceNumbers, DeviceLane>(DeviceNumbers.Row(Input, first, TShape.Units), TShape.Units);
        return Moments<DeviceLane>.Of(mean, variance, TShape.Epsilon);
    }

    /// <summary>The gradient of x̂ of a row.</summary>
    public readonly ScaledNumbers<DeviceNumbers, DeviceLane> Received<TShape>(int first) where TShape : struct, ILayerNormalizationShape =>
        new(DeviceNumbers.Row(OutputGradient, first, TShape.Units), DeviceNumbers.Row(Gamma, 0, TShape.Units), HasGamma != 0);
}

/// <summary>y = γ·x̂ + β; a thread has a row, as in <see cref="LayerNormalizationKernel{TSweep, T}"/>.</summary>
internal readonly struct LayerNormalizationForwardKernel<TShape> : IDeviceKernel<LayerNormalizationArguments>
    where TShape : struct, ILayerNormalizationShape
{
    public static void Run(LayerNormalizationArguments arguments)
    {
        for (var row = GridLoop.First; row < arguments.Rows; row += GridLoop.Step)
        {
            var first = row * TShape.Units;
            var moments = arguments.MomentsOf<TShape>(first);
            for (var unit = 0; unit < TShape.Units; unit++)
            {
                var gamma = new DeviceLane(arguments.HasGamma != 0 ? arguments.Gamma[unit] : 1);
                var beta = new DeviceLane(arguments.HasBeta != 0 ? arguments.Beta[unit] : 0);
                var normalized = moments.Normalize(new(arguments.Input[first + unit]));
                arguments.Result[first + unit] = NormalizationFormulas.Forward(normalized, gamma, beta).Value;
            }
        }
    }
}

/// <summary>dx; a thread has a row.</summary>
internal readonly struct LayerNormalizationBackwardKernel<TShape> : IDeviceKernel<LayerNormalizationArguments>
    where TShape : struct, ILayerNormalizationShape
{
    public static void Run(LayerNormalizationArguments arguments)
    {
        for (var row = GridLoop.First; row < arguments.Rows; row += GridLoop.Step)
        {
            var first = row * TShape.Units;
            var input = DeviceNumbers.Row(arguments.Input, first, TShape.Units);
            var received = arguments.Received<TShape>(first);
            var moments = arguments.MomentsOf<TShape>(first);
            var (sum, product) = Moments.OfGradients(received, input, moments);
            var average = new DeviceLane((float)(sum / TShape.Units));
            var averageProduct = new DeviceLane((float)(product / TShape.Units));
            for (var unit = 0; unit < TShape.Units; unit++)
            {
                var normalized = moments.Normalize(input[unit]);
                arguments.Result[first + unit] =
                    NormalizationFormulas.Backward(received[unit], normalized, average, averageProduct, moments.Scale).Value;
            }
        }
    }
}

/// <summary>dy·x̂, whose sum over all rows is the gradient of γ; a thread has a row.</summary>
internal readonly struct LayerNormalizationProductKernel<TShape> : IDeviceKernel<LayerNormalizationArguments>
    where TShape : struct, ILayerNormalizationShape
{
    public static void Run(LayerNormalizationArguments arguments)
    {
        for (var row = GridLoop.First; row < arguments.Rows; row += GridLoop.Step)
        {
            var moments = arguments.MomentsOf<TShape>(row * TShape.Units);
            for (var index = row * TShape.Units; index < (row + 1) * TShape.Units; index++)
                arguments.Result[index] = arguments.OutputGradient[index] * moments.Normalize(new(arguments.Input[index])).Value;
        }
    }
}
