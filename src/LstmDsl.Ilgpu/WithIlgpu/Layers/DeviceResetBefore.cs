using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// A GRU whose reset gate comes before the recurrent kernel, in launches; see <see cref="ResetBeforeForwardKernel{TCell}"/>.
/// </summary>
internal static class DeviceResetBefore<TCell> where TCell : struct, IRecurrentCell
{
    /// <summary>Shared memory of any device, 48 KB, holds the three gradients of as many units.</summary>
    private const int MaximumUnits = 4096;

    private static int Columns => 3 * TCell.Units;

    /// <summary>The layer over all timesteps.</summary>
    public static void Forward(DeviceProgram program, in SizedRecurrentOffsets offsets)
    {
        if (TCell.Units > MaximumUnits)
        {
            throw new NotSupportedException(
                $"A GRU with ResetAfter = false has at most {MaximumUnits} units on a device of ILGPU's; this one has {TCell.Units}.");
        }

        program.BeginLayer();
        RecurrentLayer.TakeStates(program, offsets);
        DeviceDropout.DrawMasks(program, offsets);
        var layer = RecurrentLayer.Of(program, offsets, DeviceProjection.Forward(program, offsets));
        layer.RecurrentKernel = program.Parameter(offsets.RecurrentKernel, (long)TCell.Units * Columns);
        program.Launch<ResetBeforeForwardKernel<TCell>, RecurrentArguments>(
            program.Plan.Groups(offsets.Samples), program.Plan.SequenceGroup(TCell.Units), layer);
    }

    /// <summary>Back through time.</summary>
    public static void Backward(DeviceProgram program, in SizedRecurrentOffsets offsets)
    {
        program.BeginLayer();
        RecurrentLayer.ReceiveGradients(program, offsets);
        var gradients = program.Activation(offsets.PreActivations, (long)offsets.Rows * Columns);
        var layer = RecurrentLayer.Of(program, offsets, gradients);
        layer.RecurrentKernel = RecurrentLayer.Transposed(program, offsets);
        program.Launch<ResetBeforeBackwardKernel<TCell>, RecurrentArguments>(
            program.Plan.Groups(offsets.Samples), program.Plan.SequenceGroup(TCell.Units), layer);
        DeviceProjection.Backward(program, offsets, gradients);
    }

    /// <summary>
    /// The gradients of the weights: the gates' columns of the recurrent kernel met h, the candidate's the reset gate times h.
    /// </summary>
    public static void Gradients(DeviceProgram program, in SizedRecurrentOffsets offsets)
    {
        program.BeginLayer();
        var gradients = program.Activation(offsets.PreActivations, (long)offsets.Rows * Columns);
        DeviceProjection.Gradients(program, offsets, gradients);
        var multiplied = GatedOperand.StatesBefore(program, offsets) with
        {
            Values = program.Activation(offsets.Kept, (long)offsets.Rows * TCell.Units),
            Rows = offsets.Rows,
            FromGate = 2,
            ToGate = 3,
        };
        GatedProducts.AddGradients(program, offsets, multiplied, gradients);
        var operand = GatedOperand.StatesBefore(program, offsets) with { ToGate = 2 };
        if (operand.Rows == 0)
            return;

        var later = program.Part(gradients, (long)offsets.FirstWithState * offsets.Samples * Columns, (long)operand.Rows * Columns);
        GatedProducts.AddGradients(program, offsets, operand, later);
    }
}
