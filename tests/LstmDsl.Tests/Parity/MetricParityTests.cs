using System.Numerics;
using System.Text.Json;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>Metrics over three batches, as Keras computed them, on each backend.</summary>
public sealed class MetricParityTests
{
    // Float64 against float64, and a few ulps of float32.
    private const double DoubleTolerance = 1e-12;
    private const double FloatTolerance = 4e-7;

    [Theory]
    [InlineData("MeanSquaredError")]
    [InlineData("MeanAbsoluteError")]
    [InlineData("RootMeanSquaredError")]
    [InlineData("MeanAbsoluteError_sequence")]
    public void AgreesWithKeras(string name)
    {
        var parity = ParityIndex.Case("metrics", name);
        var metric = parity.GetProperty("metric").GetString() switch
        {
            "MeanSquaredError" => Metric.MeanSquaredError,
            "MeanAbsoluteError" => Metric.MeanAbsoluteError,
            _ => Metric.RootMeanSquaredError,
        };
        Check<ReferenceBackend<double>, double>(parity, metric, DoubleTolerance);
        Check<CpuBackend<Lanes256>, float>(parity, metric, FloatTolerance);
    }

    private static void Check<TBackend, T>(JsonElement parity, Metric metric, double tolerance)
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var fixture = SafetensorsFixture.Load("metrics", ParityIndex.Name(parity));
        double sum = 0, count = 0;
        foreach (var (batch, expected) in parity.GetProperty("after_batch").EnumerateArray().Index())
        {
            var run = new LossRun<TBackend, T>(fixture.Floats($"{batch}.y"), fixture.Floats($"{batch}.pred"), fixture.Shape($"{batch}.pred")[^1]);
            sum += metric.Sum(ref run.Backend, run.Offsets(0), run.Rows, run.Columns);
            count += run.Rows * run.Columns;
            Close.Relative([expected.GetDouble()], [metric.Result(sum, count)], tolerance, $"after batch {batch}");
        }
    }
}
