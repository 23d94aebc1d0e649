using System.Numerics;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>
/// Predictions, losses and every gradient of the networks that Keras computed, on each backend: double against Keras's float64, float
/// within four times the error that Keras's own float32 made.
/// </summary>
public sealed class NetworkParityTests
{
    /// <summary>The cases.</summary>
    public static TheoryData<string> Cases => [.. NetworkCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithKeras(string name) => NetworkCases.All[name](new OnEveryBackend(), name);

    private static void Check<TModel, TBackend, T>(string name, double tolerance)
        where TModel : class, IModelProgram<TModel>
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var fixture = SafetensorsFixture.Load("networks", name);
        var run = new ProgramRun<TModel, TBackend, T>();
        var paths = KerasPaths.Of(TModel.Plan);
        foreach (var (tensor, path) in paths)
        {
            Assert.Equal(tensor.Shape, fixture.Shape("w." + path));
            run.SetWeight(tensor, fixture.Floats("w." + path));
        }

        var x = fixture.Floats("x");
        var samples = fixture.Shape("x")[0];
        var hasLoss = ParityIndex.Case("networks", name).TryGetProperty("loss", out var spec);
        var function = hasLoss ? KerasLosses.Of(spec) : Loss.MeanSquaredError;
        float[] weights = fixture.Has("sample_weight") ? fixture.Floats("sample_weight") : [];
        var (prediction, loss, inputGradient) = run.Train(x, fixture.Floats("y"), samples, function, weights);
        Close.Relative(fixture.Doubles("pred"), prediction, tolerance, "prediction");
        Close.Relative(fixture.Doubles("pred"), run.Predict(x, samples), tolerance, "prediction with the inference plan");
        Close.Relative(fixture.Doubles("loss"), [loss], tolerance, "loss");
        if (fixture.Has("g.x"))
            Close.Relative(fixture.Doubles("g.x"), inputGradient, tolerance, "g.x");
        foreach (var (tensor, path) in paths.Where(entry => entry.Tensor.Momentum is null))
            Close.Relative(fixture.Doubles("g." + path), run.Gradient(tensor), tolerance, "g." + path);
    }

    private sealed class OnEveryBackend : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
        {
            // Both sides are float64; what differs is the order of sums, over at most some thousand terms.
            Check<TModel, ReferenceBackend<double>, double>(name, tolerance: 1e-12);

            // Sums run in another order than TensorFlow's, hence four times its own error and a floor of some ulps.
            var error = ParityIndex.Case("networks", name).GetProperty("float32_error").GetDouble();
            var tolerance = Math.Max(4 * error, 1e-6);
            Check<TModel, ReferenceBackend<float>, float>(name, tolerance);
            Check<TModel, CpuBackend<Lanes128>, float>(name, tolerance);
            Check<TModel, CpuBackend<Lanes256>, float>(name, tolerance);
            Check<TModel, CpuBackend<Lanes512>, float>(name, tolerance);
        }
    }
}
