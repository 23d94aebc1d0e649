using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>What metrics sum over the batches of an epoch: each block of samples apart, and then the blocks in order.</summary>
/// <param name="blocks">The largest number of blocks.</param>
/// <param name="outputs">Columns of the output.</param>
/// <param name="head">The activation whose logits metrics may work from; null for none.</param>
internal sealed class MetricSums(int blocks, int outputs, Activation? head = null)
{
    private IReadOnlyList<TrackedMetric> metrics = [];
    private MeasuredMetric[] measures = [];
    private int[] starts = [0];
    private double[] blockSums = [];
    private double[] totals = [];

    /// <summary>Says which metrics the next batches feed, and forgets what was summed.</summary>
    public void Begin(IReadOnlyList<TrackedMetric> metrics)
    {
        Array.Clear(totals);
        if (ReferenceEquals(this.metrics, metrics))
            return;

        this.metrics = metrics;
        measures = [.. metrics.Select(metric => new MeasuredMetric(metric, head))];
        starts = new int[metrics.Count + 1];
        for (var metric = 0; metric < metrics.Count; metric++)
            starts[metric + 1] = starts[metric] + metrics[metric].Metric.Sums(outputs);
        totals = new double[starts[^1]];
        blockSums = new double[starts[^1] * blocks];
    }

    /// <summary>Measures one block of a batch; blocks may be measured at the same time.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="block">Index of the block.</param>
    /// <param name="offsets">Where it lies, with weights where there are any.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="weights">What the rows count for.</param>
    public void Measure<TBackend>(ref TBackend backend, int block, in LossOffsets offsets, int rows, in RowWeights weights)
        where TBackend : struct, ITrainingBackend
    {
        var sums = blockSums.AsSpan(block * totals.Length, totals.Length);
        sums.Clear();
        for (var metric = 0; metric < metrics.Count; metric++)
            measures[metric].Add(ref backend, offsets, rows, outputs, weights, sums[starts[metric]..starts[metric + 1]]);
    }

    /// <summary>Adds a batch whose blocks have been measured.</summary>
    /// <param name="measured">How many blocks it was cut into.</param>
    public void AddBatch(int measured)
    {
        for (var block = 0; block < measured; block++)
        {
            for (var sum = 0; sum < totals.Length; sum++)
                totals[sum] += blockSums[(block * totals.Length) + sum];
        }
    }

    /// <summary>What has been summed.</summary>
    public Span<double> Totals => totals;

    /// <summary>A metric over the batches since <see cref="Begin"/>.</summary>
    public double Result(int metric) => metrics[metric].Metric.Result(totals.AsSpan(starts[metric]..starts[metric + 1]), outputs);
}
