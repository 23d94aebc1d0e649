using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// A GRU whose reset gate comes before the recurrent kernel, in launches; see <see cref="GruResetBeforeForwardKernel{TShape}"/>.
/// </summary>
internal static class DeviceGruResetBefore<TShape> where TShape : struct, IGruShape
{
    /// <summary>Shared memory of any device, 48 KB, holds the three gradients of as many units.</summary>
    private const int MaximumUnits = 4096;

    private static int Columns => 3 * TShape.Units;

    /// <summary>The layer over all timesteps.</summary>
    public static void Forward(DeviceProgram program, in RecurrentPlaces places)
    {
        if (TShape.Units > MaximumUnits)
        {
            throw new NotSupportedException(
                $"A GRU with ResetAfter = false has at most {MaximumUnits} units on a device of ILGPU's; this one has {TShape.Units}.");
        }

        program.BeginLayer();
        DeviceDropout.DrawMasks(program, places);
        var layer = RecurrentLayer.Of(program, places, DeviceProjection.Forward(program, places));
        layer.RecurrentKernel = program.Parameter(places.RecurrentKernel, (long)TShape.Units * Columns);
        program.Launch<GruResetBeforeForwardKernel<TShape>, RecurrentArguments>(
            program.Plan.Groups(places.Samples), program.Plan.SequenceGroup(TShape.Units), layer);
    }

    /// <summary>Back through time.</summary>
    public static void Backward(DeviceProgram program, in RecurrentPlaces places)
    {
        program.BeginLayer();
        var gradients = program.Activation(places.PreActivations, (long)places.Rows * Columns);
        var layer = RecurrentLayer.Of(program, places, gradients);
        layer.RecurrentKernel = RecurrentLayer.Transposed(program, places);
        program.Launch<GruResetBeforeBackwardKernel<TShape>, RecurrentArguments>(
            program.Plan.Groups(places.Samples), program.Plan.SequenceGroup(TShape.Units), layer);
        DeviceProjection.Backward(program, places, gradients);
    }

    /// <summary>
    /// The gradients of the weights: the gates' columns of the recurrent kernel met h, the candidate's the reset gate times h.
    /// </summary>
    public static void Gradients(DeviceProgram program, in RecurrentPlaces places)
    {
        program.BeginLayer();
        var gradients = program.Activation(places.PreActivations, (long)places.Rows * Columns);
        DeviceProjection.Gradients(program, places, gradients);
        var multiplied = GatedOperand.StatesBefore(program, places) with
        {
            Values = program.Activation(places.Recurrent, (long)places.Rows * TShape.Units),
            Rows = places.Rows,
            FromGate = 2,
            ToGate = 3,
        };
        GatedProducts.AddGradients(program, places, multiplied, gradients);
        var operand = GatedOperand.StatesBefore(program, places) with { ToGate = 2 };
        if (operand.Rows == 0)
            return;

        var later = program.Part(gradients, (long)places.FirstWithState * places.Samples * Columns, (long)operand.Rows * Columns);
        GatedProducts.AddGradients(program, places, operand, later);
    }
}
