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

    private static void Check<TModel, TBackend, T>(string name)
        where TModel : class, IModelProgram<TModel>
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parity = ParityCase.On<TBackend, T>("networks", name);
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
        var network = ParityIndex.Case("networks", name);
        var hasLoss = network.TryGetProperty("loss", out var spec);
        Assert.Equal(network.TryGetProperty("sample_weight", out _), fixture.Has("sample_weight"));
        var function = hasLoss ? KerasLosses.Of(spec) : Loss.MeanSquaredError;
        float[] weights = fixture.Has("sample_weight") ? fixture.Floats("sample_weight") : [];
        var (prediction, loss, inputGradient) = run.Train(x, fixture.Floats("y"), samples, function, weights);
        parity.AssertClose(fixture.Doubles("pred"), prediction, "prediction");
        parity.AssertClose(fixture.Doubles("pred"), run.Predict(x, samples), "prediction with the inference plan");
        var rounding = KerasLosses.Rounding(function, weights.Length > 0 ? weights.Average(weight => (double)weight) : 1);
        parity.AssertClose([fixture.Single("loss") + rounding], [loss], "loss");
        if (fixture.Has("g.x"))
            parity.AssertClose(fixture.Doubles("g.x"), inputGradient, "g.x");
        foreach (var (tensor, path) in paths.Where(entry => entry.Tensor.Momentum is null))
            parity.AssertClose(fixture.Doubles("g." + path), run.Gradient(tensor), "g." + path);
    }

    private sealed class OnEveryBackend : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
        {
            Check<TModel, ReferenceBackend<double>, double>(name);
            Check<TModel, ReferenceBackend<float>, float>(name);
            Check<TModel, CpuBackend<Lanes128>, float>(name);
            Check<TModel, CpuBackend<Lanes256>, float>(name);
            Check<TModel, CpuBackend<Lanes512>, float>(name);
        }
    }
}
