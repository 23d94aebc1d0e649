using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The matrix products of a recurrent layer, which are the same whatever its cell.
/// <code>
/// forward     z_t = b + x_t·W + h_{t−1}·U      h before the first timestep is zeros, or what the batch before has left
/// backward    dx = dz·Wᵀ
/// </code>
/// Sums run in ascending order of processing, however many timesteps one product takes.
/// </summary>
internal static unsafe class RecurrentProducts
{
    /// <summary>From so many samples on a timestep fills a register tile well enough.</summary>
    private const int FewSamples = 4;

    /// <summary>z of a timestep, from its input and the state before.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void PreActivate<TLanes>(in RecurrentTensors<float> layer, int t) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        if (layer.InputMasks != null)
        {
            ProjectInput<TLanes>(layer, t);
            for (var sample = 0; t >= layer.FirstWithState && sample < layer.Samples; sample++)
            {
                DroppedProducts<VectorSweep<TLanes>, float>.AddState(
                    layer, layer.HiddenAt(t - 1), layer.PreActivationsAt(t), sample, fromGate: 0, layer.Gates);
            }
            return;
        }

        if (layer.Samples == 1)
        {
            PreActivateRow<TLanes>(layer, t);
            return;
        }

        // Where a timestep fills a register tile, one product takes its input and the state before; else the inputs of all timesteps make
        // one product first, if they lie in their order. A sum's order is the same both ways.
        var oneByOne = OneByOne(layer);
        var before = layer.HiddenBefore(t);
        if (t == 0 && (before == null || !oneByOne)) ProjectInputs<TLanes>(layer, from: 0, oneByOne ? 1 : layer.Timesteps);
        if (before == null) return;

        // All rows are done before the cells overwrite h.
        var preActivations = layer.PreActivationsAt(t);
        new MatrixProduct
        {
            Result = preActivations,
            ResultStride = layer.Columns,
            Start = oneByOne ? layer.Bias : preActivations,
            StartStride = oneByOne ? 0 : layer.Columns,
            FirstLeft = layer.InputAt(t),
            FirstPanels = layer.PackedKernel.Panels,
            FirstDepth = oneByOne ? layer.Inputs : 0,
            Left = before,
            LeftRowStride = layer.Units,
            LeftDepthStride = 1,
            Panels = layer.PackedRecurrentKernel.Panels,
            Rows = layer.Samples,
            Columns = layer.Columns,
            Depth = layer.Units,
        }.Run<TLanes>();
    }

    /// <summary>
    /// z of a timestep as the input alone gives it, b + x_t·W: one by one or all at once, as in <see cref="PreActivate"/>.
    /// </summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void ProjectInput<TLanes>(in RecurrentTensors<float> layer, int t) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        for (var sample = 0; layer.InputMasks != null && sample < layer.Samples; sample++)
            DroppedProducts<VectorSweep<TLanes>, float>.ProjectInput(layer, t, sample);
        if (layer.InputMasks != null) return;

        var oneByOne = OneByOne(layer);
        var result = layer.PreActivationsAt(t);
        if (oneByOne && layer.Samples == 1) ProjectRow<TLanes>(layer, result, layer.Bias, layer.InputAt(t), layer.Kernel, layer.Inputs);
        else if (oneByOne) ProjectInputs<TLanes>(layer, t, timesteps: 1);
        else if (t == 0) ProjectInputs<TLanes>(layer, t, layer.Timesteps);
    }

    /// <summary>The gradient of the input, if somebody asks for it, from dz of all timesteps.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void InputGradient<TLanes>(in RecurrentTensors<float> layer) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        if (!layer.AsksForInputGradient) return;
        if (layer.InputMasks != null)
        {
            for (var t = 0; t < layer.Timesteps; t++)
            {
                for (var sample = 0; sample < layer.Samples; sample++)
                    DroppedProducts<VectorSweep<TLanes>, float>.InputGradient(layer, t, sample);
            }
            return;
        }

        var together = layer.GoBackwards || layer.Samples < layer.BlockSamples ? 1 : layer.Timesteps;
        for (var t = 0; t < layer.Timesteps; t += together)
        {
            new MatrixProduct
            {
                Result = layer.InputGradientAt(t),
                ResultStride = layer.Inputs,
                Start = layer.AddsInputGradient ? layer.InputGradientAt(t) : null,
                StartStride = layer.Inputs,
                Left = layer.PreActivationsAt(t),
                LeftRowStride = layer.Columns,
                LeftDepthStride = 1,
                Panels = layer.PackedKernel.TransposedPanels,
                Rows = together * layer.Samples,
                Columns = layer.Inputs,
                Depth = layer.Columns,
            }.Run<TLanes>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool OneByOne(in RecurrentTensors<float> layer) =>
        layer.PreActivationsStride == 0 || layer.Samples >= FewSamples || layer.GoBackwards || layer.Samples < layer.BlockSamples;

    private static void PreActivateRow<TLanes>(in RecurrentTensors<float> layer, int t) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var before = layer.HiddenBefore(t);
        new RowProduct
        {
            Result = layer.PreActivationsAt(t),
            Start = layer.Bias,
            FirstLeft = layer.InputAt(t),
            FirstRight = layer.Kernel,
            FirstDepth = layer.Inputs,
            Left = before,
            Right = layer.RecurrentKernel,
            Columns = layer.Columns,
            Depth = before == null ? 0 : layer.Units,
        }.Run<TLanes>();
    }

    /// <summary>start (G·u) + left (depth) · right (depth, G·u): what a single sample makes of its input, or of its state.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void ProjectRow<TLanes>(
        in RecurrentTensors<float> layer, float* result, float* start, float* left, float* right, int depth)
        where TLanes : unmanaged, IVectorLanes<TLanes> =>
        new RowProduct
        {
            Result = result,
            Start = start,
            Left = left,
            Right = right,
            Columns = layer.Columns,
            Depth = depth,
        }.Run<TLanes>();

    private static void ProjectInputs<TLanes>(in RecurrentTensors<float> layer, int from, int timesteps)
        where TLanes : unmanaged, IVectorLanes<TLanes> =>
        new MatrixProduct
        {
            Result = layer.PreActivationsAt(from),
            ResultStride = layer.Columns,
            Start = layer.Bias,
            StartStride = 0,
            Left = layer.InputAt(from),
            LeftRowStride = layer.Inputs,
            LeftDepthStride = 1,
            Panels = layer.PackedKernel.Panels,
            Rows = timesteps * layer.Samples,
            Columns = layer.Columns,
            Depth = layer.Inputs,
        }.Run<TLanes>();
}
