using ILGPU;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>A layer that normalises rows, in launches.</summary>
internal static class DeviceLayerNormalization<TShape> where TShape : struct, ILayerNormalizationShape
{
    /// <summary>y = γ·x̂ + β.</summary>
    public static void Forward(DeviceProgram program, in NormalizationOffsets offsets, int rows) =>
        program.LaunchElements<LayerNormalizationForwardKernel<TShape>, LayerNormalizationArguments>(
            rows, Arguments(program, offsets, rows, program.Activation(offsets.Output, (long)rows * TShape.Units)));

    /// <summary>dx, where somebody asks for it.</summary>
    public static void Backward(DeviceProgram program, in NormalizationOffsets offsets, int rows)
    {
        if (offsets.InputGradient < 0)
            return;
        program.LaunchElements<LayerNormalizationBackwardKernel<TShape>, LayerNormalizationArguments>(
            rows, Arguments(program, offsets, rows, program.Activation(offsets.InputGradient, (long)rows * TShape.Units)));
    }

    /// <summary>dγ += Σ dy·x̂, dβ += Σ dy.</summary>
    public static void Gradients(DeviceProgram program, in NormalizationOffsets offsets, int rows)
    {
        program.BeginLayer();
        var gradient = program.Activation(offsets.OutputGradient, (long)rows * TShape.Units);
        if (offsets.Gamma >= 0)
        {
            var products = program.TakeScratch((long)rows * TShape.Units);
            program.LaunchElements<LayerNormalizationProductKernel<TShape>, LayerNormalizationArguments>(
                rows, Arguments(program, offsets, rows, products));
            program.AddBiasGradient(program.Gradient(offsets.Gamma, TShape.Units), products, TShape.Units, rows);
        }

        if (offsets.Beta >= 0)
            program.AddBiasGradient(program.Gradient(offsets.Beta, TShape.Units), gradient, TShape.Units, rows);
        // The products lie in scratch, which the next layer takes.
        if (offsets.Gamma >= 0)
            program.LaunchGradients();
    }

    private static LayerNormalizationArguments Arguments(
        DeviceProgram program, in NormalizationOffsets offsets, int rows, ArrayView<float> result) => new()
        {
            Input = program.Activation(offsets.Input, (long)rows * TShape.Units),
            Result = result,
            OutputGradient = program.Activation(offsets.OutputGradient, (long)rows * TShape.Units),
            Gamma = program.Parameter(offsets.Gamma, TShape.Units),
            Beta = program.Parameter(offsets.Beta, TShape.Units),
            HasGamma = offsets.Gamma >= 0 ? 1 : 0,
            HasBeta = offsets.Beta >= 0 ? 1 : 0,
            Rows = rows,
        };
}
