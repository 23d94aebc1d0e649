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
            var (mean, scale) = Moments<TShape>(input);
            var step = new ForwardStep(
                input, mean, scale, Weight(blocks, offsets.Gamma), Weight(blocks, offsets.Beta),
                blocks.Activations + offsets.Output + (row * TShape.Units));
            TSweep.Run(ref step, 0, TShape.Units);
        }
    }

    /// <summary>dy → dx.</summary>
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
            var (mean, scale) = Moments<TShape>(input);
            double sum = 0, product = 0;
            for (var unit = 0; unit < TShape.Units; unit++)
            {
                var received = double.CreateTruncating(gamma == null ? gradient[unit] : gamma[unit] * gradient[unit]);
                sum += received;
                product += received * double.CreateTruncating((input[unit] - mean) * scale);
            }

            var step = new BackwardStep(
                input, mean, scale, gamma, gradient, T.CreateTruncating(sum / TShape.Units), T.CreateTruncating(product / TShape.Units),
                blocks.Activations + offsets.InputGradient + (row * TShape.Units));
            TSweep.Run(ref step, 0, TShape.Units);
        }
    }

    /// <summary>Adds the gradients of γ and β, over all rows in order.</summary>
    public static void Gradients<TShape>(in HostBlocks<T> blocks, in NormalizationOffsets offsets, int rows)
        where TShape : struct, ILayerNormalizationShape
    {
        for (var row = 0; row < rows; row++)
        {
            var input = blocks.Activations + offsets.Input + (row * TShape.Units);
            var gradient = blocks.Activations + offsets.OutputGradient + (row * TShape.Units);
            var (mean, scale) = Moments<TShape>(input);
            for (var unit = 0; unit < TShape.Units; unit++)
            {
                if (offsets.Gamma >= 0)
                    blocks.Gradients[offsets.Gamma + unit] += gradient[unit] * ((input[unit] - mean) * scale);
                if (offsets.Beta >= 0)
                    blocks.Gradients[offsets.Beta + unit] += gradient[unit];
            }
        }
    }

    private static T* Weight(in HostBlocks<T> blocks, int offset) => offset < 0 ? null : blocks.Parameters + offset;

    /// <summary>A row's mean, and one over its deviation.</summary>
    private static (T Mean, T Scale) Moments<TShape>(T* row) where TShape : struct, ILayerNormalizationShape
    {
        double sum = 0, squares = 0;
        for (var unit = 0; unit < TShape.Units; unit++)
            sum += double.CreateTruncating(row[unit]);
        var mean = sum / TShape.Units;
        for (var unit = 0; unit < TShape.Units; unit++)
        {
            var deviation = double.CreateTruncating(row[unit]) - mean;
            squares += deviation * deviation;
        }

        return (T.CreateTruncating(mean), T.CreateTruncating(NormalizationFormulas.Scale(squares / TShape.Units, TShape.Epsilon)));
    }

    private readonly struct ForwardStep(T* input, T mean, T scale, T* gamma, T* beta, T* output) : IElementStep<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T>
        {
            var value = NormalizationFormulas.Normalize(TLanes.Load(input + index), TLanes.Broadcast(mean), TLanes.Broadcast(scale));
            if (gamma != null)
                value *= TLanes.Load(gamma + index);
            if (beta != null)
                value += TLanes.Load(beta + index);
            TLanes.Store(value, output + index);
        }
    }

    private readonly struct BackwardStep(T* input, T mean, T scale, T* gamma, T* gradient, T average, T averageProduct, T* inputGradient)
        : IElementStep<T>
    {
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
