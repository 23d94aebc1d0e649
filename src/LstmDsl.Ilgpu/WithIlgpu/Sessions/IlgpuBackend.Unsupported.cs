using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>The layers that have no kernels for ILGPU's devices: a model that has one trains and predicts on the CPU.</summary>
internal readonly partial struct IlgpuBackend
{
    /// <inheritdoc/>
    public void DropoutForward<TShape>(in WeightlessOffsets offsets, int samples, int timesteps) where TShape : struct, IDropoutShape =>
        throw NotYet("Dropout");

    /// <inheritdoc/>
    public void DropoutBackward<TShape>(in WeightlessOffsets offsets, int samples, int timesteps) where TShape : struct, IDropoutShape =>
        throw NotYet("Dropout");

    /// <inheritdoc/>
    public void MaskingForward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IMaskingShape =>
        throw NotYet("Masking");

    /// <inheritdoc/>
    public void MaskingBackward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IMaskingShape =>
        throw NotYet("Masking");

    /// <inheritdoc/>
    public void UnfoldForward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IUnfoldShape =>
        throw NotYet("Conv1D, Flatten or RepeatVector");

    /// <inheritdoc/>
    public void UnfoldBackward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IUnfoldShape =>
        throw NotYet("Conv1D, Flatten or RepeatVector");

    /// <inheritdoc/>
    public void LayerNormalizationForward<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, ILayerNormalizationShape =>
        throw NotYet("LayerNormalization");

    /// <inheritdoc/>
    public void LayerNormalizationBackward<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, ILayerNormalizationShape =>
        throw NotYet("LayerNormalization");

    /// <inheritdoc/>
    public void LayerNormalizationGradients<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, ILayerNormalizationShape =>
        throw NotYet("LayerNormalization");

    /// <inheritdoc/>
    public void BatchNormalizationForward<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, IBatchNormalizationShape =>
        throw NotYet("BatchNormalization");

    /// <inheritdoc/>
    public void BatchNormalizationBackward<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, IBatchNormalizationShape =>
        throw NotYet("BatchNormalization");

    /// <inheritdoc/>
    public void BatchNormalizationGradients<TShape>(in NormalizationOffsets offsets, int rows)
        where TShape : struct, IBatchNormalizationShape =>
        throw NotYet("BatchNormalization");

    /// <inheritdoc/>
    public void EmbeddingForward<TShape>(in EmbeddingOffsets offsets, int rows) where TShape : struct, IEmbeddingShape =>
        throw NotYet("Embedding");

    /// <inheritdoc/>
    public void EmbeddingGradients<TShape>(in EmbeddingOffsets offsets, int rows) where TShape : struct, IEmbeddingShape =>
        throw NotYet("Embedding");

    /// <inheritdoc/>
    public void PoolingForward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IPoolingShape =>
        throw NotYet("Pooling");

    /// <inheritdoc/>
    public void PoolingBackward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IPoolingShape =>
        throw NotYet("Pooling");

    private static NotSupportedException NotYet(string layer) =>
        new($"{layer} has no kernels for ILGPU's devices; expected a model of recurrent and dense layers. Train this one on Device.Cpu.");
}
