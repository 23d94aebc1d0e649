namespace LstmDsl.Tests;

/// <summary>Every metric after each of three batches, as Keras computed it, on ILGPU's devices.</summary>
public sealed class DeviceMetricTests
{
    public static IEnumerable<string> Cases => ParityIndex.Cases("metrics").Select(ParityIndex.Name);

    [Theory]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void Agrees_with_Keras(string device, string name)
    {
        var parity = ParityIndex.Case("metrics", name);
        var metric = KerasMetrics.Of(parity.GetProperty("metric"));
        var tracked = new TrackedMetric(metric, metric.Name, parity.GetProperty("sample_weight").GetBoolean());
        var fixture = SafetensorsFixture.Load("metrics", name);
        var columns = fixture.Shape("0.pred")[^1];
        double[] expected = [.. parity.GetProperty("after_batch").EnumerateArray().Select(value => value.GetDouble())];
        var found = new double[expected.Length];
        var sums = new double[metric.Sums(columns)];
        var queue = DeviceBlocks.Open(device);
        using var entered = queue.Enter();
        for (var batch = 0; batch < expected.Length; batch++)
        {
            // An unweighted metric gets the weights too, and must not look at them.
            var weights = fixture.Floats($"{batch}.sample_weight");
            new LossBatch(queue, fixture.Floats($"{batch}.y"), fixture.Floats($"{batch}.pred"), columns, weights).Measure(tracked, sums);
            found[batch] = metric.Result(sums, columns) - (metric == Metric.LogCoshError ? KerasLosses.RoundingOfLogTwo : 0);
        }

        ParityCase.On(TestDevices.Get(device), "metrics", name).AssertClose(expected, found, "after each batch");
    }
}
