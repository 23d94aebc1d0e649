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
    public static ArrayView<float> Forward(DeviceProgram program, in RecurrentPlaces places, int columns)
    {
        var rows = places.Timesteps * places.Samples;
        var length = (long)rows * columns;
        var result = places.Trains ? program.Activation(places.PreActivations, length) : program.TakeScratch(length);
        program.Multiply<NoEpilogue>(new ProductArguments
        {
            Operands = new ProductOperands
            {
                Left = Input(program, places),
                LeftRowStride = places.Inputs,
                LeftDepthStride = 1,
                Right = program.Parameter(places.Kernel, (long)places.Inputs * columns),
                RightDepthStride = columns,
                RightColumnStride = 1,
                Rows = rows,
                Columns = columns,
                Depth = places.Inputs,
            },
            Result = result,
            Start = program.Parameter(places.Bias, columns),
            HasStart = places.Bias >= 0 ? 1 : 0,
        });
        return result;
    }

    /// <summary>dx = dz·Wᵀ, where somebody asks for it.</summary>
    public static void Backward(DeviceProgram program, in RecurrentPlaces places, ArrayView<float> gradients, int columns)
    {
        if (places.InputGradient < 0)
            return;

        var rows = places.Timesteps * places.Samples;
        var length = (long)rows * places.Inputs;
        var destination = program.Activation(places.InputGradient, length);
        var result = places.GoBackwards ? program.TakeScratch(length) : destination;
        program.Multiply<NoEpilogue>(new ProductArguments
        {
            Operands = new ProductOperands
            {
                Left = gradients,
                LeftRowStride = columns,
                LeftDepthStride = 1,
                Right = program.Parameter(places.Kernel, (long)places.Inputs * columns),
                RightDepthStride = 1,
                RightColumnStride = columns,
                Rows = rows,
                Columns = places.Inputs,
                Depth = columns,
            },
            Result = result,
            Start = result,
            StartRowStride = places.Inputs,
            HasStart = places.AddsInputGradient && !places.GoBackwards ? 1 : 0,
        });
        if (places.GoBackwards)
            Reverse(program, places, result, destination, places.AddsInputGradient);
    }

    /// <summary>The gradients of kernel and bias.</summary>
    public static void Gradients(DeviceProgram program, in RecurrentPlaces places, ArrayView<float> gradients, int columns)
    {
        var rows = places.Timesteps * places.Samples;
        program.AddKernelGradient(new GradientProduct
        {
            Result = program.Gradient(places.Kernel, (long)places.Inputs * columns),
            Left = Input(program, places),
            Inputs = places.Inputs,
            Right = gradients,
            Columns = columns,
            Rows = rows,
        });
        if (places.Bias >= 0)
            program.AddBiasGradient(program.Gradient(places.Bias, columns), gradients, columns, rows);
    }

    private static ArrayView<float> Input(DeviceProgram program, in RecurrentPlaces places)
    {
        var length = (long)places.Timesteps * places.Samples * places.Inputs;
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
