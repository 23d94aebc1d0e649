using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Normalises features (Ioffe and Szegedy, 2015).
/// <code>
/// x, y (rows, u)   γ, β (u)   μ, v (u): in a training step the mean and the variance over the batch's rows, else their moving averages
/// forward     x̂ = (x − μ) / √(v + ε)     y = γ·x̂ + β
/// backward    g = γ·dy     dx = (g − (Σ g + x̂ · Σ g·x̂) / N) / √(v + ε)     N the number of rows; with moving averages g / √(v + ε)
/// gradients   dγ += Σ dy·x̂    dβ += Σ dy    in the places of the moving averages: μ, v
/// </code>
/// With a mask μ, v and N are those of its rows, and the others take no part in the subtraction. Sums run in ascending order, in double;
/// the backward passes compute them anew. Nothing overlaps.
/// </summary>
internal static unsafe class BatchNormalizationKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>x → y.</summary>
    public static void Forward<TShape>(in HostBlocks<T> blocks, in NormalizationOffsets offsets, int rows)
        where TShape : struct, IBatchNormalizationShape
    {
        for (var unit = 0; unit < TShape.Units; unit++)
        {
            var (mean, scale) = Moments<TShape>(blocks, offsets, rows, unit);
            var gamma = offsets.Gamma < 0 ? T.One : blocks.Parameters[offsets.Gamma + unit];
            var beta = offsets.Beta < 0 ? T.Zero : blocks.Parameters[offsets.Beta + unit];
            for (var row = 0; row < rows; row++)
            {
                var place = (row * TShape.Units) + unit;
                blocks.Activations[offsets.Output + place] = ((blocks.Activations[offsets.Input + place] - mean) * scale * gamma) + beta;
            }
        }
    }

    /// <summary>dy → dx.</summary>
    public static void Backward<TShape>(in HostBlocks<T> blocks, in NormalizationOffsets offsets, int rows)
        where TShape : struct, IBatchNormalizationShape
    {
        if (offsets.InputGradient < 0)
            return;

        var count = Count(blocks, offsets, rows);
        for (var unit = 0; unit < TShape.Units; unit++)
        {
            var (mean, scale) = Moments<TShape>(blocks, offsets, rows, unit);
            var (sum, product) = Sums<TShape>(blocks, offsets, rows, unit, mean, scale);
            var gamma = offsets.Gamma < 0 ? T.One : blocks.Parameters[offsets.Gamma + unit];
            for (var row = 0; row < rows; row++)
            {
                var place = (row * TShape.Units) + unit;
                var gradient = blocks.Activations[offsets.OutputGradient + place];
                if (blocks.UsesBatchStatistics && Counts(blocks, offsets, row))
                {
                    var normalized = (blocks.Activations[offsets.Input + place] - mean) * scale;
                    gradient -= T.CreateTruncating((sum + (double.CreateTruncating(normalized) * product)) / count);
                }

                blocks.Activations[offsets.InputGradient + place] = gradient * gamma * scale;
            }
        }
    }

    /// <summary>Adds the gradients of γ and β; leaves the moments in the places of the moving averages.</summary>
    public static void Gradients<TShape>(in HostBlocks<T> blocks, in NormalizationOffsets offsets, int rows)
        where TShape : struct, IBatchNormalizationShape
    {
        for (var unit = 0; unit < TShape.Units; unit++)
        {
            var (mean, scale) = Moments<TShape>(blocks, offsets, rows, unit);
            var (sum, product) = Sums<TShape>(blocks, offsets, rows, unit, mean, scale);
            if (offsets.Gamma >= 0)
                blocks.Gradients[offsets.Gamma + unit] += T.CreateTruncating(product);
            if (offsets.Beta >= 0)
                blocks.Gradients[offsets.Beta + unit] += T.CreateTruncating(sum);
            if (!blocks.UsesBatchStatistics)
                continue;

            var (batchMean, batchVariance) = BatchMoments<TShape>(blocks, offsets, rows, unit);
            blocks.Gradients[offsets.MovingMean + unit] = T.CreateTruncating(batchMean);
            blocks.Gradients[offsets.MovingVariance + unit] = T.CreateTruncating(batchVariance);
        }
    }

    /// <summary>A feature's mean, and one over its deviation.</summary>
    private static (T Mean, T Scale) Moments<TShape>(in HostBlocks<T> blocks, in NormalizationOffsets offsets, int rows, int unit)
        where TShape : struct, IBatchNormalizationShape
    {
        var (mean, variance) = blocks.UsesBatchStatistics
            ? BatchMoments<TShape>(blocks, offsets, rows, unit)
            : (double.CreateTruncating(blocks.Parameters[offsets.MovingMean + unit]),
                double.CreateTruncating(blocks.Parameters[offsets.MovingVariance + unit]));
        return (T.CreateTruncating(mean), T.CreateTruncating(NormalizationFormulas.Scale(variance, TShape.Epsilon)));
    }

    private static (double Mean, double Variance) BatchMoments<TShape>(
        in HostBlocks<T> blocks, in NormalizationOffsets offsets, int rows, int unit)
        where TShape : struct, IBatchNormalizationShape
    {
        var count = Count(blocks, offsets, rows);
        double sum = 0, squares = 0;
        for (var row = 0; row < rows; row++)
        {
            if (Counts(blocks, offsets, row))
                sum += double.CreateTruncating(blocks.Activations[offsets.Input + (row * TShape.Units) + unit]);
        }

        var mean = sum / count;
        for (var row = 0; row < rows; row++)
        {
            if (!Counts(blocks, offsets, row))
                continue;
            var deviation = double.CreateTruncating(blocks.Activations[offsets.Input + (row * TShape.Units) + unit]) - mean;
            squares += deviation * deviation;
        }

        return (mean, squares / count);
    }

    /// <summary>Σ dy and Σ dy·x̂.</summary>
    private static (double Sum, double Product) Sums<TShape>(
        in HostBlocks<T> blocks, in NormalizationOffsets offsets, int rows, int unit, T mean, T scale)
        where TShape : struct, IBatchNormalizationShape
    {
        double sum = 0, product = 0;
        for (var row = 0; row < rows; row++)
        {
            var place = (row * TShape.Units) + unit;
            var gradient = double.CreateTruncating(blocks.Activations[offsets.OutputGradient + place]);
            sum += gradient;
            product += gradient * double.CreateTruncating((blocks.Activations[offsets.Input + place] - mean) * scale);
        }

        return (sum, product);
    }

    private static double Count(in HostBlocks<T> blocks, in NormalizationOffsets offsets, int rows)
    {
        var count = 0;
        for (var row = 0; row < rows; row++)
        {
            if (Counts(blocks, offsets, row))
                count++;
        }

        return Math.Max(count, 1);
    }

    private static bool Counts(in HostBlocks<T> blocks, in NormalizationOffsets offsets, int row) =>
        offsets.Mask <= 0 || blocks.Activations[offsets.Mask + row] != T.Zero;
}
