using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>The scalar reference in float, with a watch that looks at what each layer makes on its way forwards.</summary>
internal readonly unsafe struct WatchedBackend : IHostBackend<WatchedBackend, float>
{
    private readonly ReferenceBackend<float> inner;
    private readonly float* activations;
    private readonly ILayerWatch watch;

    private WatchedBackend(in HostBlocks<float> blocks)
    {
        inner = ReferenceBackend<float>.Over(blocks);
        activations = blocks.Activations;
        watch = blocks.Watch!;
    }

    /// <inheritdoc/>
    public static bool PacksWeights => false;

    /// <inheritdoc/>
    public static WatchedBackend Over(in HostBlocks<float> blocks) => new(blocks);

    /// <inheritdoc/>
    public static void Pack(PackedWeights packed, float* parameters, int index)
    {
    }

    /// <inheritdoc/>
    public void RecurrentForward<TCell>(in RecurrentOffsets offsets, int samples, int timesteps) where TCell : struct, IRecurrentCell
    {
        inner.RecurrentForward<TCell>(offsets, samples, timesteps);
        var isGated = TCell.GateLetters.Length > 0;
        KeptPart gates = new(isGated ? "gate" : "pre-activation", "z", TCell.GateLetters, activations + offsets.Gates, samples);
        KeptPart hidden = new("hidden state", "h", "", activations + offsets.Hidden, samples);
        KeptPart carried = new("cell state", "c", "", activations + offsets.Carried, samples);
        watch.Recurrent(
            TCell.Name, activations + offsets.Input, TCell.Inputs, timesteps, TCell.Units, TCell.Carries ? [gates, carried, hidden] : [gates, hidden]);
    }

    /// <inheritdoc/>
    public void DenseForward<TShape>(in DenseOffsets offsets, int rows) where TShape : struct, IDenseShape
    {
        inner.DenseForward<TShape>(offsets, rows);
        watch.Output(TShape.Name, activations + offsets.Output, rows, TShape.Units);
    }

    /// <inheritdoc/>
    public void ActivationForward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IActivationShape
    {
        inner.ActivationForward<TShape>(offsets, rows);
        watch.Output(TShape.Name, activations + offsets.Output, rows, TShape.Units);
    }

    /// <inheritdoc/>
    public void DropoutForward<TShape>(in WeightlessOffsets offsets, int samples, int timesteps) where TShape : struct, IDropoutShape
    {
        inner.DropoutForward<TShape>(offsets, samples, timesteps);
        if (!TShape.SameOverTime)
            watch.Output(TShape.Name, activations + offsets.Output, samples * timesteps, TShape.Units);
    }

    /// <inheritdoc/>
    public void MaskingForward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IMaskingShape
    {
        inner.MaskingForward<TShape>(offsets, rows);
        watch.Output(TShape.Name, activations + offsets.Output, rows, TShape.Units);
    }

    /// <inheritdoc/>
    public void UnfoldForward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IUnfoldShape =>
        inner.UnfoldForward<TShape>(offsets, samples);

    /// <inheritdoc/>
    public void LayerNormalizationForward<TShape>(in NormalizationOffsets offsets, int rows) where TShape : struct, ILayerNormalizationShape
    {
        inner.LayerNormalizationForward<TShape>(offsets, rows);
        watch.Output(TShape.Name, activations + offsets.Output, rows, TShape.Units);
    }

    /// <inheritdoc/>
    public void BatchNormalizationForward<TShape>(in NormalizationOffsets offsets, int rows) where TShape : struct, IBatchNormalizationShape
    {
        inner.BatchNormalizationForward<TShape>(offsets, rows);
        watch.Output(TShape.Name, activations + offsets.Output, rows, TShape.Units);
    }

    /// <inheritdoc/>
    public void AffineForward<TShape>(in AffineOffsets offsets, int rows) where TShape : struct, IAffineShape
    {
        inner.AffineForward<TShape>(offsets, rows);
        watch.Output(TShape.Name, activations + offsets.Output, rows, TShape.Units);
    }

    /// <inheritdoc/>
    public void EmbeddingForward<TShape>(in EmbeddingOffsets offsets, int rows) where TShape : struct, IEmbeddingShape
    {
        inner.EmbeddingForward<TShape>(offsets, rows);
        watch.Output(TShape.Name, activations + offsets.Output, rows, TShape.Units);
    }

    /// <inheritdoc/>
    public void PoolingForward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IPoolingShape
    {
        inner.PoolingForward<TShape>(offsets, samples);
        watch.Output(TShape.Name, activations + offsets.Output, samples * TShape.OutputTimesteps, TShape.Units);
    }

    /// <inheritdoc/>
    public void MergeForward<TShape>(in MergeOffsets offsets, int samples, int timesteps) where TShape : struct, IMergeShape
    {
        inner.MergeForward<TShape>(offsets, samples, timesteps);
        var columns = TShape.Merge == Merge.Concat ? 2 * TShape.Units : TShape.Units;
        watch.Output(TShape.Name, activations + offsets.Output, samples * timesteps, columns);
    }

    /// <inheritdoc/>
    public void CombineForward<TShape>(in CombineOffsets offsets, int rows) where TShape : struct, ICombineShape
    {
        inner.CombineForward<TShape>(offsets, rows);
        // What lays values elsewhere makes none.
        if (!TShape.Combination.KeepsBoth())
            watch.Output(TShape.Name, activations + offsets.Output, rows, TShape.FirstUnits);
    }

    /// <inheritdoc/>
    public void AttentionForward<TShape>(in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape
    {
        inner.AttentionForward<TShape>(offsets, samples);
        watch.Output(TShape.Name, activations + offsets.Output, samples * TShape.QueryTimesteps, TShape.Units);
    }

    /// <inheritdoc/>
    public void RearrangeForward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IRearrangeShape =>
        inner.RearrangeForward<TShape>(offsets, samples);

    /// <inheritdoc/>
    public void RecurrentBackward<TCell>(in RecurrentOffsets offsets, int samples, int timesteps) where TCell : struct, IRecurrentCell =>
        inner.RecurrentBackward<TCell>(offsets, samples, timesteps);

    /// <inheritdoc/>
    public void RecurrentGradients<TCell>(in RecurrentOffsets offsets, int samples, int timesteps) where TCell : struct, IRecurrentCell =>
        inner.RecurrentGradients<TCell>(offsets, samples, timesteps);

    /// <inheritdoc/>
    public void DenseBackward<TShape>(in DenseOffsets offsets, int rows) where TShape : struct, IDenseShape =>
        inner.DenseBackward<TShape>(offsets, rows);

    /// <inheritdoc/>
    public void DenseGradients<TShape>(in DenseOffsets offsets, int rows) where TShape : struct, IDenseShape =>
        inner.DenseGradients<TShape>(offsets, rows);

    /// <inheritdoc/>
    public void ActivationBackward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IActivationShape =>
        inner.ActivationBackward<TShape>(offsets, rows);

    /// <inheritdoc/>
    public void DropoutBackward<TShape>(in WeightlessOffsets offsets, int samples, int timesteps) where TShape : struct, IDropoutShape =>
        inner.DropoutBackward<TShape>(offsets, samples, timesteps);

    /// <inheritdoc/>
    public void MaskingBackward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IMaskingShape =>
        inner.MaskingBackward<TShape>(offsets, rows);

    /// <inheritdoc/>
    public void UnfoldBackward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IUnfoldShape =>
        inner.UnfoldBackward<TShape>(offsets, samples);

    /// <inheritdoc/>
    public void LayerNormalizationBackward<TShape>(in NormalizationOffsets offsets, int rows) where TShape : struct, ILayerNormalizationShape =>
        inner.LayerNormalizationBackward<TShape>(offsets, rows);

    /// <inheritdoc/>
    public void LayerNormalizationGradients<TShape>(in NormalizationOffsets offsets, int rows) where TShape : struct, ILayerNormalizationShape =>
        inner.LayerNormalizationGradients<TShape>(offsets, rows);

    /// <inheritdoc/>
    public void BatchNormalizationBackward<TShape>(in NormalizationOffsets offsets, int rows) where TShape : struct, IBatchNormalizationShape =>
        inner.BatchNormalizationBackward<TShape>(offsets, rows);

    /// <inheritdoc/>
    public void BatchNormalizationGradients<TShape>(in NormalizationOffsets offsets, int rows) where TShape : struct, IBatchNormalizationShape =>
        inner.BatchNormalizationGradients<TShape>(offsets, rows);

    /// <inheritdoc/>
    public void AffineBackward<TShape>(in AffineOffsets offsets, int rows) where TShape : struct, IAffineShape =>
        inner.AffineBackward<TShape>(offsets, rows);

    /// <inheritdoc/>
    public void EmbeddingGradients<TShape>(in EmbeddingOffsets offsets, int rows) where TShape : struct, IEmbeddingShape =>
        inner.EmbeddingGradients<TShape>(offsets, rows);

    /// <inheritdoc/>
    public void PoolingBackward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IPoolingShape =>
        inner.PoolingBackward<TShape>(offsets, samples);

    /// <inheritdoc/>
    public void MergeBackward<TShape>(in MergeOffsets offsets, int samples, int timesteps) where TShape : struct, IMergeShape =>
        inner.MergeBackward<TShape>(offsets, samples, timesteps);

    /// <inheritdoc/>
    public void CombineBackward<TShape>(in CombineOffsets offsets, int rows) where TShape : struct, ICombineShape =>
        inner.CombineBackward<TShape>(offsets, rows);

    /// <inheritdoc/>
    public void AttentionBackward<TShape>(in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape =>
        inner.AttentionBackward<TShape>(offsets, samples);

    /// <inheritdoc/>
    public void AttentionGradients<TShape>(in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape =>
        inner.AttentionGradients<TShape>(offsets, samples);

    /// <inheritdoc/>
    public void RearrangeBackward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IRearrangeShape =>
        inner.RearrangeBackward<TShape>(offsets, samples);

    /// <inheritdoc/>
    public void AddGradient(in GradientSum sum) => inner.AddGradient(sum);

    /// <inheritdoc/>
    public void AddActivityPenalty(in ActivityPenalty penalty) => inner.AddActivityPenalty(penalty);

    /// <inheritdoc/>
    public double ElementwiseLoss<TFunction>(in TFunction function, in LossOffsets offsets, int rows, int columns, double scale)
        where TFunction : struct, IElementwiseLoss
    {
        var loss = inner.ElementwiseLoss(function, offsets, rows, columns, scale);
        watch.Loss(loss);
        return loss;
    }

    /// <inheritdoc/>
    public double RowLoss<TFunction>(in TFunction function, in LossOffsets offsets, int rows, int columns, double scale)
        where TFunction : struct, IRowLoss
    {
        var loss = inner.RowLoss(function, offsets, rows, columns, scale);
        watch.Loss(loss);
        return loss;
    }

    /// <inheritdoc/>
    public void Tally<TTally>(in TTally tally, in LossOffsets offsets, int rows, int columns, Span<double> sums) where TTally : struct, ITally =>
        inner.Tally(tally, offsets, rows, columns, sums);

    /// <inheritdoc/>
    public double AddWeightPenalty(Regularizer regularizer, int from, int to) => inner.AddWeightPenalty(regularizer, from, to);

    /// <inheritdoc/>
    public void Update<TRule>(in TRule rule, int firstSlot, int from, int to) where TRule : struct, IUpdateRule =>
        inner.Update(rule, firstSlot, from, to);

    /// <inheritdoc/>
    public double SumOfSquares(UpdateBlock block, int from, int to) => inner.SumOfSquares(block, from, to);

    /// <inheritdoc/>
    public void NormalizeByFactors(in UpdateRegion region, double keep, double epsilon) => inner.NormalizeByFactors(region, keep, epsilon);

    /// <inheritdoc/>
    public void Constrain(in ConstrainedTensor tensor) => inner.Constrain(tensor);
}
