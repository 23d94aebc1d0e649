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

    /// <summary>γ of a unit.</summary>
    public readonly DeviceLane GammaOf(int unit) => new(HasGamma != 0 ? Gamma[unit] : 1);
}

/// <summary>y = γ·x̂ + β; a thread has a row, as in <see cref="LayerNormalizationKernel{TSweep, T}"/>.</summary>
internal readonly struct LayerNormalizationForwardKernel<TShape> : IDeviceKernel<LayerNormalizationArguments>
    where TShape : struct, ILayerNormalizationShape
{
    public static void Run(LayerNormalizationArguments arguments)
    {
        for (var row = GridLoop.First; row < arguments.Rows; row += GridLoop.Step)
        {
            var moments = RowMoments<TShape>.Of(arguments.Input, row * TShape.Units);
            for (var unit = 0; unit < TShape.Units; unit++)
            {
                var normalized = moments.Normalize(arguments.Input[(row * TShape.Units) + unit]);
                var beta = new DeviceLane(arguments.HasBeta != 0 ? arguments.Beta[unit] : 0);
                arguments.Result[(row * TShape.Units) + unit] = ((normalized * arguments.GammaOf(unit)) + beta).Value;
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
            var moments = RowMoments<TShape>.Of(arguments.Input, first);
            double sum = 0, product = 0;
            for (var unit = 0; unit < TShape.Units; unit++)
            {
                var received = arguments.GammaOf(unit) * new DeviceLane(arguments.OutputGradient[first + unit]);
                sum += received.Value;
                product += (double)received.Value * moments.Normalize(arguments.Input[first + unit]).Value;
            }

            var average = new DeviceLane((float)(sum / TShape.Units));
            var averageProduct = new DeviceLane((float)(product / TShape.Units));
            for (var unit = 0; unit < TShape.Units; unit++)
            {
                var received = arguments.GammaOf(unit) * new DeviceLane(arguments.OutputGradient[first + unit]);
                var normalized = moments.Normalize(arguments.Input[first + unit]);
                arguments.Result[first + unit] =
                    NormalizationFormulas.Backward(received, normalized, average, averageProduct, moments.Scale).Value;
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
            var moments = RowMoments<TShape>.Of(arguments.Input, row * TShape.Units);
            for (var index = row * TShape.Units; index < (row + 1) * TShape.Units; index++)
                arguments.Result[index] = arguments.OutputGradient[index] * moments.Normalize(arguments.Input[index]).Value;
        }
    }
}

/// <summary>Mean and deviation, and what they make of a number.</summary>
internal struct DeviceMoments
{
    public DeviceLane Mean;

    /// <summary>One over the deviation.</summary>
    public DeviceLane Scale;

    /// <summary>x̂.</summary>
    public readonly DeviceLane Normalize(float value) => NormalizationFormulas.Normalize(new DeviceLane(value), Mean, Scale);
}

/// <summary>The moments of a row, in double.</summary>
internal static class RowMoments<TShape> where TShape : struct, ILayerNormalizationShape
{
    public static DeviceMoments Of(ArrayView<float> input, int first)
    {
        double sum = 0, squares = 0;
        for (var index = first; index < first + TShape.Units; index++)
            sum += input[index];
        var mean = sum / TShape.Units;
        for (var index = first; index < first + TShape.Units; index++)
        {
            var deviation = input[index] - mean;
            squares += deviation * deviation;
        }

        var scale = NormalizationFormulas.Scale(squares / TShape.Units, TShape.Epsilon);
        return new DeviceMoments { Mean = new((float)mean), Scale = new((float)scale) };
    }
}
