using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// What a model's stateful layers carry from one batch to the next, sample by sample. It is the model's, whoever runs the batches, and is
/// kept in double, which holds every backend's numbers as they are.
/// </summary>
/// <param name="plan">The model's plan.</param>
internal sealed unsafe class LayerStates(ModelPlan plan)
{
    // One state after the other, each (samples of a batch, units).
    private readonly double[] values = new double[plan.BatchSize * plan.States.Sum(state => state.Units)];

    /// <summary>Held by who predicts: one batch goes on from the other.</summary>
    public Lock Turn { get; } = new();

    /// <summary>Puts zeros back.</summary>
    public void Reset() => values.AsSpan().Clear();

    /// <summary>Number of values.</summary>
    public int Length => values.Length;

    /// <summary>A copy of all states.</summary>
    public double[] Copy() => [.. values];

    /// <summary>Puts a copy back.</summary>
    public void Restore(double[] copy) => copy.CopyTo(values, 0);

    /// <summary>One of the plan's states, (samples, units), of some samples of the batch.</summary>
    /// <param name="state">Its place in the plan.</param>
    /// <param name="first">The first sample.</param>
    /// <param name="samples">How many.</param>
    public Span<double> Rows(int state, int first, int samples)
    {
        var before = 0;
        for (var index = 0; index < state; index++)
            before += plan.States[index].Units;
        var units = plan.States[state].Units;
        return values.AsSpan((before * plan.BatchSize) + (first * units), samples * units);
    }

    /// <summary>Writes the states that a block of samples begins in.</summary>
    /// <param name="activations">The block's activations.</param>
    /// <param name="first">The block's first sample in the batch.</param>
    /// <param name="samples">Samples of the block.</param>
    /// <param name="training">Whether the block is laid out for training.</param>
    public void Load<T>(T* activations, int first, int samples, bool training) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var state = 0; state < plan.States.Count; state++)
        {
            var slot = plan.States[state];
            var place = activations + ((training ? slot.TrainingFirst : slot.InferenceFirst) * samples);
            var rows = Rows(state, first, samples);
            for (var index = 0; index < rows.Length; index++)
                place[index] = T.CreateTruncating(rows[index]);
        }
    }

    /// <summary>Keeps the states that a block of samples ends in; arguments as in <see cref="Load"/>.</summary>
    public void Keep<T>(T* activations, int first, int samples, bool training) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var state = 0; state < plan.States.Count; state++)
        {
            var slot = plan.States[state];
            var place = activations + ((training ? slot.TrainingLast : slot.InferenceLast) * samples);
            var rows = Rows(state, first, samples);
            for (var index = 0; index < rows.Length; index++)
                rows[index] = double.CreateTruncating(place[index]);
        }
    }
}
