using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>What metrics sum over the batches of an epoch: each block of samples apart, and then the blocks in order.</summary>
internal sealed class MetricSums(int blocks)
{
    private Metric[] metrics = [];
    private double[] blockSums = [];
    private double[] totals = [];
    private double count;

    /// <summary>Says which metrics the next batches feed, and forgets what was summed.</summary>
    public void Begin(IReadOnlyList<Metric> metrics)
    {
        if (this.metrics.Length != metrics.Count)
        {
            this.metrics = new Metric[metrics.Count];
            totals = new double[metrics.Count];
            blockSums = new double[metrics.Count * blocks];
        }

        for (var metric = 0; metric < metrics.Count; metric++)
            this.metrics[metric] = metrics[metric];
        Array.Clear(totals);
        count = 0;
    }

    /// <summary>Measures one block of a batch; blocks may be measured at the same time.</summary>
    public void Measure<TBackend>(ref TBackend backend, int block, in LossOffsets offsets, int rows, int columns)
        where TBackend : struct, ITrainingBackend
    {
        for (var metric = 0; metric < metrics.Length; metric++)
            blockSums[(metric * blocks) + block] = metrics[metric].Sum(ref backend, offsets, rows, columns);
    }

    /// <summary>Adds a batch whose blocks have been measured.</summary>
    /// <param name="measured">How many blocks it was cut into.</param>
    /// <param name="values">How many values they hold.</param>
    public void AddBatch(int measured, double values)
    {
        for (var block = 0; block < measured; block++)
        {
            for (var metric = 0; metric < metrics.Length; metric++)
                totals[metric] += blockSums[(metric * blocks) + block];
        }

        count += values;
    }

    /// <summary>A metric over the batches since <see cref="Begin"/>.</summary>
    public double Result(int metric) => metrics[metric].Result(totals[metric], count);
}
