using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The products of a recurrent layer's state alone: all gates at once where a cell keeps the state's part of the pre-activations apart, and
/// some gates' where its reset gate comes before.
/// </summary>
internal static unsafe class StateProducts
{
    /// <summary>s_t = h_{t−1}·U + b', b' the second row of the bias; without a state before, the bias alone.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Project<TLanes>(in RecurrentTensors<float> layer, float* state, float* result)
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
        if (layer.InputMasks != null && state != null) AddDropped<TLanes>(layer, state, result, fromGate: 0, layer.Gates);
    }

    /// <summary>
    /// Adds state · some gates' columns of U to the same columns of the gates. A rare layer's, so that no copy of U is packed for it.
    /// </summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Add<TLanes>(in RecurrentTensors<float> layer, float* state, float* gates, int fromGate, int toGate)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        if (layer.InputMasks != null)
        {
            AddDropped<TLanes>(layer, state, gates, fromGate, toGate);
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

    /// <summary>
    /// result (n, u) = start + some gates of the gradients (n, G·u) · theirs of Uᵀ. The start may be the result; null for none.
    /// </summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void CarryBack<TLanes>(
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

    private static void AddDropped<TLanes>(in RecurrentTensors<float> layer, float* state, float* result, int fromGate, int toGate)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        for (var sample = 0; sample < layer.Samples; sample++)
            DroppedProducts<VectorSweep<TLanes>, float>.AddState(layer, state, result, sample, fromGate, toGate);
    }
}
