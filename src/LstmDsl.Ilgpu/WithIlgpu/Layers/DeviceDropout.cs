using ILGPU;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>Dropout in launches: as a layer, and the masks of recurrent layers.</summary>
internal static class DeviceDropout
{
    /// <summary>y = m·x.</summary>
    public static void Forward<TShape>(DeviceProgram program, in WeightlessOffsets offsets, int samples, int timesteps)
        where TShape : struct, IDropoutShape =>
        Multiply<TShape>(program, offsets.Input, offsets.Output, samples, timesteps, adds: false);

    /// <summary>dx = m·dy, where somebody asks for it.</summary>
    public static void Backward<TShape>(DeviceProgram program, in WeightlessOffsets offsets, int samples, int timesteps)
        where TShape : struct, IDropoutShape
    {
        if (offsets.InputGradient >= 0)
            Multiply<TShape>(program, offsets.OutputGradient, offsets.InputGradient, samples, timesteps, TShape.AddsInputGradient);
    }

    /// <summary>Draws a recurrent layer's masks of input and state for each gate, where it has any.</summary>
    public static void DrawMasks(DeviceProgram program, in SizedRecurrentOffsets offsets)
    {
        if (!offsets.Drops)
            return;
        DrawMasks(program, offsets, offsets.InputMasks, offsets.Inputs, offsets.InputRate, firstGate: 0);
        DrawMasks(program, offsets, offsets.StateMasks, offsets.Units, offsets.StateRate, DropoutDraws.GatesPerLayer / 2);
    }

    /// <summary>destination (rows, width) = a gate's mask · source, or added to what stands there.</summary>
    public static void Multiply(
        DeviceProgram program, in SizedRecurrentOffsets offsets, in GatedOperand operand, int gate, ArrayView<float> source,
        ArrayView<float> destination, bool adds)
    {
        var period = offsets.Samples * operand.Width;
        program.LaunchElements<MaskProductKernel, MaskProductArguments>(operand.Rows * operand.Width, new MaskProductArguments
        {
            Source = source,
            Masks = program.Activation(operand.Masks + (gate * period), period),
            Destination = destination,
            Length = operand.Rows * operand.Width,
            Period = period,
            Repeats = 1,
            Adds = adds ? 1 : 0,
        });
    }

    private static void DrawMasks(DeviceProgram program, in SizedRecurrentOffsets offsets, int masks, int width, double rate, int firstGate)
    {
        var length = offsets.Gates * offsets.Samples * width;
        program.LaunchElements<DropoutMaskKernel, DropoutMaskArguments>(length, new DropoutMaskArguments
        {
            Masks = program.Activation(masks, length),
            Draws = Draws(program, rate, offsets.Layer),
            FirstGate = firstGate,
            Samples = offsets.Samples,
            Units = width,
            Length = length,
        });
    }

    private static void Multiply<TShape>(DeviceProgram program, int source, int destination, int samples, int timesteps, bool adds)
        where TShape : struct, IDropoutShape
    {
        var length = timesteps * samples * TShape.Units;
        program.LaunchElements<DeviceDropoutKernel<TShape>, DropoutArguments>(length, new DropoutArguments
        {
            Source = program.Activation(source, length),
            Destination = program.Activation(destination, length),
            Draws = Draws(program, TShape.Rate, TShape.Layer),
            Samples = samples,
            Length = length,
            Adds = adds ? 1 : 0,
        });
    }

    /// <summary>What a layer's dropout draws at this step.</summary>
    public static DeviceDraws Draws(DeviceProgram program, double rate, int layer) => new()
    {
        Draws = program.Dropout,
        Threshold = DropoutDraws.Threshold(rate),
        Scale = (float)DropoutDraws.Scale(rate),
        Layer = layer,
    };
}
