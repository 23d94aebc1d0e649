using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Where targets and weights lie in a block's activations: behind the program's own, in the output's layout, each on 64 bytes.
/// </summary>
internal readonly struct TargetLayout
{
    private readonly int targets;
    private readonly int weights;
    private readonly int timesteps;
    private readonly int columns;

    /// <summary>The layout for a model and a loss.</summary>
    /// <param name="plan">The model's plan.</param>
    /// <param name="columns">Columns of a target.</param>
    public TargetLayout(ModelPlan plan, int columns)
    {
        this.columns = columns;
        timesteps = plan.Shape.OutputTimesteps;
        targets = Math.Max(plan.Training.Floats, plan.Inference.Floats);
        weights = targets + Rounded(timesteps * columns);
        FloatsPerSample = weights + Rounded(timesteps);
    }

    /// <summary>Size of a block's activations per sample, in elements.</summary>
    public int FloatsPerSample { get; }

    /// <summary>The places of a block.</summary>
    /// <param name="source">What the batch is taken from.</param>
    /// <param name="samples">Samples of the block.</param>
    /// <param name="places">Where the output and its logits lie, and which of its timesteps count.</param>
    /// <param name="gradient">Where its gradient goes, per sample; −1 where it is not asked for.</param>
    public LossOffsets Offsets(BatchSource source, int samples, in ActivationPlan places, int gradient) => new()
    {
        Targets = targets * samples,
        Predictions = places.Output * samples,
        Gradient = gradient < 0 ? Offset.None : gradient * samples,
        Weights = source.Weights is not null ? weights * samples : places.Mask > 0 ? places.Mask * samples : Offset.None,
        Logits = places.Logits * samples,
        LogitsGradient = gradient < 0 ? Offset.None : places.LogitsGradient * samples,
    };

    /// <summary>Brings the targets of some windows to those places, and their weights: 0 for what a mask leaves out.</summary>
    public unsafe void Gather<T>(BatchSource source, ReadOnlySpan<int> windows, T* activations, in LossOffsets offsets, int mask)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BatchGather.Targets(source, windows, timesteps, columns, activations + offsets.Targets);
        if (source.Weights is null)
            return;

        BatchGather.Weights(source, windows, timesteps, activations + offsets.Weights);
        for (var row = 0; mask > 0 && row < timesteps * windows.Length; row++)
            activations[offsets.Weights + row] *= activations[mask + row];
    }

    private static int Rounded(int floats) => (floats + 15) / 16 * 16;
}
