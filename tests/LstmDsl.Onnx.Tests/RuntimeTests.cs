using System.Globalization;

namespace LstmDsl.Tests;

/// <summary>
/// Exported models in ONNX Runtime, and ours: both against our double reference of the same network, one sample alone and seven at once.
/// </summary>
public sealed class RuntimeTests
{
    private const int Samples = 7;

    /// <summary>Sums in another order than the reference's: some ulps of the largest magnitude.</summary>
    private const double Floor = 2e-6;

    public static TheoryData<string> Networks => [.. NetworkCases.All.Keys];

    /// <summary>The functional models, but for one that goes on from batch to batch, which a file of ONNX cannot.</summary>
    public static TheoryData<string> FunctionalModels => [.. FunctionalCases.All.Keys.Where(name => new FunctionalCase(name).Calls == 1)];

    public static TheoryData<string> Models => [.. ExportedCases.All.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Networks_that_Keras_computed_agree(string name) => NetworkCases.All[name](new OfKeras(), name);

    [Theory]
    [MemberData(nameof(FunctionalModels))]
    public void Functional_models_that_Keras_computed_agree(string name) => FunctionalCases.All[name](new OfFunctional(), name);

    [Theory]
    [MemberData(nameof(Models))]
    public void Other_options_and_layers_agree(string name) => ExportedCases.All[name](new Drawn(), name);

    private static void Compare<TModel>(TModel model, float[] x, double? float32Error)
        where TModel : class, IRecurrentModel<TModel>
    {
        var expected = Predict(Device.ReferenceDouble, model, x);
        var error = float32Error ?? Close.RelativeError(expected, Predict(Device.Reference, model, x));
        var tolerance = Math.Max(4 * error, Floor);
        Close.Relative(expected, Predict(Device.Cpu, model, x), tolerance, "ours");

        using var folder = new TemporaryFolder();
        foreach (var opset in (int[])[OnnxOptions.OldestOpset, OnnxOptions.NewestOpset])
        {
            var path = folder.File(string.Create(CultureInfo.InvariantCulture, $"model{opset}.onnx"));
            model.ExportOnnx(path, new() { Opset = opset });
            Close.Relative(
                expected, [.. OfSamples(x, TModel.Shape, (windows, count) => Run<TModel>(path, windows, count))], tolerance,
                string.Create(CultureInfo.InvariantCulture, $"ONNX Runtime, operator set {opset}"));
        }
    }

    private static double[] Predict<TModel>(Device device, TModel model, float[] x) where TModel : class, IRecurrentModel<TModel>
    {
        var predictor = new Predictor<TModel>(model, device);
        return OfSamples(x, TModel.Shape, (windows, count) =>
        {
            var output = new float[count * TModel.Shape.OutputLength];
            predictor.Predict(windows, output);
            return output;
        });
    }

    /// <summary>Outputs of the first sample alone, then of all at once: the magnitude that errors are measured by is that of both.</summary>
    private static double[] OfSamples(float[] x, ModelShape shape, Func<float[], int, float[]> predict) =>
        [.. predict(x[..shape.InputLength], 1).Concat(predict(x, Samples)).Select(value => (double)value)];

    private static float[] Run<TModel>(string path, float[] windows, int count) where TModel : class, IRecurrentModel<TModel>
    {
        var shape = TModel.Shape;
        var (found, values) = OnnxRuntime.Run(path, GraphInputs.Of(TModel.Plan, windows, count));
        Assert.Equal(shape.ReturnsSequences ? [count, shape.OutputTimesteps, shape.Outputs] : [count, shape.Outputs], found);
        return values;
    }

    private sealed class OfKeras : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
        {
            var fixture = SafetensorsFixture.Load("networks", name);
            var model = TModel.Create(seed: 1);
            foreach (var (tensor, path) in KerasPaths.Of(TModel.Plan))
                model.State.Write(tensor, 0, fixture.Floats("w." + path));

            // A case has one sample or some: as many as are needed, over and over.
            var given = fixture.Floats("x");
            float[] x = [.. Enumerable.Range(0, Samples * TModel.Shape.InputLength).Select(i => given[i % given.Length])];
            Compare(model, x, ParityIndex.Case("networks", name).GetProperty("float32_error").GetDouble());
        }
    }

    private sealed class OfFunctional : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
        {
            var functional = new FunctionalCase(name);
            var given = functional.Samples([.. TModel.Plan.Inputs.Select(input => input.FileName)]);
            float[] x = [.. Enumerable.Range(0, Samples * TModel.Shape.InputLength).Select(i => given[i % given.Length])];
            Compare(TModel.Load(functional.Path), x, ParityIndex.Case("functional", name).GetProperty("float32_error").GetDouble());
        }
    }

    private sealed class Drawn : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
        {
            var model = TModel.Create(seed: 1);
            DrawnNumbers.FillWeights(model.State);
            Compare(model, DrawnNumbers.Samples(TModel.Plan, Samples), float32Error: null);
        }
    }
}
