using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>An embedding in launches. A device cannot refuse a number, so they are checked on their way there.</summary>
internal static class DeviceEmbedding<TShape> where TShape : struct, IEmbeddingShape
{
    /// <summary>y = E[x], and the mask where one is asked for.</summary>
    public static void Forward(DeviceProgram program, in EmbeddingOffsets offsets, int rows) =>
        program.LaunchElements<EmbeddingForwardKernel<TShape>, EmbeddingArguments>(
            rows * TShape.Units, Arguments(program, offsets, rows));

    /// <summary>dE[x] += dy.</summary>
    public static void Gradients(DeviceProgram program, in EmbeddingOffsets offsets, int rows)
    {
        var arguments = Arguments(program, offsets, rows);
        arguments.OutputGradient = program.Activation(offsets.OutputGradient, (long)rows * TShape.Units);
        arguments.Gradient = program.Gradient(offsets.Embeddings, TShape.Inputs * TShape.Units);
        program.LaunchElements<EmbeddingGradientKernel<TShape>, EmbeddingArguments>(TShape.Inputs * TShape.Units, arguments);
    }

    private static EmbeddingArguments Arguments(DeviceProgram program, in EmbeddingOffsets offsets, int rows) => new()
    {
        Input = program.Activation(offsets.Input, rows),
        Embeddings = program.Parameter(offsets.Embeddings, TShape.Inputs * TShape.Units),
        Output = program.Activation(offsets.Output, (long)rows * TShape.Units),
        Mask = program.Activation(offsets.Mask > 0 ? offsets.Mask : Offset.None, rows),
        OutputGradient = program.Activations,
        Gradient = program.Activations,
        HasMask = offsets.Mask > 0 ? 1 : 0,
        Rows = rows,
    };
}
