using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// A recurrent layer over a block of n samples, whatever its cell (<see cref="IRecurrentCell"/>, which says the formulas); the products are
/// in <see cref="RecurrentProducts"/>, those of cells that keep the state's part apart or reset before in <see cref="StateProducts"/>.
/// h before the first timestep is zeros, or what the batch before, or another layer, has left. What a cell keeps overwrites the
/// pre-activations, and their gradients overwrite that. In a prediction a stride of 0 puts all timesteps of a tensor in one place, where a
/// state overwrites the one before. Nothing else overlaps.
/// </summary>
internal static unsafe class RecurrentKernel<TCell> where TCell : struct, IRecurrentCell
{
    /// <summary>Whether the products take the whole of a timestep's input and state at once.</summary>
    private static bool ProjectsAtOnce
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TCell.HasRecurrentKernel && !TCell.HasRecurrentPart && !TCell.ResetsBefore;
    }

    /// <summary>Gates whose gradients go straight through the recurrent kernel.</summary>
    private static int StateGates => TCell.ResetsBefore ? TCell.Gates - 1 : TCell.Gates;

    /// <summary>Runs the layer over all timesteps of some samples, whose rows meet no other's.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Forward<TLanes>(in HostBlocks<float> blocks, in RecurrentOffsets offsets, SampleRange samples, int timesteps)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var layer = RecurrentTensors<float>.Of<TCell>(blocks, offsets, samples, timesteps);
        HandedStates<float>.Take<TCell>(layer);
        if (layer.InputMasks != null) DroppedProducts<VectorSweep<TLanes>, float>.DrawMasks<TCell>(blocks, layer);
        for (var t = 0; t < timesteps; t++)
        {
            if (ProjectsAtOnce)
                RecurrentProducts.PreActivate<TLanes>(layer, t);
            else
                RecurrentProducts.ProjectInput<TLanes>(layer, t);
            if (TCell.HasRecurrentPart) StateProducts.Project<TLanes>(layer, layer.HiddenBefore(t), layer.KeptAt(t));
            if (TCell.ResetsBefore)
            {
                var before = layer.HiddenBefore(t);
                var gates = layer.PreActivationsAt(t);
                if (before != null) StateProducts.Add<TLanes>(layer, before, gates, fromGate: 0, StateGates);
                CellSweep<TCell>.Run<TLanes, CellSweep<TCell>.Reset>(layer, t);
                if (before != null) StateProducts.Add<TLanes>(layer, layer.KeptAt(t), gates, StateGates, TCell.Gates);
            }

            CellSweep<TCell>.Run<TLanes, CellSweep<TCell>.Forward>(layer, t);
            if (layer.Mask == null) continue;
            SkippedTimesteps<float>.Keep(layer, t, layer.HiddenAt(t), layer.HiddenBefore(t));
            if (TCell.Carries) SkippedTimesteps<float>.Keep(layer, t, layer.CarriedAt(t), layer.CarriedBefore(t));
        }
    }

    /// <summary>Runs the layer's backward pass through time, of some samples.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Backward<TLanes>(in HostBlocks<float> blocks, in RecurrentOffsets offsets, SampleRange samples, int timesteps)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var layer = RecurrentTensors<float>.Of<TCell>(blocks, offsets, samples, timesteps);
        var states = samples.Of * TCell.Units;
        var hiddenGradient = layer.StateGradients;
        var carriedGradient = hiddenGradient + states;
        var keptHidden = hiddenGradient + (RecurrentTensors<float>.StateGradientsOf<TCell>() * states);
        var keptCarried = keptHidden + states;
        HandedStates<float>.Receive<TCell>(layer);
        for (var t = timesteps - 1; t >= 0; t--)
        {
            var gates = layer.PreActivationsAt(t);
            var recurrent = layer.KeptAt(t);
            SkippedTimesteps<float>.KeepGradients(layer, t, hiddenGradient, layer.OutputGradientAt(t), keptHidden);
            if (TCell.Carries) SkippedTimesteps<float>.KeepGradients(layer, t, carriedGradient, received: null, keptCarried);
            CellSweep<TCell>.Run<TLanes, CellSweep<TCell>.Backward>(layer, t);
            if (TCell.ResetsBefore)
            {
                StateProducts.CarryBack<TLanes>(layer, gates, start: null, carriedGradient, StateGates, TCell.Gates);
                CellSweep<TCell>.Run<TLanes, CellSweep<TCell>.ResetBackward>(layer, t);
            }

            SkippedTimesteps<float>.Clear(layer, t, gates, layer.Columns);
            if (TCell.HasRecurrentPart) SkippedTimesteps<float>.Clear(layer, t, recurrent, layer.Columns);
            SkippedTimesteps<float>.PutGradientsBack(layer, t, hiddenGradient, keptHidden, clearsOthers: !TCell.PassesBack);
            if (TCell.Carries) SkippedTimesteps<float>.PutGradientsBack(layer, t, carriedGradient, keptCarried, clearsOthers: false);
            if ((t == 0 && !layer.GivesStateGradients) || !TCell.HasRecurrentKernel) continue;

            // What went past the cells, straight or through skipped timesteps, stays.
            var start = TCell.PassesBack || layer.Mask != null ? hiddenGradient : null;
            var gradients = TCell.HasRecurrentPart ? recurrent : gates;
            StateProducts.CarryBack<TLanes>(layer, gradients, start, hiddenGradient, fromGate: 0, StateGates);
        }

        RecurrentProducts.InputGradient<TLanes>(layer);
    }

    /// <summary>Adds this share of the gradients of the weights.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Gradients<TLanes>(in HostBlocks<float> blocks, in RecurrentOffsets offsets, int samples, int timesteps)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var layer = RecurrentTensors<float>.Of<TCell>(blocks, offsets, samples, timesteps);
        var kernel = blocks.Gradients + offsets.Kernel;
        var recurrentKernel = blocks.Gradients + offsets.RecurrentKernel;
        var bias = blocks.Gradients + offsets.Bias;
        if (layer.InputMasks != null)
        {
            if (blocks.Share == 0) DroppedProducts<VectorSweep<TLanes>, float>.AddGradients<TCell>(layer, kernel, recurrentKernel, bias);
            return;
        }

        var (units, columns, rows) = (TCell.Units, layer.Columns, timesteps * samples);
        var biases = layer.Bias == null ? 0 : 1;
        var share = new GradientShare(
            blocks,
            GradientShare.KernelRows(layer.Inputs, columns), TCell.HasRecurrentKernel ? GradientShare.KernelRows(units, columns) : 0,
            TCell.ResetsBefore ? units : 0, biases, TCell.HasRecurrentPart ? biases : 0);
        share.AddKernel<TLanes>(
            kernel, layer.InputAt(0), layer.Inputs, layer.PreActivations, columns, rows, layer.GoBackwards ? samples : rows, layer.InputStride);

        // Each row of the gradients meets the row of h one timestep before it; where that is zero, it adds nothing.
        var first = layer.FirstWithState;
        var state = layer.HiddenAt(first - 1);
        var rowsWithState = rows - (first * samples);
        if (TCell.ResetsBefore)
        {
            var gates = layer.PreActivationsAt(first);
            var split = StateGates * units;
            share.AddColumns<TLanes>(recurrentKernel, state, units, gates, split, columns, rowsWithState);
            share.AddColumns<TLanes>(recurrentKernel + split, layer.KeptAt(first), units, gates + split, units, columns, rowsWithState);
        }
        else if (TCell.HasRecurrentKernel)
        {
            var gradients = TCell.HasRecurrentPart ? layer.KeptAt(first) : layer.PreActivationsAt(first);
            share.AddKernel<TLanes>(recurrentKernel, state, units, gradients, columns, rowsWithState);
        }

        if (biases == 0) return;
        share.AddBias<TLanes>(bias, layer.PreActivations, columns, rows);
        if (TCell.HasRecurrentPart) share.AddBias<TLanes>(bias + columns, layer.Kept, columns, rows);
    }
}
