using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Where a loss kernel reads and writes. The gradient may overlap no input.</summary>
/// <param name="targets">Targets.</param>
/// <param name="predictions">Predictions.</param>
/// <param name="gradient">Takes the gradient; null where only the value is asked for.</param>
/// <param name="weights">A weight for each row; null where all weigh 1.</param>
internal readonly unsafe struct LossTensors(float* targets, float* predictions, float* gradient, float* weights)
{
    public readonly float* Targets = targets;
    public readonly float* Predictions = predictions;
    public readonly float* Gradient = gradient;
    public readonly float* Weights = weights;

    /// <summary>The tensors of a block.</summary>
    public static LossTensors Of(float* block, in LossOffsets offsets) => new(
        block + offsets.Targets,
        block + offsets.Predictions,
        offsets.Gradient < 0 ? null : block + offsets.Gradient,
        offsets.Weights < 0 ? null : block + offsets.Weights);
}
