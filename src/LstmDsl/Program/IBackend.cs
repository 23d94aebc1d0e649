using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// What a generated program runs on: layer kernels over one block of samples, addressed by offsets in elements. Parameters and their
/// gradients share one layout; activations lie time-major, (timesteps, samples, width), at offsets that the plan multiplies by the
/// samples of the block. The element type is the backend's own.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBackend
{
    /// <summary>Runs a recurrent layer over all timesteps of a block.</summary>
    void RecurrentForward<TCell>(in RecurrentOffsets offsets, int samples, int timesteps) where TCell : struct, IRecurrentCell;

    /// <summary>
    /// Runs a recurrent layer's backward pass through time: turns <see cref="RecurrentOffsets.Gates"/> into gradients of the
    /// pre-activations, and writes the gradient of the input where <see cref="RecurrentOffsets.InputGradient"/> is not negative.
    /// </summary>
    void RecurrentBackward<TCell>(in RecurrentOffsets offsets, int samples, int timesteps) where TCell : struct, IRecurrentCell;

    /// <summary>Adds the gradients of a recurrent layer's weights over a block whose backward pass has run.</summary>
    void RecurrentGradients<TCell>(in RecurrentOffsets offsets, int samples, int timesteps) where TCell : struct, IRecurrentCell;

    /// <summary>Runs a dense layer over rows (samples, or timesteps × samples).</summary>
    void DenseForward<TShape>(in DenseOffsets offsets, int rows) where TShape : struct, IDenseShape;

    /// <summary>
    /// Runs a dense layer's backward pass: turns <see cref="DenseOffsets.OutputGradient"/> into the gradient of the pre-activations, and
    /// writes the gradient of the input where <see cref="DenseOffsets.InputGradient"/> is not negative.
    /// </summary>
    void DenseBackward<TShape>(in DenseOffsets offsets, int rows) where TShape : struct, IDenseShape;

    /// <summary>Adds the gradients of a dense layer's weights over a block whose backward pass has run.</summary>
    void DenseGradients<TShape>(in DenseOffsets offsets, int rows) where TShape : struct, IDenseShape;

    /// <summary>Applies an activation to rows (samples, or timesteps × samples).</summary>
    void ActivationForward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IActivationShape;

    /// <summary>Writes the gradient of the input of <see cref="ActivationForward"/> where somebody asks for it.</summary>
    void ActivationBackward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IActivationShape;

    /// <summary>Sets a random part of a layer's input to zero; only in training. One timestep where there is no time axis.</summary>
    void DropoutForward<TShape>(in WeightlessOffsets offsets, int samples, int timesteps) where TShape : struct, IDropoutShape;

    /// <summary>Writes, or adds, the gradient of the input of <see cref="DropoutForward"/> where somebody asks for it.</summary>
    void DropoutBackward<TShape>(in WeightlessOffsets offsets, int samples, int timesteps) where TShape : struct, IDropoutShape;

    /// <summary>
    /// Marks the rows (timesteps × samples) that are padding, in <see cref="WeightlessOffsets.Mask"/>, and gives zeros for them.
    /// </summary>
    void MaskingForward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IMaskingShape;

    /// <summary>Writes the gradient of the input of <see cref="MaskingForward"/> where somebody asks for it.</summary>
    void MaskingBackward<TShape>(in WeightlessOffsets offsets, int rows) where TShape : struct, IMaskingShape;

    /// <summary>Lays windows of the input side by side; see <see cref="IUnfoldShape"/>.</summary>
    void UnfoldForward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IUnfoldShape;

    /// <summary>Writes the gradient of the input of <see cref="UnfoldForward"/> where somebody asks for it.</summary>
    void UnfoldBackward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IUnfoldShape;

    /// <summary>Normalises rows (samples, or timesteps × samples).</summary>
    void LayerNormalizationForward<TShape>(in NormalizationOffsets offsets, int rows) where TShape : struct, ILayerNormalizationShape;

    /// <summary>Writes the gradient of the input of <see cref="LayerNormalizationForward"/> where somebody asks for it.</summary>
    void LayerNormalizationBackward<TShape>(in NormalizationOffsets offsets, int rows) where TShape : struct, ILayerNormalizationShape;

    /// <summary>Adds the gradients of the weights of <see cref="LayerNormalizationForward"/>.</summary>
    void LayerNormalizationGradients<TShape>(in NormalizationOffsets offsets, int rows) where TShape : struct, ILayerNormalizationShape;

    /// <summary>
    /// Normalises features over rows (samples, or timesteps × samples): in a training step, whose block is the whole batch, with the
    /// batch's moments, else with their moving averages.
    /// </summary>
    void BatchNormalizationForward<TShape>(in NormalizationOffsets offsets, int rows) where TShape : struct, IBatchNormalizationShape;

    /// <summary>Writes the gradient of the input of <see cref="BatchNormalizationForward"/> where somebody asks for it.</summary>
    void BatchNormalizationBackward<TShape>(in NormalizationOffsets offsets, int rows) where TShape : struct, IBatchNormalizationShape;

    /// <summary>
    /// Adds the gradients of the weights of <see cref="BatchNormalizationForward"/>; in a training step it leaves the batch's moments where
    /// the gradients of the moving averages would stand.
    /// </summary>
    void BatchNormalizationGradients<TShape>(in NormalizationOffsets offsets, int rows) where TShape : struct, IBatchNormalizationShape;

    /// <summary>Maps each feature of rows (samples, or timesteps × samples) by two numbers; see <see cref="IAffineShape"/>.</summary>
    void AffineForward<TShape>(in AffineOffsets offsets, int rows) where TShape : struct, IAffineShape;

    /// <summary>Writes the gradient of the input of <see cref="AffineForward"/> where somebody asks for it.</summary>
    void AffineBackward<TShape>(in AffineOffsets offsets, int rows) where TShape : struct, IAffineShape;

    /// <summary>Gives vectors for the numbers of rows (timesteps × samples), and marks zeros where a mask is asked for.</summary>
    void EmbeddingForward<TShape>(in EmbeddingOffsets offsets, int rows) where TShape : struct, IEmbeddingShape;

    /// <summary>Adds the gradients of the vectors of <see cref="EmbeddingForward"/>.</summary>
    void EmbeddingGradients<TShape>(in EmbeddingOffsets offsets, int rows) where TShape : struct, IEmbeddingShape;

    /// <summary>Pools windows of timesteps.</summary>
    void PoolingForward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IPoolingShape;

    /// <summary>Writes the gradient of the input of <see cref="PoolingForward"/> where somebody asks for it.</summary>
    void PoolingBackward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IPoolingShape;

    /// <summary>
    /// Puts the outputs of a forward and a backward layer together, the latter's turned round in time; one timestep where neither has a
    /// time axis.
    /// </summary>
    void MergeForward<TShape>(in MergeOffsets offsets, int samples, int timesteps) where TShape : struct, IMergeShape;

    /// <summary>Writes the gradients of both inputs of <see cref="MergeForward"/>.</summary>
    void MergeBackward<TShape>(in MergeOffsets offsets, int samples, int timesteps) where TShape : struct, IMergeShape;

    /// <summary>
    /// Makes one output of those of two layers, over rows (samples, or timesteps × samples; where timesteps are appended, samples).
    /// </summary>
    void CombineForward<TShape>(in CombineOffsets offsets, int rows) where TShape : struct, ICombineShape;

    /// <summary>Writes, or adds, the gradients of both inputs of <see cref="CombineForward"/> where somebody asks for them.</summary>
    void CombineBackward<TShape>(in CombineOffsets offsets, int rows) where TShape : struct, ICombineShape;

    /// <summary>Gives weighted means of values; see <see cref="IAttentionShape"/>.</summary>
    void AttentionForward<TShape>(in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape;

    /// <summary>
    /// Leaves the gradients of the scores of <see cref="AttentionForward"/>, and writes, or adds, those of query, values and keys where
    /// somebody asks for them.
    /// </summary>
    void AttentionBackward<TShape>(in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape;

    /// <summary>Adds the gradients of the weights of <see cref="AttentionForward"/> over a block whose backward pass has run.</summary>
    void AttentionGradients<TShape>(in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape;

    /// <summary>Gives values of the input in another order; see <see cref="IRearrangeShape"/>.</summary>
    void RearrangeForward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IRearrangeShape;

    /// <summary>
    /// Writes, or adds, the gradient of the input of <see cref="RearrangeForward"/> where somebody asks for it; of values that are not given it
    /// writes none.
    /// </summary>
    void RearrangeBackward<TShape>(in WeightlessOffsets offsets, int samples) where TShape : struct, IRearrangeShape;

    /// <summary>Adds a gradient to that of the same output from another of its readers.</summary>
    void AddGradient(in GradientSum sum);

    /// <summary>
    /// Adds what a layer's output in a block costs to that block's penalty, and its gradient to that of the output where
    /// <see cref="ActivityPenalty.OutputGradient"/> is not negative. Does nothing where nobody asks for the penalty.
    /// </summary>
    void AddActivityPenalty(in ActivityPenalty penalty);
}
