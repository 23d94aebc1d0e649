using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>Every kind of layer in Keras's files. Where no file of Keras's is at hand, what is expected is written down from its source.</summary>
public sealed class KerasLayerTests
{
    [Fact]
    public void Layers_of_sequences_come_back()
    {
        ComesBack<SequenceLayersFile>();
        Assert.Equal(
        [
            "/layers/bidirectional/backward_layer/cell/vars/0 (3, 15)", "/layers/bidirectional/backward_layer/cell/vars/1 (5, 15)",
            "/layers/bidirectional/backward_layer/cell/vars/2 (2, 15)", "/layers/bidirectional/forward_layer/cell/vars/0 (3, 15)",
            "/layers/bidirectional/forward_layer/cell/vars/1 (5, 15)", "/layers/bidirectional/forward_layer/cell/vars/2 (2, 15)",
            "/layers/bidirectional_1/backward_layer/cell/vars/0 (5, 4)", "/layers/bidirectional_1/backward_layer/cell/vars/1 (4, 4)",
            "/layers/bidirectional_1/backward_layer/cell/vars/2 (4)", "/layers/bidirectional_1/forward_layer/cell/vars/0 (5, 4)",
            "/layers/bidirectional_1/forward_layer/cell/vars/1 (4, 4)", "/layers/bidirectional_1/forward_layer/cell/vars/2 (4)",
            "/layers/dense/vars/0 (4, 3)", "/layers/dense/vars/1 (3)",
            "/layers/layer_normalization/vars/0 (8)", "/layers/layer_normalization/vars/1 (8)",
            "/layers/lstm/cell/vars/0 (8, 16)", "/layers/lstm/cell/vars/1 (4, 16)", "/layers/lstm/cell/vars/2 (16)",
        ],
        Datasets<SequenceLayersFile>());
    }

    [Fact]
    public void Layers_of_windows_come_back()
    {
        ComesBack<WindowLayersFile>();
        Assert.Equal(
        [
            "/layers/batch_normalization/vars/0 (5)", "/layers/batch_normalization/vars/1 (5)",
            "/layers/batch_normalization/vars/2 (5)", "/layers/batch_normalization/vars/3 (5)",
            "/layers/conv1d/vars/0 (3, 6, 5)", "/layers/conv1d/vars/1 (5)",
            "/layers/dense/vars/0 (25, 2)", "/layers/embedding/vars/0 (20, 6)",
        ],
        Datasets<WindowLayersFile>());
    }

    [Fact]
    public void The_highest_of_a_sequence_and_refined_weights_come_back()
    {
        ComesBack<HighestFile>();
        ComesBack<RefinedFile>();
        ComesBack<SlopesFile>();
    }

    /// <summary>Mean, variance and a count, which is a whole number without an axis; nothing where they are declared.</summary>
    [Fact]
    public void Layers_of_raw_numbers_come_back()
    {
        ComesBack<RawNumbersFile>();
        ComesBack<SharedNumbersFile>();
        ComesBack<AdaptedFile>();
        Assert.Equal(
        [
            "/layers/dense/vars/0 (4, 1)", "/layers/dense/vars/1 (1)",
            "/layers/lstm/cell/vars/0 (2, 16)", "/layers/lstm/cell/vars/1 (4, 16)", "/layers/lstm/cell/vars/2 (16)",
        ],
        Datasets<RawNumbersFile>());
        Assert.Equal(
        [
            "/layers/dense/vars/0 (4, 1)", "/layers/dense/vars/1 (1)",
            "/layers/lstm/cell/vars/0 (2, 16)", "/layers/lstm/cell/vars/1 (4, 16)", "/layers/lstm/cell/vars/2 (16)",
            "/layers/normalization/vars/0 (2)", "/layers/normalization/vars/1 (2)", "/layers/normalization/vars/2 ()",
            "/layers/normalization_1/vars/0 ()", "/layers/normalization_1/vars/1 ()", "/layers/normalization_1/vars/2 ()",
        ],
        Datasets<AdaptedFile>());
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        AdaptedFile.Create(1).Save(path);
        Assert.Equal([0L], (long[])Weights(path).Find("layers/normalization/vars")!.Datasets["2"].Read().Values);
    }

    /// <summary>Gamma, beta, then what is not trained: the order of Keras's save_own_variables.</summary>
    [Fact]
    public void Moving_averages_stand_behind_what_is_trained()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        WindowLayersFile.Create(1).Save(path);
        var group = Weights(path).Find("layers/batch_normalization/vars")!;
        float First(string name) => ((float[])group.Datasets[name].Read().Values)[0];
        Assert.Equal((1, 0, 0, 1), (First("0"), First("1"), First("2"), First("3")));
    }

    /// <summary>The options of layers in Keras's <c>get_config</c>, and whether it says with what shape they were built.</summary>
    [Theory]
    [InlineData("Conv1D", """{"filters":5,"kernel_size":[3],"strides":[1],"padding":"causal","data_format":"channels_last","dilation_rate":[2],"groups":1,"activation":"relu","use_bias":true,"kernel_initializer":"GlorotUniform","bias_initializer":"Zeros","kernel_regularizer":null,"bias_regularizer":null,"activity_regularizer":null,"kernel_constraint":null,"bias_constraint":null}""", "[null,10,6]")]
    [InlineData("Embedding", """{"input_dim":20,"output_dim":6,"embeddings_initializer":"RandomUniform","embeddings_regularizer":null,"activity_regularizer":null,"embeddings_constraint":null,"mask_zero":false,"quantization_config":null}""", "[null,10]")]
    [InlineData("BatchNormalization", """{"axis":-1,"momentum":0.9,"epsilon":0.001,"center":true,"scale":true,"beta_initializer":"Zeros","gamma_initializer":"Ones","moving_mean_initializer":"Zeros","moving_variance_initializer":"Ones","beta_regularizer":null,"gamma_regularizer":null,"beta_constraint":null,"gamma_constraint":null,"synchronized":false,"renorm":false,"renorm_clipping":null,"renorm_momentum":0.99}""", "[null,10,5]")]
    [InlineData("MaxPooling1D", """{"pool_size":[2],"padding":"valid","strides":[2],"data_format":"channels_last"}""", null)]
    [InlineData("AveragePooling1D", """{"pool_size":[2],"padding":"same","strides":[1],"data_format":"channels_last"}""", null)]
    [InlineData("Activation", """{"activation":"tanh"}""", null)]
    [InlineData("Flatten", """{"data_format":"channels_last"}""", "[null,5,5]")]
    public void Options_of_layers_of_windows(string kind, string options, string? built) => Options<WindowLayersFile>(kind, options, built);

    [Theory]
    [InlineData("Normalization", """{"axis":[-1],"invert":false,"mean":[0.1,0.2],"variance":[1.5,2.0]}""", "[null,6,2]")]
    [InlineData("Rescaling", """{"scale":2.0,"offset":1.0}""", "[null,1]")]
    public void Options_of_layers_of_raw_numbers(string kind, string options, string? built) => Options<RawNumbersFile>(kind, options, built);

    /// <summary>A slope of its own is the layer's in Keras, whose functions have none.</summary>
    [Theory]
    [InlineData("LeakyReLU", """{"negative_slope":0.3,"activity_regularizer":"L1L2"}""", null)]
    [InlineData("Activation", """{"activation":"leaky_relu"}""", null)]
    public void Options_of_leaky_relus(string kind, string options, string? built) => Options<SlopesFile>(kind, options, built);

    [Theory]
    [InlineData("Masking", """{"mask_value":-1.0}""", null)]
    [InlineData("LayerNormalization", """{"axis":-1,"epsilon":0.01,"center":true,"scale":true,"rms_scaling":false,"beta_initializer":"Zeros","gamma_initializer":"Ones","beta_regularizer":null,"gamma_regularizer":null,"beta_constraint":null,"gamma_constraint":null}""", "[null,12,8]")]
    [InlineData("Dropout", """{"rate":0.25,"seed":null,"noise_shape":null}""", null)]
    [InlineData("GlobalAveragePooling1D", """{"data_format":"channels_last","keepdims":false}""", null)]
    [InlineData("RepeatVector", """{"n":3}""", "[null,8]")]
    public void Options_of_layers_of_sequences(string kind, string options, string? built) => Options<SequenceLayersFile>(kind, options, built);

    /// <summary>Keras sets it in a bidirectional layer that gives sequences, so files of its own have it there and must be read.</summary>
    [Fact]
    public void Both_directions_of_a_sequence_are_0_where_it_is_masked()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        SequenceLayersFile.Create(1).Save(path);
        using var json = JsonDocument.Parse(Member(path, "config.json"));
        var layers = json.RootElement.GetProperty("config").GetProperty("layers");
        bool Zeroed(JsonElement layer) => layer.GetProperty("config").GetProperty("zero_output_for_mask").GetBoolean();
        Assert.True(Zeroed(layers[2].GetProperty("config").GetProperty("layer")));
        Assert.True(Zeroed(layers[2].GetProperty("config").GetProperty("backward_layer")));
        Assert.False(Zeroed(layers[8]));
        SequenceLayersFile.Load(path);
    }

    [Fact]
    public void Refined_weights_are_written_with_their_arguments()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        RefinedFile.Create(1).Save(path);
        using var json = JsonDocument.Parse(Member(path, "config.json"));
        var layers = json.RootElement.GetProperty("config").GetProperty("layers");
        string Config(int layer, string option) => layers[layer].GetProperty("config").GetProperty(option).GetProperty("config").GetRawText();
        Assert.Equal("""{"seed":null,"gain":0.5}""", Config(1, "recurrent_initializer"));
        Assert.Equal("""{"value":0.25}""", Config(1, "bias_initializer"));
        Assert.Equal("""{"l1":0.5,"l2":0.0}""", Config(1, "bias_regularizer"));
        Assert.Equal("""{"l1":0.0,"l2":0.01}""", Config(1, "activity_regularizer"));
        Assert.Equal(
            """{"seed":null,"scale":2.0,"mode":"fan_avg","distribution":"uniform","input_axes":null,"output_axes":null}""",
            Config(2, "kernel_initializer"));
        Assert.Equal("head", layers[2].GetProperty("config").GetProperty("name").GetString());
        Assert.False(layers[1].GetProperty("config").GetProperty("unit_forget_bias").GetBoolean());
    }

    private static void Options<TModel>(string kind, string options, string? built) where TModel : class, IRecurrentModel<TModel>
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        TModel.Create(1).Save(path);
        using var json = JsonDocument.Parse(Member(path, "config.json"));
        var layer = json.RootElement.GetProperty("config").GetProperty("layers").EnumerateArray()
            .Single(layer => layer.GetProperty("class_name").GetString() == kind);
        string[] ofAll = ["name", "trainable", "dtype"];
        var actual = layer.GetProperty("config").EnumerateObject().Where(member => !ofAll.Contains(member.Name))
            .ToDictionary(member => member.Name, member => Text(member.Value));
        using var expected = JsonDocument.Parse(options);
        Assert.Equal(
            expected.RootElement.EnumerateObject().Select(member => (member.Name, Text(member.Value))).Order(),
            actual.Select(pair => (pair.Key, pair.Value)).Order());
        Assert.Equal(
            built,
            layer.TryGetProperty("build_config", out var build) ? build.GetProperty("input_shape").GetRawText() : null);
    }

    /// <summary>A value's text; of an object its class.</summary>
    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? $"\"{value.GetProperty("class_name").GetString()}\"" : value.GetRawText();

    private static void ComesBack<TModel>() where TModel : class, IRecurrentModel<TModel>
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "model.keras", "model.weights.h5", "model.safetensors" })
        {
            var model = TModel.Create(5);
            model.Save(folder.File(name));
            Assert.Equal(ModelWeights.Of(model), ModelWeights.Of(TModel.Load(folder.File(name))));
        }
    }

    private static string[] Datasets<TModel>() where TModel : class, IRecurrentModel<TModel>
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        TModel.Create(1).Save(path);
        return
        [
            .. Weights(path).AllDatasets().Select(dataset => $"{dataset.Path} ({string.Join(", ", dataset.Read().Shape)})")
                .Order(StringComparer.Ordinal),
        ];
    }

    private static Hdf5Group Weights(string path) => Hdf5File.Read(Member(path, "model.weights.h5"), path).Root;

    private static byte[] Member(string path, string member) => KerasArchive.Read(File.ReadAllBytes(path), path, [member])[member];
}
