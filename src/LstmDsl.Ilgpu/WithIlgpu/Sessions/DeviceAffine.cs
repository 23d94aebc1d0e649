using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>A layer that maps each feature by two numbers, in launches.</summary>
internal static class DeviceAffine
{
    /// <summary>y from x.</summary>
    public static void Forward<TShape>(DeviceProgram program, in AffineOffsets offsets, int rows) where TShape : struct, IAffineShape =>
        program.LaunchElements<AffineForwardKernel<TShape>, AffineArguments>(
            rows * TShape.Units, Arguments<TShape>(program, offsets, offsets.Input, offsets.Output, rows));

    /// <summary>dx from dy, where somebody asks for it.</summary>
    public static void Backward<TShape>(DeviceProgram program, in AffineOffsets offsets, int rows) where TShape : struct, IAffineShape
    {
        if (offsets.InputGradient < 0)
            return;
        program.LaunchElements<AffineBackwardKernel<TShape>, AffineArguments>(
            rows * TShape.Units, Arguments<TShape>(program, offsets, offsets.OutputGradient, offsets.InputGradient, rows));
    }

    private static AffineArguments Arguments<TShape>(
        DeviceProgram program, in AffineOffsets offsets, int source, int destination, int rows)
        where TShape : struct, IAffineShape
    {
        var weights = TShape.SharesWeights ? 1 : TShape.Units;
        return new AffineArguments
        {
            Source = program.Activation(source, (long)rows * TShape.Units),
            Destination = program.Activation(destination, (long)rows * TShape.Units),
            Mean = program.Parameter(offsets.Mean, weights),
            Variance = program.Parameter(offsets.Variance, weights),
            HasWeights = offsets.Mean < 0 ? 0 : 1,
            Length = rows * TShape.Units,
        };
    }
}
