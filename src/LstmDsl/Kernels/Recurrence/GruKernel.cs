using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// A GRU layer over a block of n samples; the cell's formulas are in <see cref="GruCell"/>.
/// <code>
/// x (T, n, F)   W (F, 3u)   U (u, 3u)   b (2, 3u) or (3u)   gates (T, n, 3u) in the order z, r, h
/// h (T, n, u); before the first timestep zeros, or what the batch before has left
/// forward     x_t·W + b_0
///             reset after     s_t = h_{t−1}·U + b_1 (T, n, 3u)
///             reset before    s_z, s_r = h_{t−1}·U_z, h_{t−1}·U_r, and then s_h = (r_t·h_{t−1})·U_h;   r_t·h_{t−1} (T, n, u) is kept
/// backward    dh_t = dy_t + z_{t+1}·dh_{t+1} + ds_{t+1}·Uᵀ     dx = dgates·Wᵀ
/// gradients   dW += Σ x_tᵀ·dgates_t    dU += Σ h_{t−1}ᵀ·ds_t (before: of U_h Σ (r_t·h_{t−1})ᵀ·dgates_h)
///             db_0 += Σ dgates_t    db_1 += Σ ds_t
/// </code>
/// Gradients overwrite gates and s. In a prediction a stride of 0 puts all timesteps of a tensor in one place. Nothing else overlaps.
/// </summary>
internal static unsafe class GruKernel
{
    /// <summary>Runs the layer over all timesteps.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Forward<TShape, TLanes>(in HostBlocks<float> blocks, in GruOffsets offsets, int samples, int timesteps)
        where TShape : struct, IGruShape
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var layer = RecurrentTensors<float>.Of<TShape>(blocks, offsets, samples, timesteps);
        DroppedProducts<VectorSweep<TLanes>, float>.DrawMasks<TShape>(blocks, layer);
        for (var t = 0; t < timesteps; t++)
        {
            RecurrentProducts.ProjectInput<TLanes>(layer, t);
            var steps = StepsOf<TShape>(blocks, offsets, layer, t);
            steps.Hidden = layer.HiddenAt(t);
            if (TShape.ResetAfter)
            {
                ProjectState<TLanes>(layer, steps.Previous, steps.Recurrent);
                steps.Run<TLanes, GruSteps<TShape>.Forward>(samples);
            }
            else
            {
                if (steps.Previous != null) AddProduct<TLanes>(layer, steps.Previous, steps.Gates, fromGate: 0, toGate: 2);
                steps.Run<TLanes, GruSteps<TShape>.Reset>(samples);
                if (steps.Previous != null) AddProduct<TLanes>(layer, steps.Recurrent, steps.Gates, fromGate: 2, toGate: 3);
                steps.Run<TLanes, GruSteps<TShape>.Update>(samples);
            }
            SkippedTimesteps<float>.Keep(layer, t, layer.HiddenAt(t), steps.Previous);
        }
    }

    /// <summary>Runs the layer's backward pass through time.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Backward<TShape, TLanes>(in HostBlocks<float> blocks, in GruOffsets offsets, int samples, int timesteps)
        where TShape : struct, IGruShape
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var layer = RecurrentTensors<float>.Of<TShape>(blocks, offsets, samples, timesteps);
        var states = samples * TShape.Units;
        var hiddenGradient = blocks.Activations + offsets.StateGradients;
        new Span<float>(hiddenGradient, states).Clear();
        for (var t = timesteps - 1; t >= 0; t--)
        {
            var steps = StepsOf<TShape>(blocks, offsets, layer, t);
            steps.OutputGradient = layer.OutputGradientAt(t);
            steps.HiddenGradient = hiddenGradient;
            steps.ResetGradient = hiddenGradient + states;
            SkippedTimesteps<float>.KeepGradients(layer, t, hiddenGradient, steps.OutputGradient, hiddenGradient + (2 * states));
            steps.Run<TLanes, GruSteps<TShape>.Backward>(samples);
            if (!TShape.ResetAfter)
            {
                CarryBack<TLanes>(layer, steps.Gates, null, steps.ResetGradient, fromGate: 2, toGate: 3);
                steps.Run<TLanes, GruSteps<TShape>.ResetBackward>(samples);
            }
            SkippedTimesteps<float>.Clear(layer, t, steps.Gates, layer.Columns);
            if (TShape.ResetAfter) SkippedTimesteps<float>.Clear(layer, t, steps.Recurrent, layer.Columns);
            SkippedTimesteps<float>.PutGradientsBack(layer, t, hiddenGradient, hiddenGradient + (2 * states), clearsOthers: false);
            var gradients = TShape.ResetAfter ? steps.Recurrent : steps.Gates;
            if (t > 0) CarryBack<TLanes>(layer, gradients, hiddenGradient, hiddenGradient, fromGate: 0, toGate: TShape.ResetAfter ? 3 : 2);
        }
        RecurrentProducts.InputGradient<TLanes>(layer);
    }

    /// <summary>Adds this share of the gradients of the weights.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Gradients<TShape, TLanes>(in HostBlocks<float> blocks, in GruOffsets offsets, int samples, int timesteps)
        where TShape : struct, IGruShape
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var layer = RecurrentTensors<float>.Of<TShape>(blocks, offsets, samples, timesteps);
        if (layer.InputMasks != null)
        {
            if (blocks.Share == 0) DroppedGradients<TShape, VectorSweep<TLanes>, float>(blocks, offsets, layer);
            return;
        }

        var (units, columns, rows) = (TShape.Units, layer.Columns, timesteps * samples);
        var biases = !TShape.UseBias ? 0 : 1;
        var share = new GradientShare(
            blocks,
            GradientShare.KernelRows(layer.Inputs, columns), units, TShape.ResetAfter ? 0 : units, biases, TShape.ResetAfter ? biases : 0);
        share.AddKernel<TLanes>(
            blocks.Gradients + offsets.Kernel, layer.InputAt(0), layer.Inputs, layer.PreActivations, columns, rows,
            layer.GoBackwards ? samples : rows, layer.InputStride);

        // Each row of the gradient meets the row of h one timestep before it; where that is zero, it adds nothing.
        var first = layer.FirstWithState;
        var state = layer.HiddenAt(first - 1);
        var rowsWithState = rows - (first * samples);
        var recurrentKernel = blocks.Gradients + offsets.RecurrentKernel;
        var recurrent = blocks.Activations + offsets.Recurrent;
        if (TShape.ResetAfter)
        {
            share.AddKernel<TLanes>(recurrentKernel, state, units, recurrent + (first * samples * columns), columns, rowsWithState);
        }
        else
        {
            var gates = layer.PreActivationsAt(first);
            share.AddColumns<TLanes>(recurrentKernel, state, units, gates, 2 * units, columns, rowsWithState);
            share.AddColumns<TLanes>(
                recurrentKernel + (2 * units), recurrent + (first * samples * units), units, gates + (2 * units), units, columns,
                rowsWithState);
        }

        if (biases > 0) share.AddBias<TLanes>(blocks.Gradients + offsets.Bias, layer.PreActivations, columns, rows);
        if (biases > 0 && TShape.ResetAfter) share.AddBias<TLanes>(blocks.Gradients + offsets.Bias + columns, recurrent, columns, rows);
    }

    /// <summary>Adds the gradients of the weights of a layer with recurrent dropout, over all timesteps and samples in order.</summary>
    public static void DroppedGradients<TShape, TSweep, T>(in HostBlocks<T> blocks, in GruOffsets offsets, in RecurrentTensors<T> layer)
        where TShape : struct, IGruShape
        where TSweep : struct, ISweep<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var kernel = blocks.Gradients + offsets.RecurrentKernel;
        var recurrent = blocks.Activations + offsets.Recurrent;
        DroppedProducts<TSweep, T>.AddInputGradients(layer, blocks.Gradients + offsets.Kernel, blocks.Gradients + offsets.Bias);
        if (!TShape.ResetAfter)
        {
            DroppedProducts<TSweep, T>.AddStateGradients(layer, layer.Hidden, layer.PreActivations, fromGate: 0, toGate: 2, kernel);
            // Here the state times the reset gate stands at the timestep that it is used at, not at the one before.
            DroppedProducts<TSweep, T>.AddStateGradients(
                layer, recurrent + (layer.Samples * layer.Units), layer.PreActivations, fromGate: 2, toGate: 3, kernel);
            return;
        }

        DroppedProducts<TSweep, T>.AddStateGradients(layer, layer.Hidden, recurrent, fromGate: 0, toGate: 3, kernel);
        for (var index = 0; layer.Bias != null && index < layer.Timesteps * layer.Samples * layer.Columns; index++)
            blocks.Gradients[offsets.Bias + layer.Columns + (index % layer.Columns)] += recurrent[index];
    }

    private static GruSteps<TShape> StepsOf<TShape>(
        in HostBlocks<float> blocks, in GruOffsets offsets, in RecurrentTensors<float> layer, int t)
        where TShape : struct, IGruShape => new()
        {
            Gates = layer.PreActivationsAt(t),
            Recurrent = blocks.Activations + offsets.Recurrent + (t * offsets.RecurrentStride * layer.Samples),
            Previous = layer.HiddenBefore(t),
        };

    /// <summary>s_t = h_{t−1}·U + b_1; without a state before, the bias alone.</summary>
    private static void ProjectState<TLanes>(in RecurrentTensors<float> layer, float* state, float* result)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var bias = layer.Bias == null ? null : layer.Bias + layer.Columns;
        var depth = state == null || layer.InputMasks != null ? 0 : layer.Units;
        if (layer.Samples == 1 && layer.InputMasks == null)
        {
            RecurrentProducts.ProjectRow<TLanes>(layer, result, bias, state, layer.RecurrentKernel, depth);
            return;
        }

        new MatrixProduct
        {
            Result = result,
            ResultStride = layer.Columns,
            Start = bias,
            StartStride = 0,
            Left = state,
            LeftRowStride = layer.Units,
            LeftDepthStride = 1,
            Panels = layer.PackedRecurrentKernel.Panels,
            Rows = layer.Samples,
            Columns = layer.Columns,
            Depth = depth,
        }.Run<TLanes>();
        if (layer.InputMasks != null && state != null) AddDroppedState<TLanes>(layer, state, result, fromGate: 0, toGate: 3);
    }

    private static void AddDroppedState<TLanes>(in RecurrentTensors<float> layer, float* state, float* result, int fromGate, int toGate)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        for (var sample = 0; sample < layer.Samples; sample++)
            DroppedProducts<VectorSweep<TLanes>, float>.AddState(layer, state, result, sample, fromGate, toGate);
    }

    /// <summary>
    /// Adds state · some gates' columns of U to the same columns of the gates. A rare layer's, so that no copy of U is packed for it.
    /// </summary>
    private static void AddProduct<TLanes>(in RecurrentTensors<float> layer, float* state, float* gates, int fromGate, int toGate)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        if (layer.InputMasks != null)
        {
            AddDroppedState<TLanes>(layer, state, gates, fromGate, toGate);
            return;
        }

        var from = fromGate * layer.Units;
        new MatrixProduct
        {
            Result = gates + from,
            ResultStride = layer.Columns,
            Start = gates + from,
            StartStride = layer.Columns,
            Left = state,
            LeftRowStride = layer.Units,
            LeftDepthStride = 1,
            Right = layer.RecurrentKernel + from,
            RightStride = layer.Columns,
            Rows = layer.Samples,
            Columns = (toGate - fromGate) * layer.Units,
            Depth = layer.Units,
        }.Run<TLanes>();
    }

    /// <summary>result (n, u) = start + some gates of the gradients (n, 3u) · theirs of Uᵀ; the result may be the start.</summary>
    private static void CarryBack<TLanes>(
        in RecurrentTensors<float> layer, float* gradients, float* start, float* result, int fromGate, int toGate)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        for (var sample = 0; layer.InputMasks != null && sample < layer.Samples; sample++)
            DroppedProducts<VectorSweep<TLanes>, float>.CarryBack(layer, gradients, result, sample, fromGate, toGate, adds: start != null);
        if (layer.InputMasks != null) return;

        new MatrixProduct
        {
            Result = result,
            ResultStride = layer.Units,
            Start = start,
            StartStride = layer.Units,
            Left = gradients,
            LeftRowStride = layer.Columns,
            LeftDepthStride = 1,
            Panels = layer.PackedRecurrentKernel.TransposedPanels,
            Rows = layer.Samples,
            Columns = layer.Units,
            Depth = layer.Columns,
        }.SliceDepth(fromGate * layer.Units, toGate * layer.Units).Run<TLanes>();
    }
}
