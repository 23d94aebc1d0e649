using LstmDsl.CompilerServices;

namespace LstmDsl;

// The layers that do no matrix products.
internal readonly partial struct IlgpuBackend
{
    /// <inheritdoc/>
    public void ActivationForward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IActivationShape =>
        DeviceWeightless.ActivationForward<TShape>(program, offsets, rows);

    /// <inheritdoc/>
    public void ActivationBackward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IActivationShape =>
        DeviceWeightless.ActivationBackward<TShape>(program, offsets, rows);

    /// <inheritdoc/>
    public void MergeForward<TShape>(in MergeOffsets offsets, int samples, int timesteps) where TShape : struct, IMergeShape =>
        DeviceWeightless.MergeForward<TShape>(program, offsets, samples, timesteps);

    /// <inheritdoc/>
    public void MergeBackward<TShape>(in MergeOffsets offsets, int samples, int timesteps) where TShape : struct, IMergeShape =>
        DeviceWeightless.MergeBackward<TShape>(program, offsets, samples, timesteps);

    /// <inheritdoc/>
    public void CombineForward<TShape>(in CombineOffsets offsets, int rows) where TShape : struct, ICombineShape =>
        DeviceCombination<TShape>.Forward(program, offsets, rows);

    /// <inheritdoc/>
    public void CombineBackward<TShape>(in CombineOffsets offsets, int rows) where TShape : struct, ICombineShape =>
        DeviceCombination<TShape>.Backward(program, offsets, rows);

    /// <inheritdoc/>
    public void AttentionForward<TShape>(in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape =>
        DeviceAttention<TShape>.Forward(program, offsets, samples);

    /// <inheritdoc/>
    public void AttentionBackward<TShape>(in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape =>
        DeviceAttention<TShape>.Backward(program, offsets, samples);

    /// <inheritdoc/>
    public void AttentionGradients<TShape>(in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape =>
        DeviceAttention<TShape>.Gradients(program, offsets, samples);

    /// <inheritdoc/>
    public void RearrangeForward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IRearrangeShape =>
        DeviceRearrangement<TShape>.Forward(program, offsets, samples);

    /// <inheritdoc/>
    public void RearrangeBackward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IRearrangeShape =>
        DeviceRearrangement<TShape>.Backward(program, offsets, samples);

    /// <inheritdoc/>
    public void AddGradient(in GradientSum sum) => DeviceGradientSum.Run(program, sum);

    /// <inheritdoc/>
    public void DropoutForward<TShape>(in WeightlessOffsets offsets, int samples, int timesteps) where TShape : struct, IDropoutShape =>
        DeviceDropout.Forward<TShape>(program, offsets, samples, timesteps);

    /// <inheritdoc/>
    public void DropoutBackward<TShape>(in WeightlessOffsets offsets, int samples, int timesteps) where TShape : struct, IDropoutShape =>
        DeviceDropout.Backward<TShape>(program, offsets, samples, timesteps);

    /// <inheritdoc/>
    public void MaskingForward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IMaskingShape =>
        DeviceMasking.Forward<TShape>(program, offsets, rows);

    /// <inheritdoc/>
    public void MaskingBackward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IMaskingShape =>
        DeviceMasking.Backward<TShape>(program, offsets, rows);

    /// <inheritdoc/>
    public void UnfoldForward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IUnfoldShape =>
        DeviceWindows.UnfoldForward<TShape>(program, offsets, samples);

    /// <inheritdoc/>
    public void UnfoldBackward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IUnfoldShape =>
        DeviceWindows.UnfoldBackward<TShape>(program, offsets, samples);

    /// <inheritdoc/>
    public void LayerNormalizationForward<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, ILayerNormalizationShape =>
        DeviceLayerNormalization<TShape>.Forward(program, offsets, rows);

    /// <inheritdoc/>
    public void LayerNormalizationBackward<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, ILayerNormalizationShape =>
        DeviceLayerNormalization<TShape>.Backward(program, offsets, rows);

    /// <inheritdoc/>
    public void LayerNormalizationGradients<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, ILayerNormalizationShape =>
        DeviceLayerNormalization<TShape>.Gradients(program, offsets, rows);

    /// <inheritdoc/>
    public void BatchNormalizationForward<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, IBatchNormalizationShape =>
        DeviceBatchNormalization<TShape>.Forward(program, offsets, rows);

    /// <inheritdoc/>
    public void BatchNormalizationBackward<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, IBatchNormalizationShape =>
        DeviceBatchNormalization<TShape>.Backward(program, offsets, rows);

    /// <inheritdoc/>
    public void BatchNormalizationGradients<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, IBatchNormalizationShape =>
        DeviceBatchNormalization<TShape>.Gradients(program, offsets, rows);

    /// <inheritdoc/>
    public void AffineForward<TShape>(in AffineOffsets offsets, int rows) where TShape : struct, IAffineShape =>
        DeviceAffine.Forward<TShape>(program, offsets, rows);

    /// <inheritdoc/>
    public void AffineBackward<TShape>(in AffineOffsets offsets, int rows) where TShape : struct, IAffineShape =>
        DeviceAffine.Backward<TShape>(program, offsets, rows);

    /// <inheritdoc/>
    public void EmbeddingForward<TShape>(in EmbeddingOffsets offsets, int rows) where TShape : struct, IEmbeddingShape =>
        DeviceEmbedding<TShape>.Forward(program, offsets, rows);

    /// <inheritdoc/>
    public void EmbeddingGradients<TShape>(in EmbeddingOffsets offsets, int rows) where TShape : struct, IEmbeddingShape =>
        DeviceEmbedding<TShape>.Gradients(program, offsets, rows);

    /// <inheritdoc/>
    public void PoolingForward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IPoolingShape =>
        DeviceWindows.PoolingForward<TShape>(program, offsets, samples);

    /// <inheritdoc/>
    public void PoolingBackward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IPoolingShape =>
        DeviceWindows.PoolingBackward<TShape>(program, offsets, samples);
}
