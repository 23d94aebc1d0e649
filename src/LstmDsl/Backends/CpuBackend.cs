using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// Runs programs with vectors of one width. Predictions, and what a sample's row holds, are the same bits for every width; gradients that
/// pass back through weights are summed in an order that depends on it.
/// <see cref="CpuVectorWidth"/> says which width to take.
/// </summary>
/// <typeparam name="TLanes"><see cref="Lanes512"/>, <see cref="Lanes256"/> or <see cref="Lanes128"/>.</typeparam>
internal readonly unsafe partial struct CpuBackend<TLanes> : IHostBackend<CpuBackend<TLanes>, float>
    where TLanes : unmanaged, IVectorLanes<TLanes>
{
    private readonly HostBlocks<float> blocks;

    private CpuBackend(in HostBlocks<float> blocks) => this.blocks = blocks;

    /// <inheritdoc/>
    public static CpuBackend<TLanes> Over(in HostBlocks<float> blocks) => new(blocks);

    /// <inheritdoc/>
    public static bool PacksWeights => true;

    /// <inheritdoc/>
    public static void Pack(PackedWeights packed, float* parameters, int index) => packed.Pack<TLanes>(parameters, index);

    /// <inheritdoc/>
    public void RecurrentForward<TCell>(in RecurrentOffsets offsets, int samples, int timesteps) where TCell : struct, IRecurrentCell =>
        SharedRecurrence<TCell, TLanes>.Forward(blocks, offsets, samples, timesteps);

    /// <inheritdoc/>
    public void RecurrentBackward<TCell>(in RecurrentOffsets offsets, int samples, int timesteps) where TCell : struct, IRecurrentCell =>
        SharedRecurrence<TCell, TLanes>.Backward(blocks, offsets, samples, timesteps);

    /// <inheritdoc/>
    public void RecurrentGradients<TCell>(in RecurrentOffsets offsets, int samples, int timesteps) where TCell : struct, IRecurrentCell =>
        RecurrentKernel<TCell>.Gradients<TLanes>(blocks, offsets, samples, timesteps);

    /// <inheritdoc/>
    public void DenseForward<TShape>(in DenseOffsets offsets, int rows) where TShape : struct, IDenseShape =>
        DenseKernel.Forward<TShape, TLanes>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void DenseBackward<TShape>(in DenseOffsets offsets, int rows) where TShape : struct, IDenseShape =>
        DenseKernel.Backward<TShape, TLanes>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void DenseGradients<TShape>(in DenseOffsets offsets, int rows) where TShape : struct, IDenseShape =>
        DenseKernel.Gradients<TShape, TLanes>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void AddActivityPenalty(in ActivityPenalty penalty)
    {
        if (blocks.ActivityPenalty == null)
            return;
        *blocks.ActivityPenalty += PenaltyKernel.Run<TLanes>(
            penalty.Regularizer,
            blocks.Activations + penalty.Output,
            penalty.OutputGradient < 0 ? null : blocks.Activations + penalty.OutputGradient,
            penalty.Length,
            blocks.ActivityScale);
    }

    /// <inheritdoc/>
    public double AddWeightPenalty(Regularizer regularizer, int from, int to) => PenaltyKernel.Run<TLanes>(
        regularizer,
        blocks.Parameters + from,
        blocks.Gradients == null ? null : blocks.Gradients + from,
        to - from,
        scale: 1);

    /// <inheritdoc/>
    public double ElementwiseLoss<TFunction>(in TFunction function, in LossOffsets offsets, int rows, int columns, double scale)
        where TFunction : struct, IElementwiseLoss =>
        LossKernel<TFunction>.Run<TLanes>(function, LossTensors.Of(blocks.Activations, offsets), rows, columns, scale);

    /// <inheritdoc/>
    public double RowLoss<TFunction>(in TFunction function, in LossOffsets offsets, int rows, int columns, double scale)
        where TFunction : struct, IRowLoss =>
        RowLossKernel<TFunction>.Run<TLanes>(function, LossTensors.Of(blocks.Activations, offsets), rows, columns, scale);

    /// <inheritdoc/>
    public void Tally<TTally>(in TTally tally, in LossOffsets offsets, int rows, int columns, Span<double> sums)
        where TTally : struct, ITally =>
        RowTally.Run(tally, blocks.Activations, offsets, rows, columns, sums);

    /// <inheritdoc/>
    [MethodImpl(KernelCompilation.Loop)]
    public void Update<TRule>(in TRule rule, int firstSlot, int from, int to) where TRule : struct, IUpdateRule
    {
        var step = new UpdateKernel<TRule, float>(blocks, firstSlot, rule);
        VectorSweep<TLanes>.Run(ref step, from, to);
    }

    /// <inheritdoc/>
    public double SumOfSquares(UpdateBlock block, int from, int to) => SquaresKernel.Run<TLanes>(blocks.Of(block) + from, to - from);

    /// <inheritdoc/>
    public void NormalizeByFactors(in UpdateRegion region, double keep, double epsilon) =>
        FactorKernel<float>.Run(blocks, region, keep, epsilon);

    /// <inheritdoc/>
    public void Constrain(in ConstrainedTensor tensor) => ConstraintKernel<float>.Run(blocks.Parameters, tensor);
}
