using System.Numerics;
using System.Text.Json;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>Every metric after each of three batches, as Keras computed it, on each backend and in blocks.</summary>
public sealed class MetricParityTests
{
    // Float64 against float64, and a few ulps of float32.
    private const double DoubleTolerance = 1e-12;
    private const double FloatTolerance = 4e-7;

    /// <summary>The cases of the index, all of them.</summary>
    public static TheoryData<string> Cases => [.. ParityIndex.Cases("metrics").Select(ParityIndex.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithKeras(string name)
    {
        var parity = ParityIndex.Case("metrics", name);
        Check<ReferenceBackend<double>, double>(parity, IsOfFloatsInKeras(name) ? FloatTolerance : DoubleTolerance);
        Check<ReferenceBackend<float>, float>(parity, FloatTolerance);
        Check<CpuBackend<Lanes128>, float>(parity, FloatTolerance);
        Check<CpuBackend<Lanes256>, float>(parity, FloatTolerance);
        Check<CpuBackend<Lanes512>, float>(parity, FloatTolerance);
    }

    // Keras computes these two in float32 in a float64 run as well.
    private static bool IsOfFloatsInKeras(string name) => name is "TopKCategoricalAccuracy" or "F1Score";

    private static void Check<TBackend, T>(JsonElement parity, double tolerance)
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var metric = KerasMetrics.Of(parity.GetProperty("metric"));
        var isWeighted = parity.GetProperty("sample_weight").GetBoolean();
        var fixture = SafetensorsFixture.Load("metrics", ParityIndex.Name(parity));
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

        Close.Relative(expected, found, tolerance, typeof(TBackend).Name);
    }
}
