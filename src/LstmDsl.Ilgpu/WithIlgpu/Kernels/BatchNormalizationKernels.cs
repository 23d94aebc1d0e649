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

    /// <summary>Of each feature Σ dy and Σ dy·x̂, each also over the number of rows, (4, u).</summary>
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

    /// <summary>Whether the moments are taken over a row too.</summary>
    public readonly bool Counts(int row) => HasMask == 0 || Mask[row] != 0;

    /// <summary>How many rows they are taken over; 1 rather than 0.</summary>
    public readonly int Count()
    {
        var count = 0;
        for (var row = 0; row < Rows; row++)
            count += Counts(row) ? 1 : 0;
        return IntrinsicMath.Max(count, 1);
    }

    /// <summary>γ of a feature.</summary>
    public readonly DeviceLane GammaOf(int unit) => new(HasGamma != 0 ? Gamma[unit] : 1);

    /// <summary>The moments of a feature.</summary>
    public readonly DeviceMoments MomentsOf(int unit, int units) => new()
    {
        Mean = new(Moments[unit]),
        Scale = new(Moments[(2 * units) + unit]),
    };
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
                var count = arguments.Count();
                mean = 0;
                for (var row = 0; row < arguments.Rows; row++)
                    mean += arguments.Counts(row) ? arguments.Input[(row * TShape.Units) + unit] : 0;
                mean /= count;
                variance = 0;
                for (var row = 0; row < arguments.Rows; row++)
                {
                    var deviation = arguments.Counts(row) ? arguments.Input[(row * TShape.Units) + unit] - mean : 0;
                    variance += deviation * deviation;
                }

                variance /= count;
            }

            arguments.Moments[unit] = (float)mean;
            arguments.Moments[TShape.Units + unit] = (float)variance;
            arguments.Moments[(2 * TShape.Units) + unit] = (float)NormalizationFormulas.Scale(variance, TShape.Epsilon);
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
            var normalized = arguments.MomentsOf(unit, TShape.Units).Normalize(arguments.Input[index]);
            var beta = new DeviceLane(arguments.HasBeta != 0 ? arguments.Beta[unit] : 0);
            arguments.Output[index] = ((normalized * arguments.GammaOf(unit)) + beta).Value;
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
            var moments = arguments.MomentsOf(unit, TShape.Units);
            var count = arguments.Count();
            double sum = 0, product = 0;
            for (var row = 0; row < arguments.Rows; row++)
            {
                double gradient = arguments.OutputGradient[(row * TShape.Units) + unit];
                sum += gradient;
                product += gradient * moments.Normalize(arguments.Input[(row * TShape.Units) + unit]).Value;
            }

            arguments.Sums[unit] = (float)sum;
            arguments.Sums[TShape.Units + unit] = (float)product;
            arguments.Sums[(2 * TShape.Units) + unit] = (float)(sum / count);
            arguments.Sums[(3 * TShape.Units) + unit] = (float)(product / count);
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
            var (average, averageProduct) = (DeviceLane.Zero, DeviceLane.Zero);
            if (arguments.UsesBatch != 0 && arguments.Counts(index / TShape.Units))
            {
                average = new DeviceLane(arguments.Sums[(2 * TShape.Units) + unit]);
                averageProduct = new DeviceLane(arguments.Sums[(3 * TShape.Units) + unit]);
            }

            var received = new DeviceLane(arguments.OutputGradient[index]);
            var normalized = moments.Normalize(arguments.Input[index]);
            var gradient = NormalizationFormulas.Backward(received, normalized, average, averageProduct, moments.Scale);
            arguments.InputGradient[index] = (gradient * arguments.GammaOf(unit)).Value;
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
