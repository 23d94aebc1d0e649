using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>Layers over windows of timesteps in launches: what convolutions, flattening and repetition are made of, and pooling.</summary>
internal static class DeviceWindows
{
    /// <summary>Lays windows side by side.</summary>
    public static void UnfoldForward<TShape>(DeviceProgram program, in WeightlessOffsets offsets, int samples)
        where TShape : struct, IUnfoldShape
    {
        var arguments = Arguments(program, offsets, samples, TShape.Timesteps * TShape.Inputs, Outputs<TShape>());
        program.LaunchElements<UnfoldForwardKernel<TShape>, WindowArguments>(samples * Outputs<TShape>(), arguments);
    }

    /// <summary>The gradient of its input, where somebody asks for it.</summary>
    public static void UnfoldBackward<TShape>(DeviceProgram program, in WeightlessOffsets offsets, int samples)
        where TShape : struct, IUnfoldShape
    {
        if (offsets.InputGradient < 0)
            return;
        var inputs = TShape.Timesteps * TShape.Inputs;
        var arguments = Arguments(program, offsets, samples, inputs, Outputs<TShape>());
        program.LaunchElements<UnfoldBackwardKernel<TShape>, WindowArguments>(samples * inputs, arguments);
    }

    /// <summary>Pools windows.</summary>
    public static void PoolingForward<TShape>(DeviceProgram program, in WeightlessOffsets offsets, int samples)
        where TShape : struct, IPoolingShape
    {
        var outputs = TShape.OutputTimesteps * TShape.Units;
        var arguments = Arguments<TShape>(program, offsets, samples);
        program.LaunchElements<PoolingForwardKernel<TShape>, WindowArguments>(samples * outputs, arguments);
    }

    /// <summary>The gradient of its input, where somebody asks for it.</summary>
    public static void PoolingBackward<TShape>(DeviceProgram program, in WeightlessOffsets offsets, int samples)
        where TShape : struct, IPoolingShape
    {
        if (offsets.InputGradient < 0)
            return;
        var inputs = TShape.Timesteps * TShape.Units;
        var arguments = Arguments<TShape>(program, offsets, samples);
        program.LaunchElements<PoolingBackwardKernel<TShape>, WindowArguments>(samples * inputs, arguments);
    }

    private static int Outputs<TShape>() where TShape : struct, IUnfoldShape => TShape.OutputTimesteps * TShape.Window * TShape.Inputs;

    private static WindowArguments Arguments<TShape>(DeviceProgram program, in WeightlessOffsets offsets, int samples)
        where TShape : struct, IPoolingShape
    {
        var arguments = Arguments(program, offsets, samples, TShape.Timesteps * TShape.Units, TShape.OutputTimesteps * TShape.Units);
        if (offsets.Mask <= 0)
            return arguments;
        arguments.Mask = program.Activation(offsets.Mask, (long)TShape.Timesteps * samples);
        arguments.HasMask = 1;
        return arguments;
    }

    // What a pass does not use, or a prediction does not have, is a view all the same: a device is given a pointer.
    private static WindowArguments Arguments(
        DeviceProgram program, in WeightlessOffsets offsets, int samples, int inputs, int outputs) => new()
        {
            Input = program.Activation(offsets.Input, (long)samples * inputs),
            Output = program.Activation(offsets.Output, (long)samples * outputs),
            OutputGradient = program.Activation(offsets.OutputGradient, (long)samples * outputs),
            InputGradient = program.Activation(offsets.InputGradient, (long)samples * inputs),
            Mask = program.Activations,
            Samples = samples,
        };
}
