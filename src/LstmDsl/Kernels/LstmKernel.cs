using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// An LSTM layer over a block of n samples; the cell's formulas are in <see cref="LstmCell"/>.
/// <code>
/// x (T, n, F)   W (F, 4u)   U (u, 4u)   b (4u)   z, gates (T, n, 4u) in the order i, f, c, o   c, φ(c), h (T, n, u)
/// forward     z_t = b + x_t·W + h_{t−1}·U      gates, c_t, h_t from z_t and c_{t−1}; h and c before the first timestep are zeros
/// backward    dh_t = dy_t + dz_{t+1}·Uᵀ        dz_t, dc_{t−1} from dh_t and dc_t; dx = dz·Wᵀ
/// gradients   dW += Σ x_tᵀ·dz_t    dU += Σ h_{t−1}ᵀ·dz_t    db += Σ dz_t
/// </code>
/// Gates overwrite z, and dz overwrites the gates. In a prediction a stride of 0 puts all timesteps of a tensor in one place, where h_t and
/// c_t overwrite h_{t−1} and c_{t−1}. Nothing else overlaps.
/// </summary>
internal static unsafe class LstmKernel
{
    /// <summary>Runs the layer over all timesteps.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Forward<TShape, TLanes>(in HostBlocks<float> blocks, in LstmOffsets offsets, int samples, int timesteps)
        where TShape : struct, ILstmShape
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var gates = blocks.Activations + offsets.Gates;
        var cells = blocks.Activations + offsets.Cells;
        var hidden = blocks.Activations + offsets.Hidden;
        var activatedCells = offsets.ActivatedCells < 0 ? null : blocks.Activations + offsets.ActivatedCells;
        var recurrentKernel = blocks.Packed!.Panels(offsets.RecurrentKernel);
        var (gatesStride, cellsStride, hiddenStride) =
            (offsets.GatesStride * samples, offsets.CellsStride * samples, offsets.HiddenStride * samples);

        // Where a timestep fills a register tile, its input is projected just before its state, while its place is in the cache; else
        // all timesteps at once. A sum's order is the same both ways.
        var projected = gatesStride == 0 || samples >= 4 ? 1 : timesteps;
        for (var t = 0; t < timesteps; t++)
        {
            if (t % projected == 0) ProjectInput<TShape, TLanes>(blocks, offsets, samples, t, projected);
            if (t > 0)
            {
                // All rows are done before the gates overwrite h.
                new MatrixProduct
                {
                    Result = gates + (t * gatesStride),
                    ResultStride = 4 * TShape.Units,
                    Start = gates + (t * gatesStride),
                    StartStride = 4 * TShape.Units,
                    Left = hidden + ((t - 1) * hiddenStride),
                    LeftRowStride = TShape.Units,
                    LeftDepthStride = 1,
                    Panels = recurrentKernel,
                    Rows = samples,
                    Columns = 4 * TShape.Units,
                    Depth = TShape.Units,
                }.Run<TLanes>();
            }
            new LstmForwardCells<TShape>
            {
                Gates = gates + (t * gatesStride),
                PreviousCells = t == 0 ? null : cells + ((t - 1) * cellsStride),
                Cells = cells + (t * cellsStride),
                ActivatedCells = activatedCells == null ? null : activatedCells + (t * samples * TShape.Units),
                Hidden = hidden + (t * hiddenStride),
            }.Run<TLanes>(samples);
        }
    }

    /// <summary>Runs the layer's backward pass through time.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Backward<TShape, TLanes>(in HostBlocks<float> blocks, in LstmOffsets offsets, int samples, int timesteps)
        where TShape : struct, ILstmShape
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var states = samples * TShape.Units;
        var gates = blocks.Activations + offsets.Gates;
        var cells = blocks.Activations + offsets.Cells;
        var hiddenGradient = blocks.Activations + offsets.StateGradients;
        var outputGradient = blocks.Activations + offsets.OutputGradient;
        var recurrentKernel = blocks.Packed!.TransposedPanels(offsets.RecurrentKernel);

        new Span<float>(hiddenGradient, 2 * states).Clear();
        for (var t = timesteps - 1; t >= 0; t--)
        {
            var last = t == timesteps - 1;
            if (!last)
            {
                new MatrixProduct
                {
                    Result = hiddenGradient,
                    ResultStride = TShape.Units,
                    Start = null,
                    StartStride = 0,
                    Left = gates + ((t + 1) * 4 * states),
                    LeftRowStride = 4 * TShape.Units,
                    LeftDepthStride = 1,
                    Panels = recurrentKernel,
                    Rows = samples,
                    Columns = TShape.Units,
                    Depth = 4 * TShape.Units,
                }.Run<TLanes>();
            }
            new LstmBackwardCells<TShape>
            {
                Gates = gates + (t * 4 * states),
                PreviousCells = t == 0 ? null : cells + ((t - 1) * states),
                ActivatedCells = blocks.Activations + offsets.ActivatedCells + (t * states),
                OutputGradient = TShape.ReturnSequences ? outputGradient + (t * states) : last ? outputGradient : null,
                HiddenGradient = hiddenGradient,
                CellGradient = hiddenGradient + states,
            }.Run<TLanes>(samples);
        }
        if (offsets.InputGradient < 0) return;
        new MatrixProduct
        {
            Result = blocks.Activations + offsets.InputGradient,
            ResultStride = TShape.Inputs,
            Start = null,
            StartStride = 0,
            Left = gates,
            LeftRowStride = 4 * TShape.Units,
            LeftDepthStride = 1,
            Panels = blocks.Packed!.TransposedPanels(offsets.Kernel),
            Rows = timesteps * samples,
            Columns = TShape.Inputs,
            Depth = 4 * TShape.Units,
        }.Run<TLanes>();
    }

    /// <summary>Adds this share of the gradients of the weights.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Gradients<TShape, TLanes>(in HostBlocks<float> blocks, in LstmOffsets offsets, int samples, int timesteps)
        where TShape : struct, ILstmShape
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var hasBias = TShape.UseBias && offsets.Bias >= 0;
        var share = new GradientShare(blocks, TShape.Inputs, TShape.Units, hasBias ? 1 : 0);
        var gates = blocks.Activations + offsets.Gates;
        var width = 4 * TShape.Units;
        share.AddKernel<TLanes>(
            blocks.Gradients + offsets.Kernel, blocks.Activations + offsets.Input, TShape.Inputs, gates, width, timesteps * samples);

        // h before the first timestep is zero and adds nothing: each row of dz meets the row of h one timestep before it.
        share.AddKernel<TLanes>(
            blocks.Gradients + offsets.RecurrentKernel,
            blocks.Activations + offsets.Hidden,
            TShape.Units,
            gates + (samples * width),
            width,
            (timesteps - 1) * samples);
        if (hasBias) share.AddBias<TLanes>(blocks.Gradients + offsets.Bias, gates, width, timesteps * samples);
    }

    private static void ProjectInput<TShape, TLanes>(
        in HostBlocks<float> blocks, in LstmOffsets offsets, int samples, int from, int timesteps)
        where TShape : struct, ILstmShape
        where TLanes : unmanaged, IVectorLanes<TLanes> =>
        new MatrixProduct
        {
            Result = blocks.Activations + offsets.Gates + (from * offsets.GatesStride * samples),
            ResultStride = 4 * TShape.Units,
            Start = TShape.UseBias && offsets.Bias >= 0 ? blocks.Parameters + offsets.Bias : null,
            StartStride = 0,
            Left = blocks.Activations + offsets.Input + (from * samples * TShape.Inputs),
            LeftRowStride = TShape.Inputs,
            LeftDepthStride = 1,
            Panels = blocks.Packed!.Panels(offsets.Kernel),
            Rows = timesteps * samples,
            Columns = 4 * TShape.Units,
            Depth = TShape.Inputs,
        }.Run<TLanes>();
}
