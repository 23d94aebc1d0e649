using ILGPU;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// A recurrent layer in launches. The input meets its kernel once, for all timesteps; a small layer then runs its sequence in one launch, a
/// large one a launch a timestep. A layer that goes backwards reads a reversed copy of its input.
/// </summary>
internal static class DeviceRecurrence<TCell> where TCell : struct, IRecurrentCell
{
    private static int Columns => TCell.Gates * TCell.Units;

    /// <summary>The layer over all timesteps.</summary>
    public static void Forward(DeviceProgram program, in RecurrentPlaces places)
    {
        program.BeginLayer();
        var rows = places.Timesteps * places.Samples;
        var width = places.Samples * TCell.Units;
        var length = (long)rows * Columns;
        var preActivations = places.Trains ? program.Activation(places.PreActivations, length) : program.TakeScratch(length);
        program.Multiply<NoEpilogue>(new ProductArguments
        {
            Operands = new ProductOperands
            {
                Left = Input(program, places),
                LeftRowStride = places.Inputs,
                LeftDepthStride = 1,
                Right = program.Parameter(places.Kernel, (long)places.Inputs * Columns),
                RightDepthStride = Columns,
                RightColumnStride = 1,
                Rows = rows,
                Columns = Columns,
                Depth = places.Inputs,
            },
            Result = preActivations,
            Start = program.Parameter(places.Bias, Columns),
            HasStart = places.Bias >= 0 ? 1 : 0,
        });

        var layer = Layer(program, places, preActivations);
        layer.RecurrentKernel = program.Parameter(places.RecurrentKernel, (long)TCell.Units * Columns);
        if (TCell.Units <= program.Plan.LargestSequence)
        {
            program.Launch<SequenceForwardKernel<TCell>, RecurrentArguments>(
                program.Plan.Groups(places.Samples), program.Plan.SequenceGroup(TCell.Units), layer);
            return;
        }

        // A timestep's groups read what the one before wrote: one place for all of them would not do.
        var alternates = layer.HiddenPlaces == 1;
        var kept = layer.Hidden;
        if (alternates)
        {
            layer.Hidden = program.TakeScratch(2L * width);
            layer.HiddenPlaces = 2;
        }

        for (layer.Step = 0; layer.Step < places.Timesteps; layer.Step++)
            Step(program, layer, backward: false);
        if (alternates)
            program.Copy(program.Part(layer.Hidden, (places.Timesteps - 1) % 2 * (long)width, width), kept);
    }

    /// <summary>Back through time.</summary>
    public static void Backward(DeviceProgram program, in RecurrentPlaces places)
    {
        program.BeginLayer();
        var rows = places.Timesteps * places.Samples;
        var gradients = program.Activation(places.PreActivations, (long)rows * Columns);
        var layer = Layer(program, places, gradients);
        var recurrentKernel = program.Parameter(places.RecurrentKernel, (long)TCell.Units * Columns);
        if (TCell.Units <= program.Plan.LargestSequence)
        {
            layer.RecurrentKernel = program.TakeScratch((long)TCell.Units * Columns);
            program.LaunchElements<TransposeKernel, RearrangeArguments>(TCell.Units * Columns, new RearrangeArguments
            {
                Source = recurrentKernel,
                Destination = layer.RecurrentKernel,
                Rows = TCell.Units,
                Columns = Columns,
            });
            program.Launch<SequenceBackwardKernel<TCell>, RecurrentArguments>(
                program.Plan.Groups(places.Samples), program.Plan.SequenceGroup(TCell.Units), layer);
        }
        else
        {
            layer.RecurrentKernel = recurrentKernel;
            for (layer.Step = places.Timesteps - 1; layer.Step >= 0; layer.Step--)
                Step(program, layer, backward: true);
        }

        if (places.InputGradient >= 0)
            InputGradient(program, places, gradients);
    }

    /// <summary>The gradients of the weights, each as one product over time and samples.</summary>
    public static void Gradients(DeviceProgram program, in RecurrentPlaces places)
    {
        program.BeginLayer();
        var rows = places.Timesteps * places.Samples;
        var gradients = program.Activation(places.PreActivations, (long)rows * Columns);
        var kernel = program.Gradient(places.Kernel, (long)places.Inputs * Columns);
        program.AddKernelGradient(kernel, Input(program, places), places.Inputs, gradients, Columns, rows);
        if (places.Timesteps > 1)
        {
            // dz of each timestep meets h of the one before.
            var later = rows - places.Samples;
            program.AddKernelGradient(
                program.Gradient(places.RecurrentKernel, (long)TCell.Units * Columns),
                program.Activation(places.Hidden, (long)later * TCell.Units),
                TCell.Units,
                program.Part(gradients, (long)places.Samples * Columns, (long)later * Columns),
                Columns,
                later);
        }

        if (places.Bias >= 0)
            program.AddBiasGradient(program.Gradient(places.Bias, Columns), gradients, Columns, rows);
    }

    // dx = dz·Wᵀ.
    private static void InputGradient(DeviceProgram program, in RecurrentPlaces places, ArrayView<float> gradients)
    {
        var rows = places.Timesteps * places.Samples;
        var length = (long)rows * places.Inputs;
        var destination = program.Activation(places.InputGradient, length);
        var result = places.GoBackwards ? program.TakeScratch(length) : destination;
        program.Multiply<NoEpilogue>(new ProductArguments
        {
            Operands = new ProductOperands
            {
                Left = gradients,
                LeftRowStride = Columns,
                LeftDepthStride = 1,
                Right = program.Parameter(places.Kernel, (long)places.Inputs * Columns),
                RightDepthStride = 1,
                RightColumnStride = Columns,
                Rows = rows,
                Columns = places.Inputs,
                Depth = Columns,
            },
            Result = result,
        });
        if (places.GoBackwards)
            Reverse(program, places, result, destination);
    }

    private static ArrayView<float> Input(DeviceProgram program, in RecurrentPlaces places)
    {
        var length = (long)places.Timesteps * places.Samples * places.Inputs;
        var input = program.Activation(places.Input, length);
        if (!places.GoBackwards)
            return input;
        var reversed = program.TakeScratch(length);
        Reverse(program, places, input, reversed);
        return reversed;
    }

    private static void Reverse(DeviceProgram program, in RecurrentPlaces places, ArrayView<float> source, ArrayView<float> destination)
    {
        var columns = places.Samples * places.Inputs;
        program.LaunchElements<ReverseKernel, RearrangeArguments>(
            places.Timesteps * columns,
            new RearrangeArguments { Source = source, Destination = destination, Rows = places.Timesteps, Columns = columns });
    }

    // What a cell does not use must be a view all the same: a device is given a pointer.
    private static RecurrentArguments Layer(DeviceProgram program, in RecurrentPlaces places, ArrayView<float> preActivations)
    {
        var width = (long)places.Samples * TCell.Units;
        return new RecurrentArguments
        {
            PreActivations = preActivations,
            RecurrentKernel = preActivations,
            Cells = program.Activation(places.Cells, places.KeepsCells ? places.Timesteps * width : width),
            ActivatedCells = program.Activation(places.ActivatedCells, places.Timesteps * width),
            Hidden = program.Activation(places.Hidden, places.KeepsHidden ? places.Timesteps * width : width),
            OutputGradient = program.Activation(
                places.Trains ? places.OutputGradient : -1, places.ReturnSequences ? places.Timesteps * width : width),
            CellGradient = program.Activation(places.CellGradient, width),
            Samples = places.Samples,
            Timesteps = places.Timesteps,
            CellPlaces = places.KeepsCells ? places.Timesteps : 1,
            HiddenPlaces = places.KeepsHidden ? places.Timesteps : 1,
            Trains = places.Trains ? 1 : 0,
        };
    }

    private static void Step(DeviceProgram program, RecurrentArguments layer, bool backward)
    {
        var gathers = backward || TCell.Gates == 1;
        switch (program.Plan.Tile(layer.Samples, gathers ? TCell.Units : 4 * TCell.Units))
        {
            case 16:
                Step<Tile16>(program, layer, backward);
                break;
            case 8:
                Step<Tile8>(program, layer, backward);
                break;
            case 2:
                Step<Tile2>(program, layer, backward);
                break;
            default:
                Step<Tile1>(program, layer, backward);
                break;
        }
    }

    private static void Step<TTile>(DeviceProgram program, RecurrentArguments layer, bool backward) where TTile : struct, ITile
    {
        var columns = backward || TCell.Gates == 1 ? TCell.Units : 4 * TCell.Units;
        var groups = program.Plan.Groups(LaunchPlan.Tiles(layer.Samples, columns, TTile.Threads));
        var threads = TTile.Threads * TTile.Threads;
        if (backward)
            program.Launch<StepBackwardKernel<TTile, TCell>, RecurrentArguments>(groups, threads, layer);
        else
            program.Launch<StepForwardKernel<TTile, TCell>, RecurrentArguments>(groups, threads, layer);
    }
}
