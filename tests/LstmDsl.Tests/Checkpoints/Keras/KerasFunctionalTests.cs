using System.IO.Compression;
using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>
/// Files of models with several inputs and branches, as Keras wrote them and as they are written here. Where the environment variable
/// <c>LSTMDSL_KERAS_FILES</c> names a folder, those that are written stay there, for <c>parity/functional/generate.py KERAS --open FOLDER</c>.
/// </summary>
public sealed class KerasFunctionalTests
{
    /// <summary>Names of the cases.</summary>
    public static TheoryData<string> Cases => [.. FunctionalCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_of_Keras_predicts_what_Keras_does(string name) => FunctionalCases.All[name](new Reads(), name);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_alone_predict_what_Keras_does(string name) => FunctionalCases.All[name](new ReadsWeights(), name);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_is_the_graph_and_the_weights_that_Keras_writes(string name) => FunctionalCases.All[name](new Writes(), name);

    [Fact]
    public void The_state_of_an_optimizer_stands_in_the_order_of_Keras_and_leaves_out_what_is_frozen()
    {
        var functional = new FunctionalCase("compiled_branches");
        var trainer = new Trainer<FunctionalCompiledBranches>(FunctionalCompiledBranches.Create(1)) { Optimizer = new Adam(), Loss = Loss.MeanSquaredError };
        trainer.Load(functional.Path);
        Assert.Equal(7, trainer.Iteration);

        using var folder = new TemporaryFolder();
        trainer.Save(folder.File("model.keras"));
        var written = KerasReader.OptimizerVariables(KerasFormat.Open(folder.File("model.keras")).Weights, "file");
        var expected = functional.Fixture.Names.Where(tensor => tensor.StartsWith("optimizer.", StringComparison.Ordinal)).ToList();
        Assert.Equal(expected.Count, written.Length);
        for (var i = 1; i < written.Length; i++)
        {
            Assert.Equal(functional.Fixture.Shape(expected[i]), written[i].Shape);
            Assert.Equal(functional.Fixture.Floats(expected[i]), (float[])written[i].Values);
        }
    }

    private static void Compare<TModel>(string name, TModel model) where TModel : class, IRecurrentModel<TModel>
    {
        var functional = new FunctionalCase(name);
        var samples = functional.Samples([.. TModel.Plan.Inputs.Select(input => input.FileName)]);
        for (var call = 0; call < functional.Calls; call++)
        {
            var expected = functional.Prediction(call);
            var predictions = new float[expected.Length];
            model.Predict(samples, predictions);
            ParityCase.On(Device.Cpu, "functional", name).AssertClose(expected, predictions, $"call {call + 1}");
        }
    }

    private sealed class Reads : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel> =>
            Compare(name, TModel.Load(new FunctionalCase(name).Path));
    }

    private sealed class ReadsWeights : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
        {
            using var folder = new TemporaryFolder();
            using (var file = ZipFile.OpenRead(new FunctionalCase(name).Path))
                file.GetEntry("model.weights.h5")!.ExtractToFile(folder.File("theirs.weights.h5"));
            var model = TModel.Load(folder.File("theirs.weights.h5"));
            model.Save(folder.File("ours.weights.h5"));
            Compare(name, TModel.Load(folder.File("ours.weights.h5")));
        }
    }

    private sealed class Writes : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
        {
            using var folder = new TemporaryFolder();
            var functional = new FunctionalCase(name);
            var path = folder.File($"{name}.keras");
            TModel.Load(functional.Path).Save(path);
            Compare(name, TModel.Load(path));
            // A chain is a Sequential here, whatever Keras made it as.
            if (!TModel.Plan.IsSequential)
                Assert.Equal(Graph(functional.Path), Graph(path));
            Assert.Equal(Variables(functional.Path), Variables(path));
            if (Environment.GetEnvironmentVariable("LSTMDSL_KERAS_FILES") is { Length: > 0 } kept)
                File.Copy(path, Path.Combine(Directory.CreateDirectory(kept).FullName, $"{name}.keras"), overwrite: true);
        }

        /// <summary>Each layer, input and operation with what it takes, in order; where the graph begins and ends.</summary>
        private static IEnumerable<string> Graph(string path)
        {
            using var file = ZipFile.OpenRead(path);
            using var stream = file.GetEntry("config.json")!.Open();
            using var json = JsonDocument.Parse(stream);
            var config = json.RootElement.GetProperty("config");
            return
            [
                .. config.GetProperty("layers").EnumerateArray().Select(layer =>
                    $"{layer.GetProperty("module")} {layer.GetProperty("class_name")} {layer.GetProperty("name")} {Trainable(layer)}: {Called(layer)}"),
                config.GetProperty("input_layers").GetRawText().Replace(" ", "", StringComparison.Ordinal),
                config.GetProperty("output_layers").GetRawText().Replace(" ", "", StringComparison.Ordinal),
            ];
        }

        private static string Trainable(JsonElement layer) =>
            layer.GetProperty("config").TryGetProperty("trainable", out var trainable) ? trainable.GetRawText() : "";

        /// <summary>What a layer is called with; that it is not called in training, and with no mask, goes without saying.</summary>
        private static string Called(JsonElement layer)
        {
            var calls = layer.GetProperty("inbound_nodes");
            if (calls.GetArrayLength() == 0)
                return "";
            var named = calls[0].GetProperty("kwargs").EnumerateObject().Where(member => member.Value.ValueKind is JsonValueKind.Object);
            return JsonSerializer.Serialize(calls[0].GetProperty("args")) + string.Concat(named.Select(member => member.Name + JsonSerializer.Serialize(member.Value)));
        }

        private static IEnumerable<string> Variables(string path) => KerasFormat.Open(path).Weights.AllDatasets()
            .Where(dataset => dataset.Path.Contains("layers/", StringComparison.Ordinal))
            .Select(dataset => $"{dataset.Path} ({string.Join(", ", dataset.Read().Shape)})").Order(StringComparer.Ordinal);
    }
}
