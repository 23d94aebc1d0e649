using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>Values in another order in launches.</summary>
internal static class DeviceRearrangement<TShape> where TShape : struct, IRearrangeShape
{
    private static int Outputs => TShape.OutputTimesteps * TShape.Units;

    /// <summary>y from x.</summary>
    public static void Forward(DeviceProgram program, in WeightlessOffsets offsets, int samples) =>
        program.LaunchElements<RearrangementKernel<TShape>, RearrangementArguments>(
            samples * Outputs, Arguments(program, offsets.Input, offsets.Output, samples));

    /// <summary>dx from dy, where somebody asks for it.</summary>
    public static void Backward(DeviceProgram program, in WeightlessOffsets offsets, int samples)
    {
        if (offsets.InputGradient < 0)
            return;
        program.LaunchElements<RearrangementBackwardKernel<TShape>, RearrangementArguments>(
            samples * Outputs, Arguments(program, offsets.InputGradient, offsets.OutputGradient, samples));
    }

    private static RearrangementArguments Arguments(DeviceProgram program, int input, int output, int samples) => new()
    {
        Input = program.Activation(input, (long)samples * Inputs),
        Output = program.Activation(output, (long)samples * Outputs),
        Samples = samples,
    };

    /// <summary>Values of a sample up to the last one that is given.</summary>
    private static int Inputs
    {
        get
        {
            var last = TShape.Start + ((TShape.OutputTimesteps - 1) * TShape.TimestepDistance) + ((TShape.Units - 1) * TShape.UnitDistance);
            return ((last / TShape.Inputs) + 1) * TShape.Inputs;
        }
    }
}

/// <summary>Sums of gradients in launches.</summary>
internal static class DeviceGradientSum
{
    /// <summary>Adds a gradient to that of the same output from another of its readers.</summary>
    public static void Run(DeviceProgram program, in GradientSum sum) =>
        program.LaunchElements<GradientSumKernel, GradientSumArguments>(sum.Length, new GradientSumArguments
        {
            From = program.Activation(sum.From, sum.Length),
            To = program.Activation(sum.To, sum.Length),
            Length = sum.Length,
        });
}
