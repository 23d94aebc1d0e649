using System.Numerics;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>Every metric after each of three batches, as Keras computed it, on each backend and in blocks.</summary>
public sealed class MetricParityTests
{
    /// <summary>The cases of the index, all of them.</summary>
    public static TheoryData<string> Cases => [.. ParityIndex.Cases("metrics").Select(ParityIndex.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithKeras(string name)
    {
        Check<ReferenceBackend<double>, double>(name);
        Check<ReferenceBackend<float>, float>(name);
        Check<CpuBackend<Lanes128>, float>(name);
        Check<CpuBackend<Lanes256>, float>(name);
        Check<CpuBackend<Lanes512>, float>(name);
    }

    // Keras computes these two in float32 in a float64 run as well.
    private static bool IsOfFloatsInKeras(string name) => name is "TopKCategoricalAccuracy" or "F1Score";

    private static void Check<TBackend, T>(string name)
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parity = ParityIndex.Case("metrics", name);
        var metric = KerasMetrics.Of(parity.GetProperty("metric"));
        var isWeighted = parity.GetProperty("sample_weight").GetBoolean();
        var fixture = SafetensorsFixture.Load("metrics", name);
        var columns = fixture.Shape("0.pred")[^1];
        var sums = new MetricSums(blocks: 2, columns);
        sums.Begin([new TrackedMetric(metric, metric.Name, isWeighted)]);
        double[] expected = [.. parity.GetProperty("after_batch").EnumerateArray().Select(value => value.GetDouble())];
        var found = new double[expected.Length];
        for (var batch = 0; batch < expected.Length; batch++)
        {
            // An unweighted metric gets the weights too, and must not look at them.
            var run = new LossRun<TBackend, T>(
                fixture.Floats($"{batch}.y"), fixture.Floats($"{batch}.pred"), columns, fixture.Floats($"{batch}.sample_weight"));
            run.Measure(sums, blockRows: (run.Rows + 1) / 2);
            found[batch] = sums.Result(0) - (metric == Metric.LogCoshError ? KerasLosses.RoundingOfLogTwo : 0);
        }

        ParityCase.On<TBackend, T>("metrics", name, IsOfFloatsInKeras(name) ? ParityCase.FloatTolerance : ParityCase.DoubleTolerance)
            .AssertClose(expected, found, "after each batch");
    }
}
