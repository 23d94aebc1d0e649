using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>Files that Keras wrote: weights, predictions and the optimizer's variables.</summary>
public sealed class KerasFileParityTests
{
    // These fixtures hold what Keras computed in float32 and record no error; sums of up to 40 products in another order differ by a few
    // units in the last place (6e-8), and twenty steps of a recurrence add up.
    private const double Tolerance = 2e-6;

    [Theory]
    [InlineData("jena_lstm", "files/jena_lstm.keras")]
    [InlineData("jena_lstm", "files/jena_lstm.weights.h5")]
    [InlineData("jena_lstm", "files/jena_lstm.h5")]
    [InlineData("damped_rnn", "files/damped_rnn.keras")]
    [InlineData("damped_lstm", "files/damped_lstm.keras")]
    [InlineData("gru_stack", "files/gru_stack.keras")]
    [InlineData("bidirectional", "files/bidirectional.keras")]
    [InlineData("bidirectional", "files/bidirectional.weights.h5")]
    [InlineData("named_twice", "files/named_twice.keras")]
    [InlineData("keras2_damped_lstm", "files/keras2_damped_lstm.h5")]
    [InlineData("keras2_gru_adam", "files/keras2_gru_adam.h5")]
    public void Predictions_are_those_of_Keras(string name, string path)
    {
        switch (name)
        {
            case "jena_lstm":
                Compare<JenaLstmFile>(name, path);
                break;
            case "damped_rnn":
                Compare<DampedRnnFile>(name, path);
                break;
            case "gru_stack":
                Compare<GruStackFile>(name, path);
                break;
            case "bidirectional":
                Compare<BidirectionalFile>(name, path);
                break;
            case "named_twice":
                Compare<NamedTwiceFile>(name, path);
                break;
            case "keras2_gru_adam":
                Compare<Keras2GruFile>(name, path);
                break;
            default:
                Compare<DampedLstmFile>(name, path);
                break;
        }
    }

    [Theory]
    [InlineData("jena_lstm", "files/jena_lstm.keras")]
    [InlineData("jena_lstm", "files/jena_lstm.h5")]
    public void The_state_of_RMSprop_is_that_of_Keras(string name, string path) =>
        CompareOptimizer<JenaLstmFile>(name, path, "rmsprop", ["velocity"]);

    [Fact]
    public void The_state_of_Adam_is_that_of_Keras() =>
        CompareOptimizer<DampedLstmFile>("damped_lstm", "files/damped_lstm.keras", "adam", ["momentum", "velocity"]);

    [Fact]
    public void The_state_of_SGD_is_that_of_Keras() =>
        CompareOptimizer<NamedTwiceFile>("named_twice", "files/named_twice.keras", "sgd", ["momentum"]);

    /// <summary>
    /// Keras 2 keeps no learning rate among the variables, and a momentum even where SGD has none; of its state the index holds nothing, so
    /// what is compared is that slots are where their names say.
    /// </summary>
    [Fact]
    public void The_state_of_Adam_is_that_of_Keras_2()
    {
        const string Path = "files/keras2_gru_adam.h5";
        var plan = Plan<Keras2GruFile>();
        var content = CheckpointFormat.For(Path).Read(FullPath(Path), plan);
        var training = CheckpointMetadata.FromJson(content.Metadata!, Path).Training!;
        Assert.Equal(("adam", 0.0010000000474974513), (training.Optimizer, training.LearningRate));
        var root = Hdf5File.Read(File.ReadAllBytes(FullPath(Path)), Path).Root.Groups["optimizer_weights"];
        Assert.Equal(((long[])root.FindDataset("iteration:0")!.Read().Values)[0], training.Iteration);
        var stored = content.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
        Assert.Equal((float[])root.FindDataset("Adam/m/gru/gru_cell/bias:0")!.Read().Values, (float[])stored["optimizer.momentum.gru.bias"]);
        Assert.Equal((float[])root.FindDataset("Adam/v/gru_1/gru_cell/kernel:0")!.Read().Values, (float[])stored["optimizer.velocity.gru_1.kernel"]);
        Assert.Equal((float[])root.FindDataset("Adam/v/dense_1/bias:0")!.Read().Values, (float[])stored["optimizer.velocity.dense.bias"]);
    }

    [Fact]
    public void The_state_of_SGD_is_that_of_Keras_2()
    {
        const string Path = "files/keras2_damped_lstm.h5";
        var content = CheckpointFormat.For(Path).Read(FullPath(Path), Plan<DampedLstmFile>());
        Assert.Equal("sgd", CheckpointMetadata.FromJson(content.Metadata!, Path).Training!.Optimizer);
        Assert.Single(content.Tensors, tensor => tensor.Name.StartsWith("optimizer.", StringComparison.Ordinal));
    }

    private static ModelPlan Plan<TModel>() where TModel : class, IRecurrentModel<TModel> => TModel.Plan;

    private static void Compare<TModel>(string name, string path) where TModel : class, IRecurrentModel<TModel>
    {
        var fixture = SafetensorsFixture.Load("files", name);
        var model = TModel.Load(FullPath(path));
        var predictions = new float[fixture.Doubles("pred").Length];
        model.Predict(fixture.Floats("x"), predictions);
        var parity = ParityCase.On(Device.Cpu, "files", name) with { Tolerance = Tolerance };
        parity.AssertClose(fixture.Doubles("pred"), predictions, path);
    }

    private static void CompareOptimizer<TModel>(string name, string path, string optimizer, string[] slots)
        where TModel : class, IRecurrentModel<TModel>
    {
        var fixture = SafetensorsFixture.Load("files", name);
        var plan = TModel.Plan;
        var content = CheckpointFormat.For(path).Read(FullPath(path), plan);
        var training = CheckpointMetadata.FromJson(content.Metadata!, path).Training!;
        Assert.Equal(optimizer, training.Optimizer);
        Assert.Equal(fixture.Single("optimizer.0"), training.Iteration);
        Assert.Equal(fixture.Single("optimizer.1"), training.LearningRate);
        var stored = content.Tensors.ToDictionary(tensor => tensor.Name);
        var index = 2;
        foreach (var tensor in plan.Tensors)
        {
            foreach (var slot in slots)
                Assert.Equal(fixture.Floats($"optimizer.{index++}"), (float[])stored[$"optimizer.{slot}.{tensor.Name}"].Values);
        }
    }

    private static string FullPath(string path) => Path.Combine(ParityIndex.Folder, path);
}
