using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>A batch of targets and predictions on a device.</summary>
internal sealed class LossBatch
{
    private readonly DeviceBlocks blocks;
    private readonly int columns;
    private readonly int rows;
    private readonly double weightSum;
    private readonly LossOffsets offsets;

    public LossBatch(DeviceQueue queue, float[] targets, float[] predictions, int columns, float[] weights)
    {
        this.columns = columns;
        rows = predictions.Length / columns;
        var ofRows = Enumerable.Range(0, weights.Length == 0 ? 0 : rows).Select(row => weights[row * weights.Length / rows]).ToArray();
        weightSum = weights.Length == 0 ? rows : ofRows.Sum(weight => (double)weight);
        offsets = new LossOffsets
        {
            Targets = 0,
            Predictions = targets.Length,
            Gradient = targets.Length + predictions.Length,
            Weights = weights.Length == 0 ? -1 : targets.Length + (2 * predictions.Length),
        };
        float[] numbers = [.. targets, .. predictions, .. new float[predictions.Length], .. ofRows];
        blocks = new DeviceBlocks(queue, activations: numbers.Length);
        queue.Upload<float>(numbers, blocks.Program.Activations);
    }

    public double MeanWeight => weightSum / rows;

    /// <summary>The loss, as a step of training computes it.</summary>
    public double Loss(Loss loss)
    {
        blocks.Totals.Waits = true;
        var batch = new BatchLoss(loss, columns, blocks: 1);
        batch.Begin(rows, offsets.Weights < 0 ? null : weightSum);
        batch.Measure(ref blocks.Backend, block: 0, offsets, rows);
        var value = batch.Complete(measured: 1);
        if (batch.NeedsWholeBatch)
            batch.Differentiate(ref blocks.Backend, offsets, rows);
        return value;
    }

    /// <summary>The gradient that the loss wrote.</summary>
    public float[] Gradient() => blocks.Program.Read(place: 0, offsets.Gradient, rows * columns).ToArray();

    /// <summary>Feeds metrics.</summary>
    public void Measure(TrackedMetric metric, double[] sums)
    {
        blocks.Totals.Waits = true;
        var own = offsets with { Gradient = -1, Weights = metric.IsWeighted ? offsets.Weights : -1 };
        metric.Metric.Add(ref blocks.Backend, own, rows, columns, metric.IsWeighted ? weightSum : rows, sums);
    }
}
