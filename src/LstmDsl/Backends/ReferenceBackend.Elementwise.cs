using LstmDsl.Kernels;

namespace LstmDsl.CompilerServices;

// The layers that do no matrix products, whose kernels are one text for vectors and for the scalar reference.
internal readonly unsafe partial struct ReferenceBackend<T>
{
    /// <inheritdoc/>
    public void ActivationForward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IActivationShape =>
        ActivationKernel<ScalarSweep<T>, T>.Forward<TShape>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void ActivationBackward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IActivationShape =>
        ActivationKernel<ScalarSweep<T>, T>.Backward<TShape>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void MergeForward<TShape>(in MergeOffsets offsets, int samples, int timesteps) where TShape : struct, IMergeShape =>
        MergeKernel<ScalarSweep<T>, T>.Forward<TShape>(blocks, offsets, samples, timesteps);

    /// <inheritdoc/>
    public void MergeBackward<TShape>(in MergeOffsets offsets, int samples, int timesteps) where TShape : struct, IMergeShape =>
        MergeKernel<ScalarSweep<T>, T>.Backward<TShape>(blocks, offsets, samples, timesteps);

    /// <inheritdoc/>
    public void CombineForward<TShape>(in CombineOffsets offsets, int rows) where TShape : struct, ICombineShape =>
        CombineKernel<ScalarSweep<T>, T>.Forward<TShape>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void CombineBackward<TShape>(in CombineOffsets offsets, int rows) where TShape : struct, ICombineShape =>
        CombineKernel<ScalarSweep<T>, T>.Backward<TShape>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void AttentionForward<TShape>(in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape =>
        AttentionKernel<ScalarSweep<T>, T>.Forward<TShape>(blocks, offsets, samples);

    /// <inheritdoc/>
    public void AttentionBackward<TShape>(in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape =>
        AttentionKernel<ScalarSweep<T>, T>.Backward<TShape>(blocks, offsets, samples);

    /// <inheritdoc/>
    public void AttentionGradients<TShape>(in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape
    {
        if (blocks.Share == 0)
            AttentionKernel<ScalarSweep<T>, T>.Gradients<TShape>(blocks, offsets, samples);
    }

    /// <inheritdoc/>
    public void RearrangeForward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IRearrangeShape =>
        RearrangeKernel<ScalarSweep<T>, T>.Forward<TShape>(blocks, offsets, samples);

    /// <inheritdoc/>
    public void RearrangeBackward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IRearrangeShape =>
        RearrangeKernel<ScalarSweep<T>, T>.Backward<TShape>(blocks, offsets, samples);

    /// <inheritdoc/>
    public void AddGradient(in GradientSum sum) => GradientSums<ScalarSweep<T>, T>.Run(blocks, sum);

    /// <inheritdoc/>
    public void DropoutForward<TShape>(in WeightlessOffsets offsets, int samples, int timesteps) where TShape : struct, IDropoutShape =>
        DropoutKernel<T>.Forward<TShape>(blocks, offsets, samples, timesteps);

    /// <inheritdoc/>
    public void DropoutBackward<TShape>(in WeightlessOffsets offsets, int samples, int timesteps) where TShape : struct, IDropoutShape =>
        DropoutKernel<T>.Backward<TShape>(blocks, offsets, samples, timesteps);

    /// <inheritdoc/>
    public void MaskingForward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IMaskingShape =>
        MaskingKernel<T>.Forward<TShape>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void MaskingBackward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IMaskingShape =>
        MaskingKernel<T>.Backward<TShape>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void UnfoldForward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IUnfoldShape =>
        UnfoldKernel<ScalarSweep<T>, T>.Forward<TShape>(blocks, offsets, samples);

    /// <inheritdoc/>
    public void UnfoldBackward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IUnfoldShape =>
        UnfoldKernel<ScalarSweep<T>, T>.Backward<TShape>(blocks, offsets, samples);

    /// <inheritdoc/>
    public void LayerNormalizationForward<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, ILayerNormalizationShape =>
        LayerNormalizationKernel<ScalarSweep<T>, T>.Forward<TShape>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void LayerNormalizationBackward<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, ILayerNormalizationShape =>
        LayerNormalizationKernel<ScalarSweep<T>, T>.Backward<TShape>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void LayerNormalizationGradients<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, ILayerNormalizationShape
    {
        if (blocks.Share == 0)
            LayerNormalizationKernel<ScalarSweep<T>, T>.Gradients<TShape>(blocks, offsets, rows);
    }

    /// <inheritdoc/>
    public void BatchNormalizationForward<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, IBatchNormalizationShape =>
        BatchNormalizationKernel<T>.Forward<TShape>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void BatchNormalizationBackward<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, IBatchNormalizationShape =>
        BatchNormalizationKernel<T>.Backward<TShape>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void BatchNormalizationGradients<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, IBatchNormalizationShape
    {
        if (blocks.Share == 0)
            BatchNormalizationKernel<T>.Gradients<TShape>(blocks, offsets, rows);
    }

    /// <inheritdoc/>
    public void AffineForward<TShape>(in AffineOffsets offsets, int rows) where TShape : struct, IAffineShape =>
        AffineKernel<T>.Forward<TShape>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void AffineBackward<TShape>(in AffineOffsets offsets, int rows) where TShape : struct, IAffineShape =>
        AffineKernel<T>.Backward<TShape>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void EmbeddingForward<TShape>(in EmbeddingOffsets offsets, int rows) where TShape : struct, IEmbeddingShape =>
        EmbeddingKernel<T>.Forward<TShape>(blocks, offsets, rows);

    /// <inheritdoc/>
    public void EmbeddingGradients<TShape>(in EmbeddingOffsets offsets, int rows) where TShape : struct, IEmbeddingShape
    {
        if (blocks.Share == 0)
            EmbeddingKernel<T>.Gradients<TShape>(blocks, offsets, rows);
    }

    /// <inheritdoc/>
    public void PoolingForward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IPoolingShape =>
        PoolingKernel<T>.Forward<TShape>(blocks, offsets, samples);

    /// <inheritdoc/>
    public void PoolingBackward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IPoolingShape =>
        PoolingKernel<T>.Backward<TShape>(blocks, offsets, samples);
}
