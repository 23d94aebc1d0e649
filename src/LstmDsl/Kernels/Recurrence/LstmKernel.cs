using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// An LSTM layer over a block of n samples; the cell's formulas are in <see cref="LstmCell"/>, the products in
/// <see cref="RecurrentProducts"/>.
/// <code>
/// x (T, n, F)   W (F, 4u)   U (u, 4u)   b (4u)   z, gates (T, n, 4u) in the order i, f, c, o   c, φ(c), h (T, n, u)
/// forward     z_t = b + x_t·W + h_{t−1}·U      gates, c_t, h_t from z_t and c_{t−1}; h and c before the first timestep are zeros,
///                                              or what the batch before has left
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
        var layer = RecurrentTensors<float>.Of<TShape>(blocks, offsets, samples, timesteps);
        var cells = blocks.Activations + offsets.Cells;
        var cellsStride = offsets.CellsStride * samples;
        DroppedProducts<VectorSweep<TLanes>, float>.DrawMasks<TShape>(blocks, layer);
        var activatedCells = offsets.ActivatedCells < 0 ? null : blocks.Activations + offsets.ActivatedCells;
        for (var t = 0; t < timesteps; t++)
        {
            RecurrentProducts.PreActivate<TLanes>(layer, t);
            var cellsBefore = t >= layer.FirstWithState ? cells + ((t - 1) * cellsStride) : null;
            new LstmForwardCells<TShape>
            {
                Gates = layer.PreActivationsAt(t),
                PreviousCells = cellsBefore,
                Cells = cells + (t * cellsStride),
                ActivatedCells = activatedCells == null ? null : activatedCells + (t * samples * TShape.Units),
                Hidden = layer.HiddenAt(t),
            }.Run<TLanes>(samples);
            SkippedTimesteps<float>.Keep(layer, t, layer.HiddenAt(t), layer.HiddenBefore(t));
            SkippedTimesteps<float>.Keep(layer, t, cells + (t * cellsStride), cellsBefore);
        }
    }

    /// <summary>Runs the layer's backward pass through time.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Backward<TShape, TLanes>(in HostBlocks<float> blocks, in LstmOffsets offsets, int samples, int timesteps)
        where TShape : struct, ILstmShape
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var layer = RecurrentTensors<float>.Of<TShape>(blocks, offsets, samples, timesteps);
        var states = samples * TShape.Units;
        var cells = blocks.Activations + offsets.Cells;
        var hiddenGradient = blocks.Activations + offsets.StateGradients;
        new Span<float>(hiddenGradient, 2 * states).Clear();
        for (var t = timesteps - 1; t >= 0; t--)
        {
            if (t < timesteps - 1) RecurrentProducts.CarryBack<TLanes>(layer, t + 1, hiddenGradient);
            SkippedTimesteps<float>.KeepGradients(layer, t, hiddenGradient, layer.OutputGradientAt(t), hiddenGradient + (2 * states));
            SkippedTimesteps<float>.KeepGradients(layer, t, hiddenGradient + states, received: null, hiddenGradient + (3 * states));
            new LstmBackwardCells<TShape>
            {
                Gates = layer.PreActivationsAt(t),
                PreviousCells = t >= layer.FirstWithState ? cells + ((t - 1) * states) : null,
                ActivatedCells = blocks.Activations + offsets.ActivatedCells + (t * states),
                OutputGradient = layer.OutputGradientAt(t),
                HiddenGradient = hiddenGradient,
                CellGradient = hiddenGradient + states,
            }.Run<TLanes>(samples);
            SkippedTimesteps<float>.Clear(layer, t, layer.PreActivationsAt(t), layer.Columns);
            SkippedTimesteps<float>.PutGradientsBack(layer, t, hiddenGradient, hiddenGradient + (2 * states), clearsOthers: true);
            SkippedTimesteps<float>.PutGradientsBack(layer, t, hiddenGradient + states, hiddenGradient + (3 * states), clearsOthers: false);
        }
        RecurrentProducts.InputGradient<TLanes>(layer);
    }

    /// <summary>Adds this share of the gradients of the weights.</summary>
    public static void Gradients<TShape, TLanes>(in HostBlocks<float> blocks, in LstmOffsets offsets, int samples, int timesteps)
        where TShape : struct, ILstmShape
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var layer = RecurrentTensors<float>.Of<TShape>(blocks, offsets, samples, timesteps);
        RecurrentProducts.AddGradients<TLanes>(layer, blocks, offsets.Kernel, offsets.RecurrentKernel, offsets.Bias);
    }
}
