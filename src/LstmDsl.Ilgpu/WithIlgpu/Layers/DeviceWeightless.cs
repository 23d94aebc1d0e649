using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>Layers without weights in launches.</summary>
internal static class DeviceWeightless
{
    /// <summary>y = φ(x).</summary>
    public static void ActivationForward<TShape>(DeviceProgram program, in WeightlessOffsets offsets, int rows)
        where TShape : struct, IActivationShape
    {
        var arguments = Arguments(program, offsets, rows, TShape.Units);
        if (TShape.Activation.WorksOnRows())
            program.LaunchElements<SoftmaxForwardKernel<TShape>, WeightlessArguments>(rows, arguments);
        else
            program.LaunchElements<ActivationForwardKernel<TShape>, WeightlessArguments>(rows * TShape.Units, arguments);
    }

    /// <summary>dx from dy, where somebody asks for it.</summary>
    public static void ActivationBackward<TShape>(DeviceProgram program, in WeightlessOffsets offsets, int rows)
        where TShape : struct, IActivationShape
    {
        if (offsets.InputGradient < 0)
            return;
        var arguments = Arguments(program, offsets, rows, TShape.Units);
        arguments.OutputGradient = program.Activation(offsets.OutputGradient, (long)rows * TShape.Units);
        arguments.InputGradient = program.Activation(offsets.InputGradient, (long)rows * TShape.Units);
        arguments.Adds = offsets.IsHead && program.LossTakesLogits ? 1 : 0;
        if (TShape.Activation.WorksOnRows())
            program.LaunchElements<SoftmaxBackwardKernel<TShape>, WeightlessArguments>(rows, arguments);
        else
            program.LaunchElements<ActivationBackwardKernel<TShape>, WeightlessArguments>(rows * TShape.Units, arguments);
    }

    /// <summary>The end of a bidirectional layer.</summary>
    public static void MergeForward<TShape>(DeviceProgram program, in MergeOffsets offsets, int samples, int timesteps)
        where TShape : struct, IMergeShape
    {
        var arguments = Arguments<TShape>(program, offsets, samples, timesteps);
        arguments.Output = program.Activation(offsets.Output, OutputLength<TShape>(samples, timesteps));
        program.LaunchElements<MergeForwardKernel<TShape>, MergeArguments>(timesteps * samples * TShape.Units, arguments);
    }

    /// <summary>The gradients of both halves.</summary>
    public static void MergeBackward<TShape>(DeviceProgram program, in MergeOffsets offsets, int samples, int timesteps)
        where TShape : struct, IMergeShape
    {
        var length = (long)timesteps * samples * TShape.Units;
        var arguments = Arguments<TShape>(program, offsets, samples, timesteps);
        arguments.OutputGradient = program.Activation(offsets.OutputGradient, OutputLength<TShape>(samples, timesteps));
        arguments.FirstGradient = program.Activation(offsets.InputGradient, length);
        arguments.SecondGradient = program.Activation(offsets.SecondGradient, length);
        program.LaunchElements<MergeBackwardKernel<TShape>, MergeArguments>(timesteps * samples * TShape.Units, arguments);
    }

    private static long OutputLength<TShape>(int samples, int timesteps) where TShape : struct, IMergeShape =>
        (long)timesteps * samples * TShape.Units * (TShape.Merge == Merge.Concat ? 2 : 1);

    private static WeightlessArguments Arguments(DeviceProgram program, in WeightlessOffsets offsets, int rows, int units) => new()
    {
        Input = program.Activation(offsets.Input, (long)rows * units),
        Output = program.Activation(offsets.Output, (long)rows * units),
        OutputGradient = program.Activations,
        InputGradient = program.Activations,
        Rows = rows,
    };

    private static MergeArguments Arguments<TShape>(DeviceProgram program, in MergeOffsets offsets, int samples, int timesteps)
        where TShape : struct, IMergeShape
    {
        var length = (long)timesteps * samples * TShape.Units;
        return new MergeArguments
        {
            First = program.Activation(offsets.Input, length),
            Second = program.Activation(offsets.Second, length),
            Output = program.Activations,
            OutputGradient = program.Activations,
            FirstGradient = program.Activations,
            SecondGradient = program.Activations,
            Samples = samples,
            Timesteps = timesteps,
        };
    }
}
