using System.Numerics;
using LstmDsl.Kernels;

namespace LstmDsl.CompilerServices;

/// <summary>
/// The scalar reference: every kernel as the plainest loops that compute it, in float or double. The fast backends are tested against it,
/// and gradients are checked on it in double.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe partial struct ReferenceBackend<T> : IHostBackend<ReferenceBackend<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostBlocks<T> blocks;

    private ReferenceBackend(in HostBlocks<T> blocks) => this.blocks = blocks;

    /// <inheritdoc/>
    public static ReferenceBackend<T> Over(in HostBlocks<T> blocks) => new(blocks);

    /// <inheritdoc/>
    public static bool PacksWeights => false;

    /// <inheritdoc/>
    public static void Pack(PackedWeights packed, T* parameters, int index)
    {
    }

    /// <inheritdoc/>
    public void RecurrentForward<TCell>(in RecurrentOffsets offsets, int samples, int timesteps) where TCell : struct, IRecurrentCell =>
        ReferenceRecurrence<T, TCell>.Forward(blocks, offsets, samples, timesteps);

    /// <inheritdoc/>
    public void RecurrentBackward<TCell>(in RecurrentOffsets offsets, int samples, int timesteps) where TCell : struct, IRecurrentCell =>
        ReferenceRecurrence<T, TCell>.Backward(blocks, offsets, samples, timesteps);

    /// <inheritdoc/>
    public void RecurrentGradients<TCell>(in RecurrentOffsets offsets, int samples, int timesteps) where TCell : struct, IRecurrentCell
    {
        if (blocks.Share == 0)
            ReferenceRecurrence<T, TCell>.Gradients(blocks, offsets, samples, timesteps);
    }

    /// <inheritdoc/>
    public void DenseForward<TShape>(in DenseOffsets offsets, int rows) where TShape : struct, IDenseShape =>
        ReferenceDense<T, TShape>.Forward(blocks, offsets, rows);

    /// <inheritdoc/>
    public void DenseBackward<TShape>(in DenseOffsets offsets, int rows) where TShape : struct, IDenseShape =>
        ReferenceDense<T, TShape>.Backward(blocks, offsets, rows);

    /// <inheritdoc/>
    public void DenseGradients<TShape>(in DenseOffsets offsets, int rows) where TShape : struct, IDenseShape
    {
        if (blocks.Share == 0)
            ReferenceDense<T, TShape>.Gradients(blocks, offsets, rows);
    }

    /// <inheritdoc/>
    public void AddActivityPenalty(in ActivityPenalty penalty)
    {
        if (blocks.ActivityPenalty == null)
            return;
        *blocks.ActivityPenalty += AddPenalty(
            penalty.Regularizer,
            blocks.Activations + penalty.Output,
            penalty.OutputGradient < 0 ? null : blocks.Activations + penalty.OutputGradient,
            penalty.Length,
            blocks.ActivityScale);
    }

    /// <inheritdoc/>
    public double AddWeightPenalty(Regularizer regularizer, int from, int to) => AddPenalty(
        regularizer, blocks.Parameters + from, blocks.Gradients == null ? null : blocks.Gradients + from, to - from, scale: 1);

    /// <inheritdoc/>
    public double ElementwiseLoss<TFunction>(in TFunction function, in LossOffsets offsets, int rows, int columns, double scale)
        where TFunction : struct, IElementwiseLoss =>
        ReferenceLosses<T>.Elementwise(function, blocks.Activations, offsets, rows, columns, scale);

    /// <inheritdoc/>
    public double RowLoss<TFunction>(in TFunction function, in LossOffsets offsets, int rows, int columns, double scale)
        where TFunction : struct, IRowLoss =>
        ReferenceLosses<T>.Rows(function, blocks.Activations, offsets, rows, columns, scale);

    /// <inheritdoc/>
    public void Tally<TTally>(in TTally tally, in LossOffsets offsets, int rows, int columns, Span<double> sums)
        where TTally : struct, ITally =>
        RowTally.Run(tally, blocks.Activations, offsets, rows, columns, sums);

    /// <inheritdoc/>
    public void Update<TRule>(in TRule rule, int firstSlot, int from, int to) where TRule : struct, IUpdateRule
    {
        var step = new UpdateKernel<TRule, T>(blocks, firstSlot, rule);
        ScalarSweep<T>.Run(ref step, from, to);
    }

    /// <inheritdoc/>
    public double SumOfSquares(UpdateBlock block, int from, int to)
    {
        var values = blocks.Of(block);
        var sum = 0.0;
        for (var index = from; index < to; index++)
            sum += double.CreateTruncating(values[index] * values[index]);
        return sum;
    }

    /// <inheritdoc/>
    public void NormalizeByFactors(in UpdateRegion region, double keep, double epsilon) =>
        FactorKernel<T>.Run(blocks, region, keep, epsilon);

    /// <inheritdoc/>
    public void Constrain(in ConstrainedTensor tensor) => ConstraintKernel<T>.Run(blocks.Parameters, tensor);

    private static double AddPenalty(Regularizer regularizer, T* values, T* gradient, int count, double scale)
    {
        var formulas = new PenaltyFormulas<Scalar<T>>(regularizer);
        var sum = 0.0;
        for (var index = 0; index < count; index++)
        {
            sum += double.CreateTruncating(formulas.Value(values[index]).Value);
            if (gradient != null)
                gradient[index] += (formulas.Derivative(values[index]) * Scalar<T>.Constant(scale)).Value;
        }

        return sum;
    }
}
