using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// A recurrent layer of any cell in plain loops. n: samples, F: inputs, u: units, G: gates. Nothing may alias but what
/// <see cref="RecurrentOffsets"/> says: in a prediction each timestep overwrites the gates and states of the one before.
/// </summary>
internal static unsafe class ReferenceRecurrence<T, TCell>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TCell : struct, IRecurrentCell
{
    private static int Units => TCell.Units;

    private static int Columns => TCell.Gates * TCell.Units;

    /// <summary>Gates whose gradients go straight through the recurrent kernel.</summary>
    private static int StateGates => TCell.ResetsBefore ? TCell.Gates - 1 : TCell.Gates;

    /// <summary>x (timesteps, n, F) → gates (timesteps, n, G·u) and states (timesteps, n, u).</summary>
    public static void Forward(in HostBlocks<T> blocks, in RecurrentOffsets offsets, int samples, int timesteps)
    {
        var layer = RecurrentTensors<T>.Of<TCell>(blocks, offsets, samples, timesteps);
        HandedStates<T>.Take<TCell>(layer);
        if (layer.InputMasks != null) DroppedProducts<ScalarSweep<T>, T>.DrawMasks<TCell>(blocks, layer);
        for (var t = 0; t < timesteps; t++)
        {
            for (var sample = 0; sample < samples; sample++)
                Forward(layer, t, sample);
            SkippedTimesteps<T>.Keep(layer, t, layer.HiddenAt(t), layer.HiddenBefore(t));
            if (TCell.Carries)
                SkippedTimesteps<T>.Keep(layer, t, layer.CarriedAt(t), layer.CarriedBefore(t));
        }
    }

    /// <summary>
    /// Gradients of the output → those of the pre-activations (in the gates' place) and of the input, backwards through time.
    /// </summary>
    public static void Backward(in HostBlocks<T> blocks, in RecurrentOffsets offsets, int samples, int timesteps)
    {
        var layer = RecurrentTensors<T>.Of<TCell>(blocks, offsets, samples, timesteps);
        HandedStates<T>.Receive<TCell>(layer);
        for (var sample = 0; sample < samples; sample++)
        {
            for (var t = timesteps - 1; t >= 0; t--)
            {
                var row = new BackwardRow<TCell, T>(layer, t);
                row.Move(sample);
                if (layer.Skips(t, sample))
                    Skip(row);
                else
                    Backward(layer, t, sample, row);
                ReferenceProducts<T>.InputGradient(layer, t, sample);
            }
        }
    }

    /// <summary>Adds the gradients of the weights, over all timesteps and samples in order.</summary>
    public static void Gradients(in HostBlocks<T> blocks, in RecurrentOffsets offsets, int samples, int timesteps) =>
        ReferenceProducts<T>.AddGradients<TCell>(
            RecurrentTensors<T>.Of<TCell>(blocks, offsets, samples, timesteps),
            blocks.Gradients + offsets.Kernel,
            blocks.Gradients + offsets.RecurrentKernel,
            blocks.Gradients + offsets.Bias);

    private static void Forward(in RecurrentTensors<T> layer, int t, int sample)
    {
        var row = new ForwardRow<TCell, T>(layer, t);
        row.Move(sample);
        if (!TCell.HasRecurrentKernel || TCell.HasRecurrentPart || TCell.ResetsBefore)
            ReferenceProducts<T>.ProjectInput(layer, t, sample);
        else
            ReferenceProducts<T>.PreActivate(layer, t, sample);
        for (var column = 0; TCell.HasRecurrentPart && column < Columns; column++)
        {
            var product = ReferenceProducts<T>.Project(layer, sample, row.HiddenBefore, column);
            row.Kept[column] = (layer.Bias == null ? T.Zero : layer.Bias[Columns + column]) + product;
        }

        if (TCell.ResetsBefore)
            Reset(layer, sample, row);
        for (var unit = 0; unit < Units; unit++)
        {
            var place = new ForwardPlace<TCell, Scalar<T>, T>(in row, unit);
            TCell.Forward<ForwardPlace<TCell, Scalar<T>, T>, Scalar<T>>(ref place);
        }
    }

    private static void Reset(in RecurrentTensors<T> layer, int sample, in ForwardRow<TCell, T> row)
    {
        for (var column = 0; column < StateGates * Units; column++)
            row.Gates[column] += ReferenceProducts<T>.Project(layer, sample, row.HiddenBefore, column);
        for (var unit = 0; unit < Units; unit++)
        {
            var place = new ForwardPlace<TCell, Scalar<T>, T>(in row, unit);
            TCell.Reset<ForwardPlace<TCell, Scalar<T>, T>, Scalar<T>>(ref place);
        }

        for (var column = StateGates * Units; column < Columns; column++)
            row.Gates[column] += ReferenceProducts<T>.Project(layer, sample, row.Kept, column);
    }

    private static void Skip(in BackwardRow<TCell, T> row)
    {
        for (var unit = 0; row.OutputGradient != null && unit < Units; unit++)
            row.HiddenGradient[unit] += row.OutputGradient[unit];
        new Span<T>(row.Gates, Columns).Clear();
        if (TCell.HasRecurrentPart)
            new Span<T>(row.Kept, Columns).Clear();
    }

    private static void Backward(in RecurrentTensors<T> layer, int t, int sample, BackwardRow<TCell, T> row)
    {
        for (var unit = 0; unit < Units; unit++)
        {
            var place = new BackwardPlace<TCell, Scalar<T>, T>(in row, unit);
            TCell.Backward<BackwardPlace<TCell, Scalar<T>, T>, Scalar<T>>(ref place);
        }

        row.OutputGradient = null;
        for (var unit = 0; TCell.ResetsBefore && unit < Units; unit++)
        {
            row.CarriedGradient[unit] = ReferenceProducts<T>.CarriedBack(layer, sample, row.Gates, unit, StateGates, TCell.Gates);
            var place = new BackwardPlace<TCell, Scalar<T>, T>(in row, unit);
            TCell.ResetBackward<BackwardPlace<TCell, Scalar<T>, T>, Scalar<T>>(ref place);
        }

        if (!TCell.HasRecurrentKernel)
            return;
        if (!TCell.PassesBack)
        {
            ReferenceProducts<T>.CarryBack(layer, t, sample, layer.StateGradients);
            return;
        }

        var gradients = TCell.HasRecurrentPart ? row.Kept : row.Gates;
        for (var unit = 0; unit < Units; unit++)
            row.HiddenGradient[unit] += ReferenceProducts<T>.CarriedBack(layer, sample, gradients, unit, fromGate: 0, StateGates);
    }
}
