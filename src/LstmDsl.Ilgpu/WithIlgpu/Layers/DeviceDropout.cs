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
    public static void DrawMasks(DeviceProgram program, in RecurrentPlaces places)
    {
        if (!places.Drops)
            return;
        DrawMasks(program, places, places.InputMasks, places.Inputs, places.InputRate, firstGate: 0);
        DrawMasks(program, places, places.StateMasks, places.Units, places.StateRate, DropoutDraws.GatesPerLayer / 2);
    }

    /// <summary>destination (rows, width) = a gate's mask · source, or added to what stands there.</summary>
    public static void Multiply(
        DeviceProgram program, in RecurrentPlaces places, in GatedOperand operand, int gate, ArrayView<float> source,
        ArrayView<float> destination, bool adds)
    {
        var period = places.Samples * operand.Width;
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

    private static void DrawMasks(DeviceProgram program, in RecurrentPlaces places, int masks, int width, double rate, int firstGate)
    {
        var length = places.Gates * places.Samples * width;
        program.LaunchElements<DropoutMaskKernel, DropoutMaskArguments>(length, new DropoutMaskArguments
        {
            Masks = program.Activation(masks, length),
            Draws = Draws(program, rate, places.Layer),
            FirstGate = firstGate,
            Samples = places.Samples,
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

    private static DeviceDraws Draws(DeviceProgram program, double rate, int layer) => new()
    {
        Draws = program.Dropout,
        Threshold = DropoutDraws.Threshold(rate),
        Scale = (float)DropoutDraws.Scale(rate),
        Layer = layer,
    };
}
