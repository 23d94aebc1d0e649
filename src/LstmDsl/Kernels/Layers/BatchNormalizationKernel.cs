using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Normalises features (Ioffe and Szegedy, 2015).
/// <code>
/// x, y (rows, u)   γ, β (u)   μ, v (u): in a training step the mean and the variance over the batch's rows, else their moving averages
/// forward     x̂ = (x − μ) / √(v + ε)     y = γ·x̂ + β
/// backward    dx = (dy − (Σ dy + x̂ · Σ dy·x̂) / N) · γ / √(v + ε)     N the number of rows; with moving averages dy · γ / √(v + ε)
/// gradients   dγ += Σ dy·x̂    dβ += Σ dy    in the places of the moving averages: μ, v
/// </code>
/// With a mask μ, v and N are those of its rows, and the others take no part in the subtraction. Sums run in ascending order, in double;
/// the backward passes compute them anew. Nothing overlaps.
/// </summary>
internal static unsafe class BatchNormalizationKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>x → y.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Forward<TShape>(in HostBlocks<T> blocks, in NormalizationOffsets offsets, int rows)
        where TShape : struct, IBatchNormalizationShape
    {
        var output = blocks.Activations + offsets.Output;
        for (var unit = 0; unit < TShape.Units; unit++)
        {
            var input = Column<TShape>(blocks, offsets, offsets.Input, rows, unit);
            var moments = MomentsOf<TShape>(blocks, offsets, input, unit);
            var gamma = Gamma(blocks, offsets, unit);
            Scalar<T> beta = offsets.Beta < 0 ? T.Zero : blocks.Parameters[offsets.Beta + unit];
            for (var row = 0; row < rows; row++)
            {
                var normalized = moments.Normalize(input[row]);
                output[(row * TShape.Units) + unit] = NormalizationFormulas.Forward(normalized, gamma, beta).Value;
            }
        }
    }

    /// <summary>dy → dx.</summary>
    public static void Backward<TShape>(in HostBlocks<T> blocks, in NormalizationOffsets offsets, int rows)
        where TShape : struct, IBatchNormalizationShape
    {
        if (offsets.InputGradient < 0)
            return;

        var batch = Count(Column<TShape>(blocks, offsets, offsets.Input, rows, unit: 0));
        for (var unit = 0; unit < TShape.Units; unit++)
        {
            var input = Column<TShape>(blocks, offsets, offsets.Input, rows, unit);
            var received = Column<TShape>(blocks, offsets, offsets.OutputGradient, rows, unit);
            var moments = MomentsOf<TShape>(blocks, offsets, input, unit);
            var sums = Sums(received, input, moments);
            var inputGradient = blocks.Activations + offsets.InputGradient + unit;
            SendBack<TShape>(
                received, input, moments, sums, UsesBatch<TShape>(blocks) ? batch : 0, Gamma(blocks, offsets, unit), inputGradient);
        }
    }

    /// <summary>Adds the gradients of γ and β; leaves the moments in the places of the moving averages.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Gradients<TShape>(in HostBlocks<T> blocks, in NormalizationOffsets offsets, int rows)
        where TShape : struct, IBatchNormalizationShape
    {
        for (var unit = 0; unit < TShape.Units; unit++)
        {
            var input = Column<TShape>(blocks, offsets, offsets.Input, rows, unit);
            var received = Column<TShape>(blocks, offsets, offsets.OutputGradient, rows, unit);
            var (sum, product) = Sums(received, input, MomentsOf<TShape>(blocks, offsets, input, unit));
            if (offsets.Gamma >= 0)
                blocks.Gradients[offsets.Gamma + unit] += T.CreateTruncating(product);
            if (offsets.Beta >= 0)
                blocks.Gradients[offsets.Beta + unit] += T.CreateTruncating(sum);
            if (!UsesBatch<TShape>(blocks))
                continue;

            var (mean, variance) = BatchMoments(input);
            blocks.Gradients[offsets.MovingMean + unit] = T.CreateTruncating(mean);
            blocks.Gradients[offsets.MovingVariance + unit] = T.CreateTruncating(variance);
        }
    }

    /// <summary>dy → dx of a feature; in a batch of 0 the moments do not depend on its rows.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    private static void SendBack<TShape>(
        in HostNumbers<T> received, in HostNumbers<T> input, in Moments<Scalar<T>> moments, (double Sum, double Product) sums, int batch,
        Scalar<T> gamma, T* inputGradient)
        where TShape : struct, IBatchNormalizationShape
    {
        var (sum, product, count) = (new Scalar<double>(sums.Sum), new Scalar<double>(sums.Product), new Scalar<double>(batch));
        for (var row = 0; row < input.Length; row++, inputGradient += TShape.Units)
        {
            Scalar<T> share = T.Zero;
            if (batch > 0 && input.Counts(row))
            {
                var normalized = new Scalar<double>(Scalar<T>.ToDouble(moments.Normalize(input[row])));
                share = Scalar<T>.Constant(NormalizationFormulas.Share(normalized, sum, product, count).Value);
            }

            *inputGradient = NormalizationFormulas.BatchBackward(received[row], share, gamma, moments.Scale).Value;
        }
    }

    /// <summary>Σ dy and Σ dy·x̂.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    private static (double Sum, double Product) Sums(HostNumbers<T> received, HostNumbers<T> input, in Moments<Scalar<T>> moments) =>
        Moments.OfGradients(received, input, moments);

    /// <summary>What a feature is normalised with.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    private static Moments<Scalar<T>> MomentsOf<TShape>(
        in HostBlocks<T> blocks, in NormalizationOffsets offsets, HostNumbers<T> input, int unit)
        where TShape : struct, IBatchNormalizationShape
    {
        var (mean, variance) = UsesBatch<TShape>(blocks)
            ? BatchMoments(input)
            : (double.CreateTruncating(blocks.Parameters[offsets.MovingMean + unit]),
                double.CreateTruncating(blocks.Parameters[offsets.MovingVariance + unit]));
        return Moments<Scalar<T>>.Of(mean, variance, TShape.Epsilon);
    }

    [MethodImpl(KernelCompilation.Loop)]
    private static (double Mean, double Variance) BatchMoments(HostNumbers<T> input) =>
        Moments.Of<HostNumbers<T>, Scalar<T>>(input, Count(input));

    private static bool UsesBatch<TShape>(in HostBlocks<T> blocks) where TShape : struct, IBatchNormalizationShape =>
        blocks.UsesBatchStatistics && !TShape.IsFrozen;

    private static int Count(HostNumbers<T> input) => NumberSums.Count<HostNumbers<T>, Scalar<T>>(input, 0, input.Length);

    private static Scalar<T> Gamma(in HostBlocks<T> blocks, in NormalizationOffsets offsets, int unit) =>
        offsets.Gamma < 0 ? T.One : blocks.Parameters[offsets.Gamma + unit];

    /// <summary>A feature of all rows.</summary>
    private static HostNumbers<T> Column<TShape>(
        in HostBlocks<T> blocks, in NormalizationOffsets offsets, int offset, int rows, int unit)
        where TShape : struct, IBatchNormalizationShape =>
        new(blocks.Activations + offset + unit, rows, TShape.Units, offsets.Mask > 0 ? blocks.Activations + offsets.Mask : null);
}
