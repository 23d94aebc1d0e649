using System.Text;
using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>What Keras 2 wrote means what it meant there: options whose meaning or default has changed since.</summary>
public sealed class Keras2Tests
{
    private const string HardLstm =
        """[{"class_name":"LSTM","config":{"name":"lstm","units":1,"activation":"tanh","recurrent_activation":"hard_sigmoid"}}]""";

    /// <summary>A gate is clip(0.2 + 0.5) = 0.7, so that the cell is 0.7 tanh 1 and the output 0.7 tanh of that.</summary>
    [Theory]
    [InlineData("2.13.1")]
    [InlineData("2.15.0")]
    [InlineData("2.16.0")]
    [InlineData("2.19.1")]
    public void Its_hard_sigmoid_is_read_as_its_own(string version)
    {
        using var folder = new TemporaryFolder();
        var path = LstmOfOnes(folder, version);
        Assert.Equal(0.3414315, RawKeras.Predict(HardLstm2.Load(path), [1], 1)[0], 1e-6);
        var fault = Assert.Throws<InvalidDataException>(() => HardLstm3.Load(path)).Message;
        Assert.Contains(
            "> LSTM units=1 recurrent_activation=hard_sigmoid_keras2 | LSTM units=1 recurrent_activation=hard_sigmoid\n", fault, StringComparison.Ordinal);
        Assert.Contains("Keras 2's hard_sigmoid, clip(0.2x + 0.5), is Activation.HardSigmoidKeras2 here", fault, StringComparison.Ordinal);
        Assert.Contains("[Lstm(1, RecurrentActivation = Activation.HardSigmoidKeras2)]", fault, StringComparison.Ordinal);
        Assert.Contains("[Lstm(1, RecurrentActivation = Activation.HardSigmoidKeras2)]", KerasFile.Declaration(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.0.0")]
    [InlineData("3.15.1")]
    public void The_hard_sigmoid_of_Keras_3_is_another(string version)
    {
        using var folder = new TemporaryFolder();
        var path = LstmOfOnes(folder, version);
        Assert.Equal(0.3121161, RawKeras.Predict(HardLstm3.Load(path), [1], 1)[0], 1e-6);
        Assert.Contains(
            "Activation.HardSigmoid is Keras 3's", Assert.Throws<InvalidDataException>(() => HardLstm2.Load(path)).Message, StringComparison.Ordinal);
        Assert.Contains("[Lstm(1, RecurrentActivation = Activation.HardSigmoid)]", KerasFile.Declaration(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nightly")]
    public void Of_an_unknown_version_it_is_neither(string? version)
    {
        using var folder = new TemporaryFolder();
        var path = LstmOfOnes(folder, version);
        foreach (var load in new Func<object>[] { () => HardLstm2.Load(path), () => HardLstm3.Load(path) })
            Assert.Contains("hard_sigmoid_of_unknown_version", Assert.Throws<InvalidDataException>(load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keras_1_is_refused_by_its_version()
    {
        using var folder = new TemporaryFolder();
        var path = LstmOfOnes(folder, "1.2.2");
        Assert.Contains("Keras 1.2.2", Assert.Throws<InvalidDataException>(() => HardLstm3.Load(path)).Message, StringComparison.Ordinal);
    }

    /// <summary>0.7 where the hard sigmoid is the output; a GRU's is (1 − 0.7) tanh 1.</summary>
    [Fact]
    public void Every_layer_computes_it()
    {
        Assert.Equal(0.7, Output<HardRnn2>("SimpleRNN", "simple_rnn/cell", [(1, [1, 1]), (0, [1, 1]), (0, [1])]), 1e-6);
        Assert.Equal(0.2284782, Output<HardGru2>("GRU", "gru/cell", [(1, [1, 3]), (0, [1, 3]), (0, [2, 3])], "\"reset_after\":true,"), 1e-6);
        Assert.Equal(0.7, Output<HardConvolution2>("Conv1D", "conv1d", [(1, [1, 1, 1]), (0, [1])]), 1e-6);
        Assert.Equal(0.7, Output<HardDense2>("Dense", "dense", [(1, [1, 1]), (0, [1])]), 1e-6);
    }

    [Fact]
    public void It_is_translated_in_every_layer_with_an_activation_and_in_the_declaration()
    {
        var plan = Plan<HardEverywhere>();
        var json = Encoding.UTF8.GetString(KerasConfiguration.Write(Content<HardEverywhere>(), plan));
        var old = json.Replace("hard_sigmoid_keras2", "hard_sigmoid", StringComparison.Ordinal);
        KerasComparison.Check(Architecture(old, KerasVersion.Two), plan, "file");
        Assert.Throws<InvalidDataException>(() => KerasComparison.Check(Architecture(old, KerasVersion.Three), plan, "file"));
        Assert.Equal(
            KerasDeclaration.Of(Architecture(json, KerasVersion.Three), "Model"), KerasDeclaration.Of(Architecture(old, KerasVersion.Two), "Model"));
    }

    [Fact]
    public void An_activation_that_is_described_as_a_function_is_translated()
    {
        const string Function =
            """[{"class_name":"Dense","config":{"name":"hard_sigmoid","units":1,"activation":{"class_name":"function","config":"hard_sigmoid"}}}]""";
        var layer = Assert.Single(Architecture(Model(Function), KerasVersion.Two).Layers);
        Assert.Equal("hard_sigmoid", layer.Name);
        Assert.Equal("hard_sigmoid_keras2", layer.Options.GetProperty("activation").GetProperty("config").GetString());
    }

    [Fact]
    public void A_whole_model_in_h5_is_read_so_too()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("old.h5");
        var bytes = Encoding.Latin1.GetString(File.ReadAllBytes(Fixture("g2nokey_nobias.h5")));
        const string Soft = "\"units\": 2, \"activation\": \"tanh\", \"recurrent_activation\": \"sigmoid\"";
        const string Hard = "\"units\":2,\"activation\":\"tanh\",\"recurrent_activation\":\"hard_sigmoid\"";
        Assert.Contains(Soft, bytes, StringComparison.Ordinal);
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(bytes.Replace(Soft, Hard, StringComparison.Ordinal)));

        float[] x = [0.5f, -1, 2, 0.25f, -0.75f, 1.5f];
        var sigmoid = RawKeras.Predict(OldGruWithoutBias.Load(Fixture("g2nokey_nobias.h5")), x, 1)[0];
        Assert.NotEqual(sigmoid, RawKeras.Predict(OldHardGru.Load(path), x, 1)[0]);
        Assert.Contains("hard_sigmoid_keras2", Assert.Throws<InvalidDataException>(() => OldGruWithoutBias.Load(path)).Message, StringComparison.Ordinal);
    }

    /// <summary>Keras 2.1.2 wrote no <c>reset_after</c>: the reset came before the product.</summary>
    [Fact]
    public void A_GRU_that_does_not_say_where_its_reset_stands_has_it_before_the_product()
    {
        float[] x = [0.5f, -1, 2, 0.25f, -0.75f, 1.5f];
        Assert.Equal(0.412485, RawKeras.Predict(OldGruWithoutBias.Load(Fixture("g2nokey_nobias.h5")), x, 1)[0], 1e-6);
        Assert.Contains(
            "reset_after=false",
            Assert.Throws<InvalidDataException>(() => NewGruWithoutBias.Load(Fixture("g2nokey_nobias.h5"))).Message,
            StringComparison.Ordinal);
        Assert.Equal([6], Plan<OldGru>().Tensors.Single(slot => slot.Name == "gru.bias").Shape);
        OldGru.Load(Fixture("g2nokey_bias.h5"));
        Assert.Throws<InvalidDataException>(() => NewGru.Load(Fixture("g2nokey_bias.h5")));
        Assert.Contains("[Gru(2, ResetAfter = false)]", KerasFile.Declaration(Fixture("g2nokey_bias.h5")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GRU", "Two", "reset_after", "false")]
    [InlineData("GRU", "Unknown", "reset_after", "\"unknown\"")]
    [InlineData("GRU", "Three", "reset_after", null)]
    [InlineData("LSTM", "Two", "reset_after", null)]
    [InlineData("LSTM", "Two", "recurrent_activation", "\"hard_sigmoid_or_sigmoid\"")]
    [InlineData("LSTM", "Three", "recurrent_activation", null)]
    public void What_a_layer_leaves_out_has_the_default_of_its_version(string kind, string version, string option, string? expected)
    {
        var layers = "[{\"class_name\":\"" + kind + "\",\"config\":{\"name\":\"x\",\"units\":1}}]";
        var options = Assert.Single(Architecture(Model(layers), Enum.Parse<KerasVersion>(version)).Layers).Options;
        Assert.Equal(expected, options.TryGetProperty(option, out var value) ? value.GetRawText() : null);
    }

    // Keras 3's own layer still takes alpha for its slope.
    [Theory]
    [InlineData("Two", "alpha", 0.25)]
    [InlineData("Three", "alpha", 0.25)]
    [InlineData("Three", "negative_slope", 0.25)]
    [InlineData("Two", "nothing_of_it", 0.3)]
    public void The_slope_of_a_leaky_relu_gets_Keras_3_s_name(string version, string name, double slope)
    {
        var json = Model("[{\"class_name\":\"LeakyReLU\",\"config\":{\"name\":\"leaky_re_lu\",\"" + name + "\":0.25}}]");
        var options = Assert.Single(Architecture(json, Enum.Parse<KerasVersion>(version)).Layers).Options;
        Assert.Equal("leaky_relu", options.GetProperty("activation").GetString());
        Assert.Equal(slope, options.GetProperty("negative_slope").GetDouble());
    }

    [Fact]
    public void Time_as_the_first_axis_is_a_difference()
    {
        using var folder = new TemporaryFolder();
        var path = LstmOfOnes(folder, "2.15.0", HardLstm.Replace("\"units\"", "\"time_major\":true,\"units\"", StringComparison.Ordinal));
        Assert.Contains("time_major=true", Assert.Throws<InvalidDataException>(() => HardLstm2.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_hard_sigmoid_cannot_be_written_for_Keras_3()
    {
        using var folder = new TemporaryFolder();
        var model = HardLstm2.Create(1);
        var fault = Assert.Throws<ArgumentException>(() => model.Save(folder.File("model.keras"))).Message;
        Assert.Contains("layer 'lstm' has Activation.HardSigmoidKeras2", fault, StringComparison.Ordinal);
        Assert.Contains(".safetensors", fault, StringComparison.Ordinal);
        var trainer = new Trainer<HardLstm2>(model)
        {
            Loss = Loss.MeanSquaredError,
            Callbacks = { new ModelCheckpoint(folder.File("best.keras")) },
        };
        Assert.Throws<ArgumentException>(() => trainer.Fit(new float[2, 1, 1], new float[2, 1], verbose: 0));
        Assert.Empty(folder.Names);

        foreach (var name in new[] { "model.safetensors", "model.weights.h5" })
        {
            model.Save(folder.File(name));
            Assert.Equal(RawKeras.Predict(model, [1], 1), RawKeras.Predict(HardLstm2.Load(folder.File(name)), [1], 1));
        }
    }

    private static string LstmOfOnes(TemporaryFolder folder, string? version, string layers = HardLstm)
    {
        var path = folder.File("model.keras");
        RawKeras.Write(path, version, layers, root => root.Add("layers/lstm/cell", (1, [1, 4]), (0, [1, 4]), (0, [4])));
        return path;
    }

    private static double Output<TModel>(string kind, string group, (float, int[])[] weights, string more = "")
        where TModel : class, IRecurrentModel<TModel>
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        var activation = kind == "GRU" ? "recurrent_activation" : "activation";
        var size = kind == "Conv1D" ? "\"filters\":1,\"kernel_size\":1" : "\"units\":1";
        var layer = "{\"class_name\":\"" + kind + "\",\"config\":{\"name\":\"x\"," + more + size + ",\"" + activation + "\":\"hard_sigmoid\"}}";
        const string Flatten = """{"class_name":"Flatten","config":{"name":"flatten"}}""";
        var layers = kind switch
        {
            "Conv1D" => $"[{layer},{Flatten}]",
            "Dense" => $"[{Flatten},{layer}]",
            _ => $"[{layer}]",
        };
        RawKeras.Write(path, "2.15.0", layers, root => root.Add($"layers/{group}", weights));
        return RawKeras.Predict(TModel.Load(path), [1], 1)[0];
    }

    private static string Model(string layers) => "{\"config\":{\"layers\":" + layers + "}}";

    private static KerasArchitecture Architecture(string json, KerasVersion version)
    {
        using var document = JsonDocument.Parse(json);
        return KerasArchitecture.Read(document.RootElement.Clone(), version, "file");
    }

    private static CheckpointContent Content<TModel>() where TModel : class, IRecurrentModel<TModel> =>
        new() { Tensors = [.. Plan<TModel>().Tensors.Select(slot => new StoredTensor(slot.Name, slot.Shape, new float[slot.Length]))] };

    private static CompilerServices.ModelPlan Plan<TModel>() where TModel : class, IRecurrentModel<TModel> => TModel.Plan;

    private static string Fixture(string name) => Path.Combine(ParityIndex.Folder, $"keras2/{name}");
}
