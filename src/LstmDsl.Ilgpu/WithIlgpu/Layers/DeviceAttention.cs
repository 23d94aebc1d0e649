using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>An attention layer in launches.</summary>
internal static class DeviceAttention<TShape> where TShape : struct, IAttentionShape
{
    /// <summary>Weights and output.</summary>
    public static void Forward(DeviceProgram program, in AttentionOffsets offsets, int samples)
    {
        var arguments = Arguments(program, offsets, samples);
        arguments.Output = program.Activation(offsets.Output, (long)arguments.Rows * TShape.QueryTimesteps * TShape.Units);
        var threads = offsets.KeptStride > 0 ? arguments.Rows * TShape.QueryTimesteps : arguments.Rows;
        program.LaunchElements<AttentionForwardKernel<TShape>, AttentionArguments>(threads, arguments);
    }

    /// <summary>Gradients of scores, then those of query, values and keys, where somebody asks for them.</summary>
    public static void Backward(DeviceProgram program, in AttentionOffsets offsets, int samples)
    {
        var arguments = WithScoreGradients(program, offsets, samples);
        var (queries, keys) = (arguments.Rows * TShape.QueryTimesteps, arguments.Rows * TShape.Timesteps);
        program.LaunchElements<AttentionScoresKernel<TShape>, AttentionArguments>(queries, arguments);
        if (offsets.InputGradient >= 0)
        {
            arguments.Result = program.Activation(offsets.InputGradient, (long)queries * TShape.KeyUnits);
            program.LaunchElements<AttentionComparedKernel<TShape>, AttentionArguments>(queries * TShape.KeyUnits, arguments);
        }

        if (offsets.SecondGradient >= 0)
        {
            arguments.Result = program.Activation(offsets.SecondGradient, (long)keys * TShape.Units);
            program.LaunchElements<AttentionValueKernel<TShape>, AttentionArguments>(keys * TShape.Units, arguments);
        }

        if (offsets.ThirdGradient >= 0)
        {
            arguments.ToKeys = 1;
            arguments.Result = program.Activation(offsets.ThirdGradient, (long)keys * TShape.KeyUnits);
            program.LaunchElements<AttentionComparedKernel<TShape>, AttentionArguments>(keys * TShape.KeyUnits, arguments);
        }
    }

    /// <summary>Gradients of the score's weights.</summary>
    public static void Gradients(DeviceProgram program, in AttentionOffsets offsets, int samples)
    {
        var arguments = WithScoreGradients(program, offsets, samples);
        arguments.Result = program.Gradient(offsets.Scale, AttentionGradientKernel<TShape>.Scales);
        arguments.Output = program.Gradient(offsets.ConcatScoreWeight, 1);
        program.LaunchElements<AttentionGradientKernel<TShape>, AttentionArguments>(AttentionGradientKernel<TShape>.Count, arguments);
    }

    private static AttentionArguments WithScoreGradients(DeviceProgram program, in AttentionOffsets offsets, int samples)
    {
        var arguments = Arguments(program, offsets, samples);
        var queries = (long)arguments.Rows * TShape.QueryTimesteps;
        arguments.OutputGradient = program.Activation(offsets.OutputGradient, queries * TShape.Units);
        arguments.ScoreGradients = program.Activation(offsets.ScoreGradients, queries * TShape.Timesteps);
        return arguments;
    }

    // What a pass does not use is a view all the same: a device is given a pointer.
    private static AttentionArguments Arguments(DeviceProgram program, in AttentionOffsets offsets, int samples)
    {
        var rows = samples * TShape.Heads;
        var (queries, keys) = ((long)rows * TShape.QueryTimesteps, (long)rows * TShape.Timesteps);
        return new AttentionArguments
        {
            Query = program.Activation(offsets.Input, queries * TShape.KeyUnits),
            Keys = program.Activation(offsets.Third, keys * TShape.KeyUnits),
            Values = program.Activation(offsets.Second, keys * TShape.Units),
            Weights = program.Activation(offsets.Kept, (offsets.KeptStride > 0 ? queries : rows) * TShape.Timesteps),
            Output = program.Activations,
            OutputGradient = program.Activations,
            ScoreGradients = program.Activations,
            Result = program.Activations,
            Scale = program.Parameter(offsets.Scale, AttentionGradientKernel<TShape>.Scales),
            ConcatScoreWeight = program.Parameter(offsets.ConcatScoreWeight, 1),
            QueryMask = program.Activation(offsets.Mask, (long)samples * TShape.QueryTimesteps),
            ValueMask = program.Activation(offsets.SecondMask, (long)samples * TShape.Timesteps),
            KeyMask = program.Activation(offsets.ThirdMask, (long)samples * TShape.Timesteps),
            Draws = DeviceDropout.Draws(program, TShape.Dropout, TShape.Layer),
            HasQueryMask = offsets.Mask >= 0 ? 1 : 0,
            HasValueMask = offsets.SecondMask >= 0 ? 1 : 0,
            HasKeyMask = offsets.ThirdMask >= 0 ? 1 : 0,
            WeightsStride = offsets.KeptStride,
            Rows = rows,
        };
    }
}
