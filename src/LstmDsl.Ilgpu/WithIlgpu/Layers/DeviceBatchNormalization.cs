using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// A layer that normalises features over a batch, in launches: a step of training with the moments of the batch, anything else with their
/// moving averages. Each pass computes them anew.
/// </summary>
internal static class DeviceBatchNormalization<TShape> where TShape : struct, IBatchNormalizationShape
{
    /// <summary>y = γ·x̂ + β.</summary>
    public static void Forward(DeviceProgram program, in NormalizationOffsets offsets, int rows) =>
        program.LaunchElements<BatchNormalizationForwardKernel<TShape>, BatchNormalizationArguments>(
            rows * TShape.Units, WithMoments(program, offsets, rows));

    /// <summary>dx, where somebody asks for it.</summary>
    public static void Backward(DeviceProgram program, in NormalizationOffsets offsets, int rows)
    {
        if (offsets.InputGradient < 0)
            return;
        program.LaunchElements<BatchNormalizationBackwardKernel<TShape>, BatchNormalizationArguments>(
            rows * TShape.Units, WithSums(program, offsets, rows));
    }

    /// <summary>The gradients of γ and β, and the batch's moments in the places of those of the moving averages.</summary>
    public static void Gradients(DeviceProgram program, in NormalizationOffsets offsets, int rows)
    {
        var arguments = WithSums(program, offsets, rows);
        arguments.GammaGradient = program.Gradient(offsets.Gamma, TShape.Units);
        arguments.BetaGradient = program.Gradient(offsets.Beta, TShape.Units);
        arguments.MovingMeanGradient = program.Gradient(offsets.MovingMean, TShape.Units);
        arguments.MovingVarianceGradient = program.Gradient(offsets.MovingVariance, TShape.Units);
        program.LaunchElements<BatchNormalizationGradientKernel<TShape>, BatchNormalizationArguments>(TShape.Units, arguments);
    }

    private static BatchNormalizationArguments WithSums(DeviceProgram program, in NormalizationOffsets offsets, int rows)
    {
        var arguments = WithMoments(program, offsets, rows);
        arguments.OutputGradient = program.Activation(offsets.OutputGradient, (long)rows * TShape.Units);
        arguments.InputGradient = program.Activation(offsets.InputGradient, (long)rows * TShape.Units);
        program.LaunchElements<BatchGradientSumsKernel<TShape>, BatchNormalizationArguments>(TShape.Units, arguments);
        return arguments;
    }

    private static BatchNormalizationArguments WithMoments(DeviceProgram program, in NormalizationOffsets offsets, int rows)
    {
        program.BeginLayer();
        // What a pass does not use is a view all the same: a device is given a pointer.
        var arguments = new BatchNormalizationArguments
        {
            Input = program.Activation(offsets.Input, (long)rows * TShape.Units),
            Output = program.Activation(offsets.Output, (long)rows * TShape.Units),
            OutputGradient = program.Activations,
            InputGradient = program.Activations,
            Gamma = program.Parameter(offsets.Gamma, TShape.Units),
            Beta = program.Parameter(offsets.Beta, TShape.Units),
            MovingMean = program.Parameter(offsets.MovingMean, TShape.Units),
            MovingVariance = program.Parameter(offsets.MovingVariance, TShape.Units),
            Mask = program.Activation(offsets.Mask > 0 ? offsets.Mask : Offset.None, rows),
            Moments = program.TakeScratch(3 * TShape.Units),
            Sums = program.TakeScratch(3 * TShape.Units),
            GammaGradient = program.Activations,
            BetaGradient = program.Activations,
            MovingMeanGradient = program.Activations,
            MovingVarianceGradient = program.Activations,
            HasGamma = offsets.Gamma >= 0 ? 1 : 0,
            HasBeta = offsets.Beta >= 0 ? 1 : 0,
            HasMask = offsets.Mask > 0 ? 1 : 0,
            UsesBatch = program.Trains && !TShape.IsFrozen ? 1 : 0,
            Rows = rows,
        };
        program.LaunchElements<BatchMomentsKernel<TShape>, BatchNormalizationArguments>(TShape.Units, arguments);
        return arguments;
    }
}
