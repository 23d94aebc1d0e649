using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>A metric as sessions measure it, from the logits of the model's head where it can.</summary>
/// <param name="metric">The metric.</param>
/// <param name="head">The activation whose logits it may work from; null for none.</param>
internal sealed class MeasuredMetric(TrackedMetric metric, Activation? head)
{
    private readonly Metric? onLogits = metric.Metric.OnLogitsOf(head);

    /// <summary>Adds rows to its sums.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="offsets">Where they lie, with weights where there are any.</param>
    /// <param name="rows">How many there are.</param>
    /// <param name="columns">Columns of the output.</param>
    /// <param name="weights">What they count for.</param>
    /// <param name="sums">Its sums.</param>
    public void Add<TBackend>(
        ref TBackend backend, in LossOffsets offsets, int rows, int columns, in RowWeights weights, Span<double> sums)
        where TBackend : struct, ITrainingBackend
    {
        var places = (onLogits is null ? offsets : offsets.OfLogits) with
        {
            Gradient = Offset.None,
            Weights = metric.IsWeighted ? offsets.Weights : weights.Mask,
        };
        (onLogits ?? metric.Metric).Add(ref backend, places, rows, columns, metric.IsWeighted ? weights.Sum : weights.Count, sums);
    }
}
