using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>A layer that normalises features over a batch, as <see cref="BatchNormalizationKernel{T}"/> does.</summary>
internal struct BatchNormalizationArguments
{
    public ArrayView<float> Input;
    public ArrayView<float> Output;
    public ArrayView<float> OutputGradient;
    public ArrayView<float> InputGradient;
    public ArrayView<float> Gamma;
    public ArrayView<float> Beta;
    public ArrayView<float> MovingMean;
    public ArrayView<float> MovingVariance;

    /// <summary>Which rows the moments are taken over, (rows) of ones and zeros.</summary>
    public ArrayView<float> Mask;

    /// <summary>Of each feature mean, variance and one over the deviation, (3, u).</summary>
    public ArrayView<float> Moments;

    /// <summary>Of each feature Σ dy and Σ dy·x̂, and the number of rows, (3, u).</summary>
    public ArrayView<float> Sums;

    public ArrayView<float> GammaGradient;
    public ArrayView<float> BetaGradient;
    public ArrayView<float> MovingMeanGradient;
    public ArrayView<float> MovingVarianceGradient;
    public int HasGamma;
    public int HasBeta;
    public int HasMask;

    /// <summary>Whether the moments are those of the batch, not their moving averages.</summary>
    public int UsesBatch;

    public int Rows;

    /// <summary>A feature of all rows of the input or of the output's gradient.</summary>
    public readonly DeviceNumbers Column(ArrayView<float> view, int unit, int units) =>
        new() { View = view, First = unit, Step = units, Length = Rows, Mask = Mask, MaskStep = 1, HasMask = HasMask };

    /// <summary>γ of a feature.</summary>
    public readonly DeviceLane GammaOf(int unit) => new(HasGamma != 0 ? Gamma[unit] : 1);

    /// <summary>What a feature is normalised with.</summary>
    public readonly Moments<DeviceLane> MomentsOf(int unit, int units) => new(new(Moments[unit]), new(Moments[(2 * units) + unit]));
}

/// <summary>The features' moments; a thread has a feature, and sums in double.</summary>
internal readonly struct BatchMomentsKernel<TShape> : IDeviceKernel<BatchNormalizationArguments>
    where TShape : struct, IBatchNormalizationShape
{
    public static void Run(BatchNormalizationArguments arguments)
    {
        for (var unit = GridLoop.First; unit < TShape.Units; unit += GridLoop.Step)
        {
            double mean = arguments.MovingMean[unit];
            double variance = arguments.MovingVariance[unit];
            if (arguments.UsesBatch != 0)
            {
                var input = arguments.Column(arguments.Input, unit, TShape.Units);
                var count = NumberSums.Count<DeviceNumbers, DeviceLane>(input, 0, input.Length);
                (mean, variance) = Moments.Of<DeviceNumbers, DeviceLane>(input, count);
            }

            arguments.Moments[unit] = (float)mean;
            arguments.Moments[TShape.Units + unit] = (float)variance;
            arguments.Moments[(2 * TShape.Units) + unit] = Moments<DeviceLane>.Of(mean, variance, TShape.Epsilon).Scale.Value;
        }
    }
}

/// <summary>y = γ·x̂ + β.</summary>
internal readonly struct BatchNormalizationForwardKernel<TShape> : IDeviceKernel<BatchNormalizationArguments>
    where TShape : struct, IBatchNormalizationShape
{
    public static void Run(BatchNormalizationArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Rows * TShape.Units; index += GridLoop.Step)
        {
            var unit = index % TShape.Units;
            var normalized = arguments.MomentsOf(unit, TShape.Units).Normalize(new(arguments.Input[index]));
            var beta = new DeviceLane(arguments.HasBeta != 0 ? arguments.Beta[unit] : 0);
            arguments.Output[index] = NormalizationFormulas.Forward(normalized, arguments.GammaOf(unit), beta).Value;
        }
    }
}

/// <summary>Σ dy and Σ dy·x̂; a thread has a feature, and sums in double.</summary>
internal readonly struct BatchGradientSumsKernel<TShape> : IDeviceKernel<BatchNormalizationArguments>
    where TShape : struct, IBatchNormalizationShape
{
    public static void Run(BatchNormalizationArguments arguments)
    {
        for (var unit = GridLoop.First; unit < TShape.Units; unit += GridLoop.Step)
        {
            var input = arguments.Column(arguments.Input, unit, TShape.Units);
            var received = arguments.Column(arguments.OutputGradient, unit, TShape.Units);
            var (sum, product) = Moments.OfGradients(received, input, arguments.MomentsOf(unit, TShape.Units));
            arguments.Sums[unit] = (float)sum;
            arguments.Sums[TShape.Units + unit] = (float)product;
            arguments.Sums[(2 * TShape.Units) + unit] = NumberSums.Count<DeviceNumbers, DeviceLane>(input, 0, input.Length);
        }
    }
}

/// <summary>dx.</summary>
internal readonly struct BatchNormalizationBackwardKernel<TShape> : IDeviceKernel<BatchNormalizationArguments>
    where TShape : struct, IBatchNormalizationShape
{
    public static void Run(BatchNormalizationArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Rows * TShape.Units; index += GridLoop.Step)
        {
            var unit = index % TShape.Units;
            var moments = arguments.MomentsOf(unit, TShape.Units);
            var share = DeviceLane.Zero;
            if (arguments.UsesBatch != 0 && arguments.Column(arguments.Input, unit, TShape.Units).Counts(index / TShape.Units))
            {
                share = NormalizationFormulas.Share(
                    moments.Normalize(new(arguments.Input[index])),
                    new(arguments.Sums[unit]),
                    new(arguments.Sums[TShape.Units + unit]),
                    new(arguments.Sums[(2 * TShape.Units) + unit]));
            }

            var received = new DeviceLane(arguments.OutputGradient[index]);
            arguments.InputGradient[index] =
                NormalizationFormulas.BatchBackward(received, share, arguments.GammaOf(unit), moments.Scale).Value;
        }
    }
}

/// <summary>The gradients of γ and β; in the places of those of the moving averages the batch's moments.</summary>
internal readonly struct BatchNormalizationGradientKernel<TShape> : IDeviceKernel<BatchNormalizationArguments>
    where TShape : struct, IBatchNormalizationShape
{
    public static void Run(BatchNormalizationArguments arguments)
    {
        for (var unit = GridLoop.First; unit < TShape.Units; unit += GridLoop.Step)
        {
            if (arguments.HasGamma != 0)
                arguments.GammaGradient[unit] += arguments.Sums[TShape.Units + unit];
            if (arguments.HasBeta != 0)
                arguments.BetaGradient[unit] += arguments.Sums[unit];
            if (arguments.UsesBatch == 0)
                continue;
            arguments.MovingMeanGradient[unit] = arguments.Moments[unit];
            arguments.MovingVarianceGradient[unit] = arguments.Moments[TShape.Units + unit];
        }
    }
}
