using ILGPU;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>One output of those of two layers in launches.</summary>
internal static class DeviceCombination<TShape> where TShape : struct, ICombineShape
{
    /// <summary>y from a and b.</summary>
    public static void Forward(DeviceProgram program, in CombineOffsets offsets, int rows)
    {
        var arguments = Arguments(program, offsets, rows);
        arguments.Output = program.Activation(offsets.Output, OutputLength(rows));
        if (TShape.Combination.KeepsBoth())
            program.LaunchElements<SideBySideKernel<TShape>, CombinationArguments>(Elements(rows), arguments);
        else
            program.LaunchElements<CombinationForwardKernel<TShape>, CombinationArguments>(Elements(rows), arguments);
    }

    /// <summary>da and db from dy, where somebody asks for them.</summary>
    public static void Backward(DeviceProgram program, in CombineOffsets offsets, int rows)
    {
        var arguments = Arguments(program, offsets, rows);
        arguments.OutputGradient = program.Activation(offsets.OutputGradient, OutputLength(rows));
        if (offsets.InputGradient >= 0)
        {
            arguments.FirstGradient = program.Activation(offsets.InputGradient, (long)rows * TShape.FirstUnits);
            arguments.HasFirstGradient = 1;
        }

        if (offsets.SecondGradient >= 0)
        {
            arguments.SecondGradient = program.Activation(offsets.SecondGradient, (long)rows * TShape.SecondUnits);
            arguments.HasSecondGradient = 1;
        }

        if (TShape.Combination.KeepsBoth())
            program.LaunchElements<SideBySideBackwardKernel<TShape>, CombinationArguments>(Elements(rows), arguments);
        else
            program.LaunchElements<CombinationBackwardKernel<TShape>, CombinationArguments>(Elements(rows), arguments);
    }

    private static int Elements(int rows) => rows * Math.Max(TShape.FirstUnits, TShape.SecondUnits);

    private static long OutputLength(int rows) => (long)rows * (TShape.Combination.KeepsBoth() ? TShape.FirstUnits + TShape.SecondUnits : TShape.FirstUnits);

    // What a pass does not use is a view all the same: a device is given a pointer.
    private static CombinationArguments Arguments(DeviceProgram program, in CombineOffsets offsets, int rows) => new()
    {
        First = View(program, offsets.Input, (long)rows * TShape.FirstUnits),
        Second = View(program, offsets.Second, (long)rows * TShape.SecondUnits),
        FirstIsOnes = offsets.Input < 0 ? 1 : 0,
        SecondIsOnes = offsets.Second < 0 ? 1 : 0,
        FirstMask = View(program, offsets.Mask, rows),
        SecondMask = View(program, offsets.SecondMask, rows),
        Output = program.Activations,
        OutputGradient = program.Activations,
        FirstGradient = program.Activations,
        SecondGradient = program.Activations,
        Rows = rows,
    };

    private static ArrayView<float> View(DeviceProgram program, int offset, long length) =>
        offset < 0 ? program.Activations : program.Activation(offset, length);
}
