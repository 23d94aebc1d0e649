using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// The metrics of a session. What is a sum of a function over rows is added up on the device, as the first number of its metric; the rest,
/// weights and counts, here.
/// </summary>
/// <param name="totals">The device's totals: the loss, then one for each metric.</param>
/// <param name="outputs">Columns of the output.</param>
internal sealed class DeviceMetrics(DeviceTotals totals, int outputs)
{
    private IReadOnlyList<TrackedMetric> metrics = [];
    private double[][] sums = [];

    /// <summary>Says which metrics the next batches feed, and forgets what was summed, the loss included.</summary>
    public void Begin(IReadOnlyList<TrackedMetric> metrics)
    {
        this.metrics = metrics;
        sums = [.. metrics.Select(metric => new double[metric.Metric.Sums(outputs)])];
        totals.Begin(1 + metrics.Count);
    }

    /// <summary>How many numbers <see cref="CopySums"/> gives.</summary>
    public int SumCount => 1 + metrics.Count + sums.Sum(own => own.Length);

    /// <summary>The device's totals, the loss first, and then what is summed here; waits for the device.</summary>
    public IEnumerable<double> CopySums() =>
        Enumerable.Range(0, 1 + metrics.Count).Select(index => totals[index]).Concat(sums.SelectMany(own => own));

    /// <summary>Goes on with what <see cref="CopySums"/> gave.</summary>
    public void SetSums(ReadOnlySpan<double> from)
    {
        totals.Set(from[..(1 + metrics.Count)]);
        var rest = from[(1 + metrics.Count)..];
        foreach (var own in sums)
        {
            rest[..own.Length].CopyTo(own);
            rest = rest[own.Length..];
        }
    }

    /// <summary>Measures a batch.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="offsets">Where it lies, with weights where there are any.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="weights">The sum of their weights; null where there are none.</param>
    public void Measure(ref IlgpuBackend backend, in LossOffsets offsets, int rows, double? weights)
    {
        var values = offsets with { Gradient = -1 };
        for (var index = 0; index < metrics.Count; index++)
        {
            totals.AddTo(1 + index, factor: 1);
            var metric = metrics[index];
            if (metric.IsWeighted)
                metric.Metric.Add(ref backend, values, rows, outputs, weights ?? rows, sums[index]);
            else
                metric.Metric.Add(ref backend, values with { Weights = -1 }, rows, outputs, rows, sums[index]);
        }
    }

    /// <summary>A metric over the batches since <see cref="Begin"/>; waits for the device.</summary>
    public double Result(int index)
    {
        double[] complete = [.. sums[index]];
        complete[0] += totals[1 + index];
        return metrics[index].Metric.Result(complete, outputs);
    }
}
