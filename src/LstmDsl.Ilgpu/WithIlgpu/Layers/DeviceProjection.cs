using ILGPU;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// What a recurrent layer of any cell does with its input: one product for all timesteps, forwards and backwards. A layer that goes
/// backwards reads a reversed copy of its input.
/// </summary>
internal static class DeviceProjection
{
    /// <summary>x·W + b, (T, n, columns); in a prediction in scratch.</summary>
    public static ArrayView<float> Forward(DeviceProgram program, in RecurrentPlaces places)
    {
        var length = (long)places.Rows * places.Columns;
        var result = places.Trains ? program.Activation(places.PreActivations, length) : program.TakeScratch(length);
        GatedProducts.Project(program, places, Operand(program, places), result);
        return result;
    }

    /// <summary>dx = dz·Wᵀ, where somebody asks for it.</summary>
    public static void Backward(DeviceProgram program, in RecurrentPlaces places, ArrayView<float> gradients)
    {
        if (places.InputGradient < 0)
            return;

        var length = (long)places.Rows * places.Inputs;
        var destination = program.Activation(places.InputGradient, length);
        var result = places.GoBackwards ? program.TakeScratch(length) : destination;
        var operand = Kernel(places) with { Values = result };
        GatedProducts.SendBack(program, places, operand, gradients, places.AddsInputGradient && !places.GoBackwards);
        if (places.GoBackwards)
            Reverse(program, places, result, destination, places.AddsInputGradient);
    }

    /// <summary>The gradients of kernel and bias.</summary>
    public static void Gradients(DeviceProgram program, in RecurrentPlaces places, ArrayView<float> gradients)
    {
        GatedProducts.AddGradients(program, places, Operand(program, places), gradients);
        if (places.Bias >= 0)
            program.AddBiasGradient(program.Gradient(places.Bias, places.Columns), gradients, places.Columns, places.Rows);
    }

    private static GatedOperand Operand(DeviceProgram program, in RecurrentPlaces places) =>
        Kernel(places) with { Values = Input(program, places) };

    private static GatedOperand Kernel(in RecurrentPlaces places) => new()
    {
        Width = places.Inputs,
        Rows = places.Rows,
        Kernel = places.Kernel,
        Masks = places.InputMasks,
        ToGate = places.Gates,
    };

    private static ArrayView<float> Input(DeviceProgram program, in RecurrentPlaces places)
    {
        var length = (long)places.Rows * places.Inputs;
        var input = program.Activation(places.Input, length);
        if (!places.GoBackwards)
            return input;
        var reversed = program.TakeScratch(length);
        Reverse(program, places, input, reversed, adds: false);
        return reversed;
    }

    private static void Reverse(
        DeviceProgram program, in RecurrentPlaces places, ArrayView<float> source, ArrayView<float> destination, bool adds)
    {
        var columns = places.Samples * places.Inputs;
        program.LaunchElements<ReverseKernel, RearrangeArguments>(places.Timesteps * columns, new RearrangeArguments
        {
            Source = source,
            Destination = destination,
            Rows = places.Timesteps,
            Columns = columns,
            Adds = adds ? 1 : 0,
        });
    }
}
