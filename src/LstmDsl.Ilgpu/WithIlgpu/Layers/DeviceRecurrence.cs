using ILGPU;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// A recurrent layer in launches: after its projection (<see cref="DeviceProjection"/>) a small layer runs its sequence in one launch, a
/// large one a launch a timestep. With recurrent dropout it is one launch whatever its size, since each gate multiplies a state of its own.
/// </summary>
internal static class DeviceRecurrence<TCell> where TCell : struct, IRecurrentCell
{
    /// <summary>Shared memory of any device, 48 KB, holds the gradients of as many units of two timesteps.</summary>
    private static int MaximumSequence => 48 * 1024 / (2 * TCell.Gates * sizeof(float));

    private static int Columns => TCell.Gates * TCell.Units;

    /// <summary>The layer over all timesteps.</summary>
    public static void Forward(DeviceProgram program, in SizedRecurrentOffsets offsets)
    {
        if (offsets.Drops && TCell.Units > MaximumSequence)
        {
            throw new NotSupportedException(
                $"With RecurrentDropout a layer has at most {MaximumSequence} units on a device of ILGPU's; this one has {TCell.Units}.");
        }

        program.BeginLayer();
        RecurrentLayer.TakeStates(program, offsets);
        DeviceDropout.DrawMasks(program, offsets);
        var holds = Holds(program, offsets);
        var projected = !holds ? DeviceProjection.Forward(program, offsets)
            : offsets.Trains ? PreActivations(program, offsets) : program.Activations;
        var layer = RecurrentLayer.Of(program, offsets, projected);
        if (TCell.HasRecurrentKernel)
            layer.RecurrentKernel = program.Parameter(offsets.RecurrentKernel, (long)TCell.Units * Columns);
        if (TCell.HasRecurrentPart && offsets.Bias >= 0)
            layer.RecurrentBias = program.Parameter(offsets.Bias + Columns, Columns);
        if (holds)
        {
            program.Launch<HeldForwardKernel<TCell>, HeldArguments>(
                program.Plan.Groups(offsets.Samples), program.Plan.SequenceGroup(TCell.Units), Held(program, offsets, layer));
            return;
        }

        if (IsOneLaunch(program, offsets))
        {
            program.Launch<SequenceForwardKernel<TCell>, RecurrentArguments>(
                program.Plan.Groups(offsets.Samples), program.Plan.SequenceGroup(TCell.Units), layer);
            return;
        }

        // A timestep's groups read what the one before wrote: one place for all of them would not do.
        var width = (long)offsets.Samples * TCell.Units;
        var alternates = layer.HiddenTimesteps == 1;
        var kept = layer.Hidden;
        if (alternates)
        {
            layer.Hidden = program.TakeScratch(2 * width);
            layer.HiddenTimesteps = 2;
            if (offsets.Continues)
                program.Copy(kept, program.Part(layer.Hidden, layer.HiddenAt(-1, (int)width), width));
        }

        if (TCell.HasRecurrentKernel && TCell.Gates > 1)
            layer.RecurrentKernel = RecurrentLayer.Interleaved(program, offsets);
        var step = Steps(program, layer, layer.Hidden, backward: false);
        var depth = step.Depth;
        for (step.Layer.Step = 0; step.Layer.Step < offsets.Timesteps; step.Layer.Step++)
        {
            step.Depth = layer.HasStateBefore(step.Layer.Step) ? depth : 0;
            Step<ForwardStep<TCell>>(program, step);
        }

        if (alternates)
            program.Copy(program.Part(layer.Hidden, layer.HiddenAt(offsets.Timesteps - 1, (int)width), width), kept);
    }

    /// <summary>Back through time.</summary>
    public static void Backward(DeviceProgram program, in SizedRecurrentOffsets offsets)
    {
        program.BeginLayer();
        RecurrentLayer.ReceiveGradients(program, offsets);
        var gradients = PreActivations(program, offsets);
        var layer = RecurrentLayer.Of(program, offsets, gradients);
        if (Holds(program, offsets))
        {
            layer.RecurrentKernel = program.Parameter(offsets.RecurrentKernel, (long)TCell.Units * Columns);
            program.Launch<HeldBackwardKernel<TCell>, RecurrentArguments>(
                program.Plan.Groups(offsets.Samples), program.Plan.SequenceGroup(TCell.Units), layer);
        }
        else if (IsOneLaunch(program, offsets))
        {
            if (TCell.HasRecurrentKernel)
                layer.RecurrentKernel = RecurrentLayer.Transposed(program, offsets);
            program.Launch<SequenceBackwardKernel<TCell>, RecurrentArguments>(
                program.Plan.Groups(offsets.Samples), program.Plan.SequenceGroup(TCell.Units), layer);
        }
        else
        {
            if (TCell.HasRecurrentKernel)
                layer.RecurrentKernel = program.Parameter(offsets.RecurrentKernel, (long)TCell.Units * Columns);
            var step = Steps(program, layer, TCell.HasRecurrentPart ? layer.Kept : layer.PreActivations, backward: true);
            var depth = step.Depth;
            for (step.Layer.Step = offsets.Timesteps - 1; step.Layer.Step >= 0; step.Layer.Step--)
            {
                step.Depth = step.Layer.Step < offsets.Timesteps - 1 ? depth : 0;
                Step<BackwardStep<TCell>>(program, step);
            }
        }

        if (TCell.HasRecurrentKernel && offsets.GivesStateGradients)
            SendToFirstStates(program, offsets);
        DeviceProjection.Backward(program, offsets, gradients);
    }

    /// <summary>The gradients of the weights, each as one product over time and samples.</summary>
    public static void Gradients(DeviceProgram program, in SizedRecurrentOffsets offsets)
    {
        program.BeginLayer();
        var gradients = PreActivations(program, offsets);
        DeviceProjection.Gradients(program, offsets, gradients);
        var recurrent = TCell.HasRecurrentPart ? program.Activation(offsets.Kept, (long)offsets.Rows * Columns) : gradients;
        if (TCell.HasRecurrentPart && offsets.Bias >= 0)
            program.AddBiasGradient(program.Gradient(offsets.Bias + Columns, Columns), recurrent, Columns, offsets.Rows);
        var operand = GatedOperand.StatesBefore(program, offsets) with { ToGate = TCell.Gates };
        if (operand.Rows == 0 || !TCell.HasRecurrentKernel)
            return;

        // The gradients of each timestep meet h of the one before.
        var later = program.Part(recurrent, (long)offsets.FirstWithState * offsets.Samples * Columns, (long)operand.Rows * Columns);
        GatedProducts.AddGradients(program, offsets, operand, later);
    }

    /// <summary>What the first timestep sends through the recurrent kernel to the states before it; what went past its cells stays.</summary>
    private static void SendToFirstStates(DeviceProgram program, in SizedRecurrentOffsets offsets)
    {
        var operand = new GatedOperand
        {
            Values = program.Activation(offsets.HiddenGradient, (long)offsets.Samples * offsets.Units),
            Width = offsets.Units,
            Rows = offsets.Samples,
            Kernel = offsets.RecurrentKernel,
            Masks = offsets.StateMasks,
            ToGate = TCell.Gates,
        };
        var gradients = program.Activation(TCell.HasRecurrentPart ? offsets.Kept : offsets.PreActivations, (long)offsets.Samples * Columns);
        GatedProducts.SendBack(program, offsets, operand, gradients, adds: TCell.PassesBack || offsets.Mask >= 0);
    }

    // Masks of the input differ from gate to gate.
    private static bool Holds(DeviceProgram program, in SizedRecurrentOffsets offsets) =>
        HeldLayer<TCell>.Fits && TCell.Units <= program.Plan.LargestSequence && !offsets.Drops;

    private static HeldArguments Held(DeviceProgram program, in SizedRecurrentOffsets offsets, in RecurrentArguments layer) => new()
    {
        Layer = layer,
        Input = program.Activation(offsets.Input, (long)offsets.Rows * offsets.Inputs),
        Kernel = program.Parameter(offsets.Kernel, (long)offsets.Inputs * Columns),
        Bias = program.Parameter(offsets.Bias, Columns),
    };

    private static bool IsOneLaunch(DeviceProgram program, in SizedRecurrentOffsets offsets) =>
        TCell.Units <= program.Plan.LargestSequence || offsets.Drops;

    private static ArrayView<float> PreActivations(DeviceProgram program, in SizedRecurrentOffsets offsets) =>
        program.Activation(offsets.PreActivations, (long)offsets.Rows * Columns);

    private static void Step<TPass>(DeviceProgram program, StepArguments step) where TPass : struct, IStepPass
    {
        var (samples, columns) = (step.Layer.Samples, TPass.ColumnsOfUnit * TCell.Units);
        var tile = program.Plan.StepTile(samples, columns);
        var tiles = tile.Count(samples, columns);
        (step.Parts, step.PartDepth) = program.Plan.Slices(tiles, step.Depth);
        tile.Visit(program.Plan, new StepLaunch<TPass>(program, program.Plan.Groups(tiles * step.Parts), step));
    }

    // What all timesteps share. Their parts take as much room as those of any smaller batch.
    private static StepArguments Steps(DeviceProgram program, in RecurrentArguments layer, ArrayView<float> left, bool backward)
    {
        var depth = !TCell.HasRecurrentKernel ? 0 : backward ? Columns : TCell.Units;
        return new()
        {
            Layer = layer,
            Partials = depth < 2 * program.Plan.SmallestSlice ? layer.Hidden : program.TakeScratch(program.Plan.ManyGroups * 64L * 64),
            Counters = program.Counters,
            Depth = depth,
            LeftIsAligned = program.IsAligned(left) && layer.Samples * depth % 4 == 0 ? 1 : 0,
        };
    }

    private readonly struct StepLaunch<TPass>(DeviceProgram program, int groups, StepArguments step) : ITileVisitor
        where TPass : struct, IStepPass
    {
        public void Visit<TTile>() where TTile : struct, ITile =>
            program.Launch<StepKernel<TTile, TPass>, StepArguments>(groups, TileProduct<TTile>.GroupSize, step);
    }
}
