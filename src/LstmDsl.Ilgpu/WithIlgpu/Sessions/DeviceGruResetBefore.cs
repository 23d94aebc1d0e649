using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>A GRU whose reset gate comes before the recurrent kernel, in launches; see <see cref="GruResetBeforeForwardKernel{TShape}"/>.</summary>
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
        var layer = RecurrentLayer.Of(program, places, TShape.Units, DeviceProjection.Forward(program, places, Columns));
        layer.RecurrentKernel = program.Parameter(places.RecurrentKernel, (long)TShape.Units * Columns);
        program.Launch<GruResetBeforeForwardKernel<TShape>, RecurrentArguments>(
            program.Plan.Groups(places.Samples), program.Plan.SequenceGroup(TShape.Units), layer);
    }

    /// <summary>Back through time.</summary>
    public static void Backward(DeviceProgram program, in RecurrentPlaces places)
    {
        program.BeginLayer();
        var gradients = program.Activation(places.PreActivations, (long)places.Timesteps * places.Samples * Columns);
        var layer = RecurrentLayer.Of(program, places, TShape.Units, gradients);
        layer.RecurrentKernel = RecurrentLayer.Transposed(program, places, TShape.Units, Columns);
        program.Launch<GruResetBeforeBackwardKernel<TShape>, RecurrentArguments>(
            program.Plan.Groups(places.Samples), program.Plan.SequenceGroup(TShape.Units), layer);
        DeviceProjection.Backward(program, places, gradients, Columns);
    }

    /// <summary>The gradients of the weights: the gates' columns of the recurrent kernel met h, the candidate's the reset gate times h.</summary>
    public static void Gradients(DeviceProgram program, in RecurrentPlaces places)
    {
        program.BeginLayer();
        var rows = places.Timesteps * places.Samples;
        var gradients = program.Activation(places.PreActivations, (long)rows * Columns);
        DeviceProjection.Gradients(program, places, gradients, Columns);
        var gates = 2 * TShape.Units;
        var kernelLength = (long)TShape.Units * Columns;
        program.AddKernelGradient(new GradientProduct
        {
            Result = program.Gradient(places.RecurrentKernel + gates, kernelLength - gates),
            Left = program.Activation(places.Recurrent, (long)rows * TShape.Units),
            Inputs = TShape.Units,
            Right = program.Part(gradients, gates, ((long)rows * Columns) - gates),
            Columns = TShape.Units,
            Rows = rows,
            Stride = Columns,
        });
        if (places.Timesteps == 1)
            return;

        var later = rows - places.Samples;
        program.AddKernelGradient(new GradientProduct
        {
            Result = program.Gradient(places.RecurrentKernel, kernelLength),
            Left = program.Activation(places.Hidden, (long)later * TShape.Units),
            Inputs = TShape.Units,
            Right = program.Part(gradients, (long)places.Samples * Columns, (long)later * Columns),
            Columns = gates,
            Rows = later,
            Stride = Columns,
        });
    }
}
