using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>State dicts of PyTorch, in and out.</summary>
public sealed class PyTorchTests
{
    // These fixtures hold what PyTorch computed in float32 and record no error: sums in another order differ by a few units in the last
    // place (6e-8), and twelve steps of a recurrence add up.
    private const double Tolerance = 2e-6;

    private static readonly Dictionary<string, string> RnnAndHead = new() { ["lstm"] = "rnn", ["dense"] = "head" };

    [Fact]
    public void An_LSTM_predicts_as_in_PyTorch() => Compare<TorchLstm>("torch_lstm");

    [Fact]
    public void A_GRU_predicts_as_in_PyTorch() => Compare<TorchGru>("torch_gru");

    [Fact]
    public void An_RNN_predicts_as_in_PyTorch() => Compare<TorchRnn>("torch_rnn");

    [Fact]
    public void Two_layers_of_one_module_predict_as_in_PyTorch() => Compare<TorchTwoLayers>("torch_lstm_2layers");

    [Fact]
    public void Both_directions_predict_as_in_PyTorch() => Compare<TorchBidirectional>("torch_bilstm");

    [Fact]
    public void What_was_read_is_written_with_the_same_names_shapes_and_values()
    {
        using var folder = new TemporaryFolder();
        Rewrite<TorchLstm>("torch_lstm", RnnAndHead, folder);
        Rewrite<TorchGru>("torch_gru", new() { ["gru"] = "rnn", ["dense"] = "head" }, folder);
        Rewrite<TorchRnn>("torch_rnn", new() { ["simple_rnn"] = "rnn", ["dense"] = "head" }, folder);
        Rewrite<TorchTwoLayers>("torch_lstm_2layers", new() { ["lstm"] = "rnn", ["lstm_1"] = "rnn", ["dense"] = "head" }, folder);
        Rewrite<TorchBidirectional>("torch_bilstm", new() { ["bidirectional"] = "rnn", ["dense"] = "head" }, folder);
    }

    [Fact]
    public void Every_other_module_comes_back()
    {
        using var folder = new TemporaryFolder();
        var model = TorchOthers.Create(3);
        PyTorch.Save(model, folder.File("others.safetensors"));
        Assert.Equal(
        [
            "embedding.weight (7, 5)", "conv1d.weight (5, 5, 3)", "conv1d.bias (5)",
            "batch_normalization.weight (5)", "batch_normalization.bias (5)", "batch_normalization.running_mean (5)",
            "batch_normalization.running_var (5)", "batch_normalization.num_batches_tracked ()",
            "layer_normalization.weight (5)", "layer_normalization.bias (5)",
            "gru.weight_ih_l0 (12, 5)", "gru.weight_hh_l0 (12, 4)", "gru.bias_ih_l0 (12)", "gru.bias_hh_l0 (12)",
            "dense.weight (4, 4)", "dense.bias (4)", "dense_1.weight (4, 4)", "dense_1.bias (4)",
        ],
        Safetensors.Read(folder.File("others.safetensors")).Tensors.Select(Described));

        var back = TorchOthers.Create(4);
        PyTorch.Load(back, folder.File("others.safetensors"), new Dictionary<string, string> { ["dense"] = "dense", ["dense_1"] = "dense_1" });
        Assert.Equal(ModelWeights.Of(model), ModelWeights.Of(back));
    }

    [Fact]
    public void A_convolution_s_kernel_is_turned_round()
    {
        using var folder = new TemporaryFolder();
        var model = TorchOthers.Create(3);
        PyTorch.Save(model, folder.File("others.safetensors"));
        var kernel = Plan(model).Tensors.Single(tensor => tensor.Name == "conv1d.kernel");
        var own = ModelWeights.Of(model).AsSpan(kernel.Offset, kernel.Length).ToArray();
        var stored = (float[])Safetensors.Read(folder.File("others.safetensors")).Tensors.Single(tensor => tensor.Name == "conv1d.weight").Values;
        // Here (window, inputs, filters) = (3, 5, 5), there (filters, inputs, window).
        for (var time = 0; time < 3; time++)
        {
            for (var input = 0; input < 5; input++)
            {
                for (var filter = 0; filter < 5; filter++)
                    Assert.Equal(own[(((time * 5) + input) * 5) + filter], stored[(((filter * 5) + input) * 3) + time]);
            }
        }
    }

    [Fact]
    public void Modules_that_differ_in_their_numbers_alone_are_taken_in_order()
    {
        using var folder = new TemporaryFolder();
        var model = TorchOthers.Create(3);
        var path = folder.File("others.safetensors");
        PyTorch.Save(model, path, new Dictionary<string, string> { ["dense"] = "fc9", ["dense_1"] = "fc10" });
        var back = TorchOthers.Create(4);
        PyTorch.Load(back, path, new Dictionary<string, string> { ["batch_normalization"] = "batch_normalization" });
        Assert.Equal(ModelWeights.Of(model), ModelWeights.Of(back));
    }

    [Fact]
    public void Modules_that_fit_alike_must_be_named()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("others.safetensors");
        PyTorch.Save(TorchOthers.Create(3), path, new Dictionary<string, string> { ["dense"] = "first", ["dense_1"] = "second" });
        var fault = Assert.Throws<InvalidDataException>(() => PyTorch.Load(TorchOthers.Create(4), path));
        Assert.Contains("'first' and 'second' fit the layer 'dense' alike; say which it is with names", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_model_is_refused_and_the_model_left_as_it_was()
    {
        var model = TorchGru.Create(1);
        var before = ModelWeights.Of(model);
        var fault = Assert.Throws<InvalidDataException>(() => PyTorch.Load(model, FullPath("torch_lstm")));
        Assert.Contains("no module fits the layer 'gru'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("gru: weight_ih (24, 3), weight_hh (24, 8), bias_ih (24), bias_hh (24)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("rnn (layer 0): bias_hh (32), bias_ih (32), weight_hh (32, 8), weight_ih (32, 3)", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, ModelWeights.Of(model));
    }

    [Fact]
    public void Modules_that_are_left_over_are_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("more.safetensors");
        var content = Safetensors.Read(FullPath("torch_lstm"));
        Safetensors.Write(path, new() { Tensors = [.. content.Tensors, new("second.weight", [1, 2], new float[2])] });
        Assert.Contains(
            "modules are left over", Assert.Throws<InvalidDataException>(() => PyTorch.Load(TorchLstm.Create(1), path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_of_an_unknown_kind_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("other.safetensors");
        Safetensors.Write(path, new() { Tensors = [new("attention.in_proj_weight", [1], new float[1])] });
        Assert.Contains(
            "'attention.in_proj_weight' is no parameter",
            Assert.Throws<InvalidDataException>(() => PyTorch.Load(TorchLstm.Create(1), path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_no_layer_s_is_refused()
    {
        var fault = Assert.Throws<ArgumentException>(
            () => PyTorch.Load(TorchLstm.Create(1), FullPath("torch_lstm"), new Dictionary<string, string> { ["gru"] = "rnn" }));
        Assert.Contains("has no layer 'gru' with weights; it has 'lstm', 'dense'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_PyTorch_computes_otherwise_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(
            "reset_after = false", Assert.Throws<ArgumentException>(() => PyTorch.Save(ResetBefore.Create(1), folder.File("x.safetensors"))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "recurrent_activation = hard_sigmoid",
            Assert.Throws<ArgumentException>(() => PyTorch.Save(HardGates.Create(1), folder.File("x.safetensors"))).Message,
            StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Moments_that_are_weights_have_no_module_but_declared_ones_need_none()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(
            "The layer 'normalization' keeps mean and variance as weights, for which PyTorch has no module.",
            Assert.Throws<ArgumentException>(() => PyTorch.Save(AdaptedToSamples.Create(1), folder.File("x.safetensors"))).Message,
            StringComparison.Ordinal);
        Assert.Empty(folder.Names);
        var model = DeclaredMoments.Create(1);
        PyTorch.Save(model, folder.File("x.safetensors"));
        var other = DeclaredMoments.Create(2);
        PyTorch.Load(other, folder.File("x.safetensors"));
        Assert.Equal(ModelWeights.Of(model), ModelWeights.Of(other));
    }

    [Fact]
    public void Layers_that_cannot_be_stacked_do_not_share_a_module()
    {
        using var folder = new TemporaryFolder();
        var fault = Assert.Throws<ArgumentException>(() => PyTorch.Save(
            TorchLstm.Create(1), folder.File("x.safetensors"), new Dictionary<string, string> { ["lstm"] = "all", ["dense"] = "all" }));
        Assert.Contains("cannot both be the module 'all'", fault.Message, StringComparison.Ordinal);
    }

    private static void Compare<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
    {
        var fixture = SafetensorsFixture.Load("files", name);
        var model = TModel.Create(1);
        PyTorch.Load(model, FullPath(name));
        var predictions = new float[fixture.Doubles("pred").Length];
        model.Predict(fixture.Floats("x"), predictions);
        var parity = ParityCase.On(Device.Cpu, "files", name) with { Tolerance = Tolerance };
        parity.AssertClose(fixture.Doubles("pred"), predictions, "predictions");
    }

    private static void Rewrite<TModel>(string name, Dictionary<string, string> names, TemporaryFolder folder)
        where TModel : class, IRecurrentModel<TModel>
    {
        var path = folder.File($"{name}.safetensors");
        var model = TModel.Create(1);
        PyTorch.Load(model, FullPath(name), names);
        PyTorch.Save(model, path, names);
        Assert.Equal(Listed(FullPath(name)), Listed(path));

        var expected = Safetensors.Read(FullPath(name)).Tensors.ToDictionary(tensor => tensor.Name, tensor => (float[])tensor.Values);
        foreach (var tensor in Safetensors.Read(path).Tensors)
        {
            // Of an LSTM's two biases the first is their sum, the second 0; a GRU's stay apart.
            var isSum = typeof(TModel) != typeof(TorchGru) && tensor.Name.Contains("bias_", StringComparison.Ordinal);
            var first = expected[tensor.Name.Replace("bias_hh", "bias_ih", StringComparison.Ordinal)];
            var second = expected[tensor.Name.Replace("bias_ih", "bias_hh", StringComparison.Ordinal)];
            float[] wanted = !isSum ? expected[tensor.Name]
                : tensor.Name.Contains("bias_ih", StringComparison.Ordinal) ? [.. first.Zip(second, (one, other) => one + other)]
                : new float[first.Length];
            Assert.Equal(wanted, (float[])tensor.Values);
        }
    }

    private static ModelPlan Plan<TModel>(TModel model) where TModel : class, IRecurrentModel<TModel> => model.State.Plan;

    private static string[] Listed(string path) =>
    [
        .. Safetensors.Read(path).Tensors.Select(Described).Order(StringComparer.Ordinal),
    ];

    private static string Described(StoredTensor tensor) => $"{tensor.Name} ({string.Join(", ", tensor.Shape)})";

    private static string FullPath(string name) => Path.Combine(ParityIndex.Folder, $"files/{name}.torch.safetensors");
}
