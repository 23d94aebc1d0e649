using System.Numerics;
using System.Text.Json;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>Twelve updates of two bare tensors from given gradients, as Keras made them, on each backend.</summary>
public sealed class OptimizerParityTests
{
    // Two tensors, each on 64 bytes as in any parameter block: a (5, 3), b (4).
    private const int OffsetB = 16;
    private const int BlockLength = 32;

    [Theory]
    [InlineData("sgd")]
    [InlineData("sgd_momentum")]
    [InlineData("sgd_nesterov")]
    [InlineData("rmsprop")]
    [InlineData("adam")]
    [InlineData("adam_betas")]
    public void AgreesWithKeras(string name)
    {
        var parity = ParityIndex.Case("optimizers", name);
        var configuration = parity.GetProperty("optimizer");

        // Both sides are float64 and the formulas the same, once the numbers that Keras rounds to float32 are rounded here too.
        Check<ReferenceBackend<double>, double>(name, Make(configuration, Rounded), tolerance: 1e-12);

        var tolerance = Math.Max(4 * parity.GetProperty("float32_error").GetDouble(), 1e-6);
        var optimizer = Make(configuration, static value => value);
        Check<ReferenceBackend<float>, float>(name, optimizer, tolerance);
        Check<CpuBackend<Lanes128>, float>(name, optimizer, tolerance);
        Check<CpuBackend<Lanes256>, float>(name, optimizer, tolerance);
        Check<CpuBackend<Lanes512>, float>(name, optimizer, tolerance);
    }

    // Keras on TensorFlow passes a Python float through float32 even in a float64 run.
    private static double Rounded(double value) => (float)value;

    private static Optimizer Make(JsonElement configuration, Func<double, double> momentumRounding)
    {
        double Number(string key, double otherwise) => configuration.TryGetProperty(key, out var value) ? value.GetDouble() : otherwise;
        return configuration.GetProperty("type").GetString() switch
        {
            "SGD" => new Sgd(
                Number("learning_rate", 0.01),
                momentumRounding(Number("momentum", 0)),
                configuration.TryGetProperty("nesterov", out var nesterov) && nesterov.GetBoolean()),
            "RMSprop" => new RmsProp(Number("learning_rate", 0.001)),
            "Adam" => new Adam(Number("learning_rate", 0.001), Number("beta_1", 0.9), Number("beta_2", 0.999), Number("epsilon", 1e-7)),
            var other => throw new ArgumentException(other),
        };
    }

    private static unsafe void Check<TBackend, T>(string name, Optimizer optimizer, double tolerance)
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var fixture = SafetensorsFixture.Load("optimizers", name);
        var parameters = new AlignedBlock<T>(BlockLength);
        var gradients = new AlignedBlock<T>(BlockLength);
        var slots = new AlignedBlock<T>(BlockLength * optimizer.Slots.Count);
        BatchGather.Convert<T>(fixture.Floats("w.a"), parameters.Pointer);
        BatchGather.Convert<T>(fixture.Floats("w.b"), parameters.Pointer + OffsetB);
        var backend = TBackend.Over(new HostBlocks<T>
        {
            Parameters = parameters.Pointer,
            Gradients = gradients.Pointer,
            Slots = slots.Pointer,
            ParameterFloats = BlockLength,
            Shares = 1,
        });

        for (var step = 1; step <= 12; step++)
        {
            BatchGather.Convert<T>(fixture.Floats($"g.{step}.a"), gradients.Pointer);
            BatchGather.Convert<T>(fixture.Floats($"g.{step}.b"), gradients.Pointer + OffsetB);
            // In two ranges, since an update may be cut anywhere.
            optimizer.Step(ref backend, step, optimizer.LearningRate, 0, 7);
            optimizer.Step(ref backend, step, optimizer.LearningRate, 7, BlockLength);
            Close.Relative(fixture.Doubles($"{step}.a"), Doubles(parameters.Span[..15]), tolerance, $"{typeof(TBackend).Name}, step {step}, a");
            Close.Relative(fixture.Doubles($"{step}.b"), Doubles(parameters.Span.Slice(OffsetB, 4)), tolerance, $"{typeof(TBackend).Name}, step {step}, b");
            Assert.All(parameters.Span[20..].ToArray(), padding => Assert.Equal(T.Zero, padding));
        }
    }

    private static double[] Doubles<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. values.ToArray().Select(value => double.CreateTruncating(value))];
}
