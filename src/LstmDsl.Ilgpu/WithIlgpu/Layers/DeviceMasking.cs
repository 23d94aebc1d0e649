using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>A layer that marks padding, in launches.</summary>
internal static class DeviceMasking
{
    /// <summary>Which rows count, and zeros for the others.</summary>
    public static void Forward<TShape>(DeviceProgram program, in WeightlessOffsets offsets, int rows)
        where TShape : struct, IMaskingShape =>
        program.LaunchElements<MaskingForwardKernel<TShape>, MaskingArguments>(rows, new MaskingArguments
        {
            Input = program.Activation(offsets.Input, (long)rows * TShape.Units),
            Mask = program.Activation(offsets.Mask, rows),
            Output = program.Activation(offsets.Output, (long)rows * TShape.Units),
            Rows = rows,
        });

    /// <summary>dx = m·dy, where somebody asks for it.</summary>
    public static void Backward<TShape>(DeviceProgram program, in WeightlessOffsets offsets, int rows) where TShape : struct, IMaskingShape
    {
        if (offsets.InputGradient >= 0)
            Multiply(program, offsets.OutputGradient, offsets.Mask, offsets.InputGradient, rows, TShape.Units);
    }

    /// <summary>destination (rows, columns) = mask (rows) · source; the destination may be the source.</summary>
    public static void Multiply(DeviceProgram program, int source, int mask, int destination, int rows, int columns) =>
        program.LaunchElements<MaskProductKernel, MaskProductArguments>(rows * columns, new MaskProductArguments
        {
            Source = program.Activation(source, (long)rows * columns),
            Masks = program.Activation(mask, rows),
            Destination = program.Activation(destination, (long)rows * columns),
            Length = rows * columns,
            Period = rows,
            Repeats = columns,
        });
}
