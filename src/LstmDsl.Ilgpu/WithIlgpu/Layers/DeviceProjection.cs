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
    public static ArrayView<float> Forward(DeviceProgram program, in SizedRecurrentOffsets offsets)
    {
        var length = (long)offsets.Rows * offsets.Columns;
        var result = offsets.Trains ? program.Activation(offsets.PreActivations, length) : program.TakeScratch(length);
        GatedProducts.Project(program, offsets, Operand(program, offsets), result);
        return result;
    }

    /// <summary>dx = dz·Wᵀ, where somebody asks for it.</summary>
    public static void Backward(DeviceProgram program, in SizedRecurrentOffsets offsets, ArrayView<float> gradients)
    {
        if (offsets.InputGradient < 0)
            return;

        var length = (long)offsets.Rows * offsets.Inputs;
        var destination = program.Activation(offsets.InputGradient, length);
        var result = offsets.GoBackwards ? program.TakeScratch(length) : destination;
        var operand = Kernel(offsets) with { Values = result };
        GatedProducts.SendBack(program, offsets, operand, gradients, offsets.AddsInputGradient && !offsets.GoBackwards);
        if (offsets.GoBackwards)
            Reverse(program, offsets, result, destination, offsets.AddsInputGradient);
    }

    /// <summary>The gradients of kernel and bias.</summary>
    public static void Gradients(DeviceProgram program, in SizedRecurrentOffsets offsets, ArrayView<float> gradients)
    {
        GatedProducts.AddGradients(program, offsets, Operand(program, offsets) with { Bias = offsets.Bias }, gradients);
        // The reversed input lies in scratch, which the next layer takes.
        if (offsets.GoBackwards)
            program.LaunchGradients();
    }

    private static GatedOperand Operand(DeviceProgram program, in SizedRecurrentOffsets offsets) =>
        Kernel(offsets) with { Values = Input(program, offsets) };

    private static GatedOperand Kernel(in SizedRecurrentOffsets offsets) => new()
    {
        Width = offsets.Inputs,
        Rows = offsets.Rows,
        Kernel = offsets.Kernel,
        Masks = offsets.InputMasks,
        ToGate = offsets.Gates,
    };

    private static ArrayView<float> Input(DeviceProgram program, in SizedRecurrentOffsets offsets)
    {
        var length = (long)offsets.Rows * offsets.Inputs;
        var input = program.Activation(offsets.Input, length);
        if (!offsets.GoBackwards)
            return input;
        var reversed = program.TakeScratch(length);
        Reverse(program, offsets, input, reversed, adds: false);
        return reversed;
    }

    private static void Reverse(
        DeviceProgram program, in SizedRecurrentOffsets offsets, ArrayView<float> source, ArrayView<float> destination, bool adds)
    {
        var columns = offsets.Samples * offsets.Inputs;
        program.LaunchElements<ReverseKernel, RearrangeArguments>(offsets.Timesteps * columns, new RearrangeArguments
        {
            Source = source,
            Destination = destination,
            Rows = offsets.Timesteps,
            Columns = columns,
            Adds = adds ? 1 : 0,
        });
    }
}
