using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Normalises rows (Ba, Kiros and Hinton, 2016).
/// <code>
/// x, y (rows, u)   γ, β (u)
/// forward     μ, v the mean and the variance of a row of x     x̂ = (x − μ) / √(v + ε)     y = γ·x̂ + β
/// backward    g = γ·dy     dx = (g − mean g − x̂ · mean g·x̂) / √(v + ε)
/// gradients   dγ += Σ dy·x̂    dβ += Σ dy
/// </code>
/// A row's sums run in ascending order, in double; the backward passes compute them anew. Nothing overlaps.
/// </summary>
internal static unsafe class LayerNormalizationKernel<TSweep, T>
    where TSweep : struct, ISweep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>x → y.</summary>
    public static void Forward<TShape>(in HostBlocks<T> blocks, in NormalizationOffsets offsets, int rows)
        where TShape : struct, ILayerNormalizationShape
    {
        for (var row = 0; row < rows; row++)
        {
            var input = blocks.Activations + offsets.Input + (row * TShape.Units);
            var step = new ForwardStep(
                input, MomentsOf<TShape>(input), Weight(blocks, offsets.Gamma), Weight(blocks, offsets.Beta),
                blocks.Activations + offsets.Output + (row * TShape.Units));
            TSweep.Run(ref step, 0, TShape.Units);
        }
    }

    /// <summary>dy → dx.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Backward<TShape>(in HostBlocks<T> blocks, in NormalizationOffsets offsets, int rows)
        where TShape : struct, ILayerNormalizationShape
    {
        if (offsets.InputGradient < 0)
            return;

        var gamma = Weight(blocks, offsets.Gamma);
        for (var row = 0; row < rows; row++)
        {
            var input = blocks.Activations + offsets.Input + (row * TShape.Units);
            var gradient = blocks.Activations + offsets.OutputGradient + (row * TShape.Units);
            var moments = MomentsOf<TShape>(input);
            var received = new ScaledNumbers<HostNumbers<T>, Scalar<T>>(
                new(gradient, TShape.Units), new(gamma, TShape.Units), hasFactors: gamma != null);
            var (sum, product) = Moments.OfGradients(received, new HostNumbers<T>(input, TShape.Units), moments);
            var step = new BackwardStep(
                input, moments, gamma, gradient, T.CreateTruncating(sum / TShape.Units), T.CreateTruncating(product / TShape.Units),
                blocks.Activations + offsets.InputGradient + (row * TShape.Units));
            TSweep.Run(ref step, 0, TShape.Units);
        }
    }

    /// <summary>Adds the gradients of γ and β, over all rows in order.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Gradients<TShape>(in HostBlocks<T> blocks, in NormalizationOffsets offsets, int rows)
        where TShape : struct, ILayerNormalizationShape
    {
        for (var row = 0; row < rows; row++)
        {
            var input = blocks.Activations + offsets.Input + (row * TShape.Units);
            var gradient = blocks.Activations + offsets.OutputGradient + (row * TShape.Units);
            var moments = MomentsOf<TShape>(input);
            for (var unit = 0; unit < TShape.Units; unit++)
            {
                if (offsets.Gamma >= 0)
                    blocks.Gradients[offsets.Gamma + unit] += gradient[unit] * moments.Normalize(input[unit]).Value;
                if (offsets.Beta >= 0)
                    blocks.Gradients[offsets.Beta + unit] += gradient[unit];
            }
        }
    }

    private static T* Weight(in HostBlocks<T> blocks, int offset) => offset < 0 ? null : blocks.Parameters + offset;

    /// <summary>What a row is normalised with.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    private static Moments<Scalar<T>> MomentsOf<TShape>(T* row) where TShape : struct, ILayerNormalizationShape
    {
        var (mean, variance) = Moments.Of<HostNumbers<T>, Scalar<T>>(new(row, TShape.Units), TShape.Units);
        return Moments<Scalar<T>>.Of(mean, variance, TShape.Epsilon);
    }

    private readonly struct ForwardStep(T* input, in Moments<Scalar<T>> moments, T* gamma, T* beta, T* output) : IElementStep<T>
    {
        private readonly T mean = moments.Mean.Value;
        private readonly T scale = moments.Scale.Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T>
        {
            var normalized = NormalizationFormulas.Normalize(TLanes.Load(input + index), TLanes.Broadcast(mean), TLanes.Broadcast(scale));
            // Without β a zero keeps its sign.
            TLanes.Store(
                NormalizationFormulas.Forward(
                    normalized,
                    gamma == null ? TLanes.Constant(1) : TLanes.Load(gamma + index),
                    beta == null ? TLanes.Constant(-0.0) : TLanes.Load(beta + index)),
                output + index);
        }
    }

    private readonly struct BackwardStep(
        T* input, in Moments<Scalar<T>> moments, T* gamma, T* gradient, T average, T averageProduct, T* inputGradient)
        : IElementStep<T>
    {
        private readonly T mean = moments.Mean.Value;
        private readonly T scale = moments.Scale.Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T>
        {
            var (scales, value) = (TLanes.Broadcast(scale), TLanes.Load(input + index));
            var normalized = NormalizationFormulas.Normalize(value, TLanes.Broadcast(mean), scales);
            var received = TLanes.Load(gradient + index);
            if (gamma != null)
                received *= TLanes.Load(gamma + index);
            var result = NormalizationFormulas.Backward(
                received, normalized, TLanes.Broadcast(average), TLanes.Broadcast(averageProduct), scales);
            TLanes.Store(result, inputGradient + index);
        }
    }
}
