using ILGPU;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>The arguments that the kernels of every recurrent layer share.</summary>
internal static class RecurrentLayer
{
    /// <summary>All but the recurrent kernel. What a cell does not use is a view all the same: a device is given a pointer.</summary>
    public static RecurrentArguments Of(DeviceProgram program, in SizedRecurrentOffsets offsets, ArrayView<float> preActivations)
    {
        var width = (long)offsets.Samples * offsets.Units;
        var rows = (long)offsets.Rows;
        var (carried, carriedTimesteps) = States(program, offsets, offsets.Carried, offsets.KeepsCarried);
        var (hidden, hiddenTimesteps) = States(program, offsets, offsets.Hidden, offsets.KeepsHidden);
        return new RecurrentArguments
        {
            PreActivations = preActivations,
            RecurrentKernel = preActivations,
            Carried = carried,
            Kept = program.Activation(offsets.Kept, rows * offsets.KeptColumns),
            Hidden = hidden,
            OutputGradient = program.Activation(
                offsets.Trains ? offsets.OutputGradient : Offset.None, offsets.ReturnSequences ? offsets.Timesteps * width : width),
            CarriedGradient = program.Activation(offsets.CarriedGradient, width),
            HiddenGradient = program.Activation(offsets.HiddenGradient, width),
            RecurrentBias = preActivations,
            Mask = program.Activation(offsets.Mask, rows),
            StateMasks = program.Activation(offsets.Drops ? offsets.StateMasks : Offset.None, offsets.Gates * width),
            Samples = offsets.Samples,
            Timesteps = offsets.Timesteps,
            StatesBefore = offsets.Continues ? 1 : 0,
            CarriedTimesteps = carriedTimesteps,
            HiddenTimesteps = hiddenTimesteps,
            Trains = offsets.Trains ? 1 : 0,
            HasOutputGradient = offsets.OutputGradient >= 0 ? 1 : 0,
            ReceivesStates = offsets.ReceivedGradients >= 0 ? 1 : 0,
            HasMask = offsets.Mask >= 0 ? 1 : 0,
            HasStateMasks = offsets.Drops ? 1 : 0,
            GoesBackwards = offsets.GoBackwards ? 1 : 0,
        };
    }

    /// <summary>Puts the states of another layer that this one begins with before those of its first timestep.</summary>
    public static void TakeStates(DeviceProgram program, in SizedRecurrentOffsets offsets)
    {
        var width = offsets.Samples * offsets.Units;
        if (offsets.InitialHidden >= 0)
            Copy(program, offsets.InitialHidden, offsets.Hidden - (offsets.KeepsHidden ? width : 0), width);
        if (offsets.InitialCarried >= 0)
            Copy(program, offsets.InitialCarried, offsets.Carried - (offsets.KeepsCarried ? width : 0), width);
    }

    /// <summary>Begins the gradients of the states with what these receive from another layer.</summary>
    public static void ReceiveGradients(DeviceProgram program, in SizedRecurrentOffsets offsets)
    {
        var width = offsets.Samples * offsets.Units;
        if (offsets.ReceivedGradients >= 0)
            Copy(program, offsets.ReceivedGradients, offsets.HiddenGradient, offsets.CarriedGradient >= 0 ? 2 * width : width);
    }

    private static void Copy(DeviceProgram program, int from, int to, int length) =>
        program.Copy(program.Activation(from, length), program.Activation(to, length));

    // The states of all timesteps and those before the first, or the one place that all of them take.
    private static (ArrayView<float> States, int Timesteps) States(
        DeviceProgram program, in SizedRecurrentOffsets offsets, int offset, bool keeps)
    {
        var width = offsets.Samples * offsets.Units;
        if (!keeps)
            return (program.Activation(offset, width), 1);
        var before = offsets.Continues ? 1 : 0;
        return (program.Activation(offset - (before * width), (long)(before + offsets.Timesteps) * width), before + offsets.Timesteps);
    }

    /// <summary>The recurrent kernel transposed, (columns, units), in scratch.</summary>
    public static ArrayView<float> Transposed(DeviceProgram program, in SizedRecurrentOffsets offsets)
    {
        var length = offsets.Units * offsets.Columns;
        var transposed = program.TakeScratch(length);
        program.LaunchElements<TransposeKernel, RearrangeArguments>(length, new RearrangeArguments
        {
            Source = program.Parameter(offsets.RecurrentKernel, length),
            Destination = transposed,
            Rows = offsets.Units,
            Columns = offsets.Columns,
        });
        return transposed;
    }

    /// <summary>
    /// The recurrent kernel with the gates of a unit side by side, (units, units, 4), in scratch; zeros for gates that a cell lacks.
    /// </summary>
    public static ArrayView<float> Interleaved(DeviceProgram program, in SizedRecurrentOffsets offsets)
    {
        var length = 4 * offsets.Units * offsets.Units;
        var interleaved = program.TakeScratch(length);
        program.LaunchElements<InterleaveKernel, InterleaveArguments>(length, new InterleaveArguments
        {
            Source = program.Parameter(offsets.RecurrentKernel, (long)offsets.Units * offsets.Columns),
            Destination = interleaved,
            Units = offsets.Units,
            Gates = offsets.Gates,
        });
        return interleaved;
    }
}
