using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// The metrics of a session. What is a sum of a function over rows is added up on the device, as the first number of its metric; the rest,
/// weights and counts, here.
/// </summary>
/// <param name="totals">The device's totals: the loss, then one for each metric.</param>
/// <param name="outputs">Columns of the output.</param>
/// <param name="head">The activation whose logits metrics may work from; null for none.</param>
internal sealed class DeviceMetrics(DeviceTotals totals, int outputs, Activation? head)
{
    private IReadOnlyList<TrackedMetric> metrics = [];
    private MeasuredMetric[] measures = [];
    private double[][] sums = [];

    /// <summary>Says which metrics the next batches feed, and forgets what was summed, the loss included.</summary>
    public void Begin(IReadOnlyList<TrackedMetric> metrics)
    {
        this.metrics = metrics;
        measures = [.. metrics.Select(metric => new MeasuredMetric(metric, head))];
        sums = [.. metrics.Select(metric => new double[metric.Metric.Sums(outputs)])];
        totals.Begin(1 + metrics.Count);
    }

    /// <summary>How many numbers <see cref="CopySums"/> gives.</summary>
    public int SumCount => sums.Sum(own => own.Length);

    /// <summary>What has been summed, metric after metric, as every device gives it; waits for the device.</summary>
    public IEnumerable<double> CopySums() => Enumerable.Range(0, sums.Length).SelectMany(Complete);

    /// <summary>Goes on with what <see cref="CopySums"/> gave, on this device or another.</summary>
    /// <param name="loss">The device's total of the loss.</param>
    /// <param name="from">The sums.</param>
    public void SetSums(double loss, ReadOnlySpan<double> from)
    {
        var onDevice = new double[1 + metrics.Count];
        onDevice[0] = loss;
        for (var index = 0; index < sums.Length; index++)
        {
            var own = sums[index];
            from[..own.Length].CopyTo(own);
            from = from[own.Length..];
            // Where a number is added up is where it has to go on, or it would be rounded otherwise.
            if (metrics[index].Metric is MeanMetric)
                (onDevice[1 + index], own[0]) = (own[0], 0);
        }

        totals.Set(onDevice);
    }

    /// <summary>Measures a batch.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="offsets">Where it lies, with weights where there are any.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="weights">What the rows count for.</param>
    public void Measure(ref IlgpuBackend backend, in LossOffsets offsets, int rows, in RowWeights weights)
    {
        for (var index = 0; index < measures.Length; index++)
        {
            totals.AddTo(1 + index, factor: 1);
            measures[index].Add(ref backend, offsets, rows, outputs, weights, sums[index]);
        }
    }

    /// <summary>A metric over the batches since <see cref="Begin"/>; waits for the device.</summary>
    public double Result(int index) => metrics[index].Metric.Result(Complete(index), outputs);

    private double[] Complete(int index)
    {
        double[] complete = [.. sums[index]];
        complete[0] += totals[1 + index];
        return complete;
    }
}
