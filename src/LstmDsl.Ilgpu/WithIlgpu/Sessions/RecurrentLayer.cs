using ILGPU;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>The arguments that the kernels of every recurrent layer share.</summary>
internal static class RecurrentLayer
{
    /// <summary>All but the recurrent kernel. What a cell does not use is a view all the same: a device is given a pointer.</summary>
    public static RecurrentArguments Of(DeviceProgram program, in RecurrentPlaces places, int units, ArrayView<float> preActivations)
    {
        var width = (long)places.Samples * units;
        var rows = (long)places.Timesteps * places.Samples;
        return new RecurrentArguments
        {
            PreActivations = preActivations,
            RecurrentKernel = preActivations,
            RecurrentBias = preActivations,
            Cells = program.Activation(places.Cells, places.KeepsCells ? places.Timesteps * width : width),
            ActivatedCells = program.Activation(places.ActivatedCells, places.Timesteps * width),
            Hidden = program.Activation(places.Hidden, places.KeepsHidden ? places.Timesteps * width : width),
            OutputGradient = program.Activation(
                places.Trains ? places.OutputGradient : -1, places.ReturnSequences ? places.Timesteps * width : width),
            StateGradient = program.Activation(places.StateGradient, width),
            Recurrent = program.Activation(places.Recurrent, rows * places.RecurrentColumns),
            Samples = places.Samples,
            Timesteps = places.Timesteps,
            CellPlaces = places.KeepsCells ? places.Timesteps : 1,
            HiddenPlaces = places.KeepsHidden ? places.Timesteps : 1,
            Trains = places.Trains ? 1 : 0,
        };
    }

    /// <summary>The recurrent kernel transposed, (columns, units), in scratch.</summary>
    public static ArrayView<float> Transposed(DeviceProgram program, in RecurrentPlaces places, int units, int columns)
    {
        var transposed = program.TakeScratch((long)units * columns);
        program.LaunchElements<TransposeKernel, RearrangeArguments>(units * columns, new RearrangeArguments
        {
            Source = program.Parameter(places.RecurrentKernel, (long)units * columns),
            Destination = transposed,
            Rows = units,
            Columns = columns,
        });
        return transposed;
    }
}
