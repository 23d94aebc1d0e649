using System.Numerics;
using System.Text.Json;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>Losses with their gradients, and metrics over three batches, as Keras computed them, on each backend.</summary>
public sealed unsafe class LossParityTests
{
    // Where no float32 error is recorded, float64 against float64 and a few ulps of float32.
    private const double DoubleTolerance = 1e-12;
    private const double FloatTolerance = 4e-7;

    [Theory]
    [InlineData("MeanSquaredError")]
    [InlineData("MeanAbsoluteError")]
    [InlineData("MeanSquaredError_sequence")]
    [InlineData("MeanAbsoluteError_sequence")]
    public void LossAgreesWithKeras(string name)
    {
        var loss = ParityIndex.Case("losses", name).GetProperty("loss").GetString() == "MeanSquaredError" ? Loss.MeanSquaredError : Loss.MeanAbsoluteError;
        CheckLoss<ReferenceBackend<double>, double>(name, loss, DoubleTolerance);
        CheckLoss<ReferenceBackend<float>, float>(name, loss, FloatTolerance);
        CheckLoss<CpuBackend<Lanes128>, float>(name, loss, FloatTolerance);
        CheckLoss<CpuBackend<Lanes256>, float>(name, loss, FloatTolerance);
        CheckLoss<CpuBackend<Lanes512>, float>(name, loss, FloatTolerance);
    }

    [Theory]
    [InlineData("MeanSquaredError")]
    [InlineData("MeanAbsoluteError")]
    [InlineData("RootMeanSquaredError")]
    [InlineData("MeanAbsoluteError_sequence")]
    public void MetricAgreesWithKeras(string name)
    {
        var parity = ParityIndex.Case("metrics", name);
        var metric = parity.GetProperty("metric").GetString() switch
        {
            "MeanSquaredError" => Metric.MeanSquaredError,
            "MeanAbsoluteError" => Metric.MeanAbsoluteError,
            _ => Metric.RootMeanSquaredError,
        };
        CheckMetric<ReferenceBackend<double>, double>(parity, metric, DoubleTolerance);
        CheckMetric<ReferenceBackend<float>, float>(parity, metric, FloatTolerance);
        CheckMetric<CpuBackend<Lanes128>, float>(parity, metric, FloatTolerance);
        CheckMetric<CpuBackend<Lanes256>, float>(parity, metric, FloatTolerance);
        CheckMetric<CpuBackend<Lanes512>, float>(parity, metric, FloatTolerance);
    }

    private static void CheckLoss<TBackend, T>(string name, Loss loss, double tolerance)
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var fixture = SafetensorsFixture.Load("losses", name);
        var run = new LossRun<TBackend, T>(fixture.Floats("y"), fixture.Floats("pred"), fixture.Shape("pred"));
        var sum = loss.Sum(ref run.Backend, run.Offsets, run.Rows, run.Columns, 1.0 / run.Count);
        Close.Relative(fixture.Doubles("loss"), [sum / run.Count], tolerance, "loss");
        Close.Relative(fixture.Doubles("g"), run.Gradient(), tolerance, "gradient");
    }

    private static void CheckMetric<TBackend, T>(JsonElement parity, Metric metric, double tolerance)
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var fixture = SafetensorsFixture.Load("metrics", ParityIndex.Name(parity));
        double sum = 0, count = 0;
        foreach (var (batch, expected) in parity.GetProperty("after_batch").EnumerateArray().Index())
        {
            var run = new LossRun<TBackend, T>(fixture.Floats($"{batch}.y"), fixture.Floats($"{batch}.pred"), fixture.Shape($"{batch}.pred"));
            sum += metric.Sum(ref run.Backend, run.Offsets, run.Rows, run.Columns);
            count += run.Count;
            Close.Relative([expected.GetDouble()], [metric.Result(sum, count)], tolerance, $"after batch {batch}");
        }
    }

    private sealed class LossRun<TBackend, T>
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly AlignedBlock<T> activations;
        public TBackend Backend;

        public LossRun(float[] targets, float[] predictions, int[] shape)
        {
            Columns = shape[^1];
            Rows = targets.Length / Columns;
            activations = new(3 * targets.Length);
            BatchGather.Convert<T>(targets, activations.Pointer);
            BatchGather.Convert<T>(predictions, activations.Pointer + targets.Length);
            Backend = TBackend.Over(new HostBlocks<T> { Parameters = null, Activations = activations.Pointer, Shares = 1 });
        }

        public int Rows { get; }

        public int Columns { get; }

        public int Count => Rows * Columns;

        public LossOffsets Offsets => new() { Targets = 0, Predictions = Count, Gradient = 2 * Count };

        public double[] Gradient() => [.. activations.Span[(2 * Count)..].ToArray().Select(value => double.CreateTruncating(value))];
    }
}
