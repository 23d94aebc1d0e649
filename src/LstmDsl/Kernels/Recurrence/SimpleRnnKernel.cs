using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// A simple recurrent layer over a block of n samples; the cell's formulas are in <see cref="SimpleRnnCell"/>, the products in
/// <see cref="RecurrentProducts"/>.
/// <code>
/// x (T, n, F)   W (F, u)   U (u, u)   b (u)   z, h (T, n, u)
/// forward     z_t = b + x_t·W + h_{t−1}·U      h_t = φ(z_t); h before the first timestep is zeros,
///                                                             or what the batch before has left
/// backward    dh_t = dy_t + dz_{t+1}·Uᵀ        dz_t = dh_t · φ′ (from h_t or z_t); dx = dz·Wᵀ
/// gradients   dW += Σ x_tᵀ·dz_t    dU += Σ h_{t−1}ᵀ·dz_t    db += Σ dz_t
/// </code>
/// In the backward pass dz overwrites z. In a prediction a stride of 0 puts all timesteps of a tensor in one place, where
/// h_t overwrites h_{t−1}. Nothing else overlaps.
/// </summary>
internal static unsafe class SimpleRnnKernel
{
    /// <summary>Runs the layer over all timesteps.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Forward<TShape, TLanes>(in HostBlocks<float> blocks, in SimpleRnnOffsets offsets, int samples, int timesteps)
        where TShape : struct, ISimpleRnnShape
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var layer = RecurrentTensors<float>.Of<TShape>(blocks, offsets, samples, timesteps);
        DroppedProducts<VectorSweep<TLanes>, float>.DrawMasks<TShape>(blocks, layer);
        for (var t = 0; t < timesteps; t++)
        {
            RecurrentProducts.PreActivate<TLanes>(layer, t);
            var step = new ForwardStep<TShape>(layer.PreActivationsAt(t), layer.HiddenAt(t));
            ColumnSweep.Run<TLanes, ForwardStep<TShape>>(ref step, 0, samples * TShape.Units);
            SkippedTimesteps<float>.Keep(layer, t, layer.HiddenAt(t), layer.HiddenBefore(t));
        }
    }

    /// <summary>Runs the layer's backward pass through time.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Backward<TShape, TLanes>(in HostBlocks<float> blocks, in SimpleRnnOffsets offsets, int samples, int timesteps)
        where TShape : struct, ISimpleRnnShape
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var layer = RecurrentTensors<float>.Of<TShape>(blocks, offsets, samples, timesteps);
        var hiddenGradient = blocks.Activations + offsets.StateGradients;
        new Span<float>(hiddenGradient, samples * TShape.Units).Clear();
        for (var t = timesteps - 1; t >= 0; t--)
        {
            if (t < timesteps - 1) RecurrentProducts.CarryBack<TLanes>(layer, t + 1, hiddenGradient);
            var keptGradient = hiddenGradient + (samples * TShape.Units);
            SkippedTimesteps<float>.KeepGradients(layer, t, hiddenGradient, layer.OutputGradientAt(t), keptGradient);
            var preActivations = layer.PreActivationsAt(t);
            var kept = TShape.Activation.NeedsInput() ? preActivations : layer.HiddenAt(t);
            var step = new BackwardStep<TShape>(kept, layer.OutputGradientAt(t), hiddenGradient, preActivations);
            ColumnSweep.Run<TLanes, BackwardStep<TShape>>(ref step, 0, samples * TShape.Units);
            SkippedTimesteps<float>.Clear(layer, t, preActivations, layer.Columns);
            SkippedTimesteps<float>.PutGradientsBack(layer, t, hiddenGradient, keptGradient, clearsOthers: true);
        }
        RecurrentProducts.InputGradient<TLanes>(layer);
    }

    /// <summary>Adds this share of the gradients of the weights.</summary>
    public static void Gradients<TShape, TLanes>(in HostBlocks<float> blocks, in SimpleRnnOffsets offsets, int samples, int timesteps)
        where TShape : struct, ISimpleRnnShape
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var layer = RecurrentTensors<float>.Of<TShape>(blocks, offsets, samples, timesteps);
        RecurrentProducts.AddGradients<TLanes>(layer, blocks, offsets.Kernel, offsets.RecurrentKernel, offsets.Bias);
    }

    /// <summary>z → h, over all values of a timestep.</summary>
    private readonly struct ForwardStep<TShape>(float* preActivations, float* hidden) : IColumnStep where TShape : struct, ISimpleRnnShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes> =>
            TLanes.Store(SimpleRnnCell.Forward<TShape, TLanes>(TLanes.Load(preActivations + column)), hidden + column);
    }

    /// <summary>What the timestep after sent, and what the output received (null for nothing), → dz.</summary>
    private readonly struct BackwardStep<TShape>(float* kept, float* outputGradient, float* hiddenGradient, float* result) : IColumnStep
        where TShape : struct, ISimpleRnnShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            var gradient = TLanes.Load(hiddenGradient + column);
            if (outputGradient != null) gradient += TLanes.Load(outputGradient + column);
            TLanes.Store(SimpleRnnCell.Backward<TShape, TLanes>(TLanes.Load(kept + column), gradient), result + column);
        }
    }
}
