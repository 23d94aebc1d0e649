using ILGPU;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>The arguments that the kernels of every recurrent layer share.</summary>
internal static class RecurrentLayer
{
    /// <summary>All but the recurrent kernel. What a cell does not use is a view all the same: a device is given a pointer.</summary>
    public static RecurrentArguments Of(DeviceProgram program, in RecurrentPlaces places, ArrayView<float> preActivations)
    {
        var width = (long)places.Samples * places.Units;
        var rows = (long)places.Rows;
        var (carried, carriedPlaces) = States(program, places, places.Carried, places.KeepsCarried);
        var (hidden, hiddenPlaces) = States(program, places, places.Hidden, places.KeepsHidden);
        return new RecurrentArguments
        {
            PreActivations = preActivations,
            RecurrentKernel = preActivations,
            Carried = carried,
            Kept = program.Activation(places.Kept, rows * places.KeptColumns),
            Hidden = hidden,
            OutputGradient = program.Activation(
                places.Trains ? places.OutputGradient : -1, places.ReturnSequences ? places.Timesteps * width : width),
            CarriedGradient = program.Activation(places.CarriedGradient, width),
            HiddenGradient = program.Activation(places.HiddenGradient, width),
            RecurrentBias = preActivations,
            Mask = program.Activation(places.Mask, rows),
            StateMasks = program.Activation(places.Drops ? places.StateMasks : -1, places.Gates * width),
            Samples = places.Samples,
            Timesteps = places.Timesteps,
            StatesBefore = places.Continues ? 1 : 0,
            CarriedPlaces = carriedPlaces,
            HiddenPlaces = hiddenPlaces,
            Trains = places.Trains ? 1 : 0,
            HasMask = places.Mask >= 0 ? 1 : 0,
            HasStateMasks = places.Drops ? 1 : 0,
            GoesBackwards = places.GoBackwards ? 1 : 0,
        };
    }

    // The states of all timesteps and those before the first, or the one place that all of them take.
    private static (ArrayView<float> States, int Places) States(DeviceProgram program, in RecurrentPlaces places, int offset, bool keeps)
    {
        var width = places.Samples * places.Units;
        if (!keeps)
            return (program.Activation(offset, width), 1);
        var before = places.Continues ? 1 : 0;
        return (program.Activation(offset - (before * width), (long)(before + places.Timesteps) * width), before + places.Timesteps);
    }

    /// <summary>The recurrent kernel transposed, (columns, units), in scratch.</summary>
    public static ArrayView<float> Transposed(DeviceProgram program, in RecurrentPlaces places)
    {
        var length = places.Units * places.Columns;
        var transposed = program.TakeScratch(length);
        program.LaunchElements<TransposeKernel, RearrangeArguments>(length, new RearrangeArguments
        {
            Source = program.Parameter(places.RecurrentKernel, length),
            Destination = transposed,
            Rows = places.Units,
            Columns = places.Columns,
        });
        return transposed;
    }
}
