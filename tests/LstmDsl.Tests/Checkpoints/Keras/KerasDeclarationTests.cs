using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>The declarations that files of Keras ask for, and what is said where a file does not fit the one that there is.</summary>
public sealed class KerasDeclarationTests
{
    [Theory]
    [InlineData("jena_lstm.keras", "[Input(20, 1)]\n[Lstm(20, Init.Zeros)]\n[Dense(1)]\n")]
    [InlineData("jena_lstm.h5", "[Input(20, 1)]\n[Lstm(20, Init.Zeros)]\n[Dense(1)]\n")]
    [InlineData("damped_rnn.keras", "[Input(20, 1)]\n[SimpleRnn(40, ReturnSequences = true)]\n[Dense(1)]\n")]
    [InlineData("gru_stack.keras", "[Input(8, 3)]\n[Gru(6, ReturnSequences = true)]\n[Gru(5)]\n[Dense(4, Activation = Activation.Relu)]\n[Dense(2)]\n")]
    [InlineData("bidirectional.keras", "[Input(8, 3)]\n[Bidirectional]\n[Lstm(6)]\n[Dense(1)]\n")]
    [InlineData("named_twice.keras", "[Input(8, 3)]\n[Lstm(4, ReturnSequences = true)]\n[Lstm(4)]\n[Dense(3)]\n[Dense(1)]\n")]
    [InlineData("keras2_damped_lstm.h5", "[Input(20, 1)]\n[Lstm(40, ReturnSequences = true)]\n[Dense(1)]\n")]
    [InlineData("keras2_gru_adam.h5", "[Input(8, 3)]\n[Gru(6, ReturnSequences = true)]\n[Gru(5)]\n[Dense(2, Activation = Activation.Tanh)]\n")]
    public void Keras_s_own_files(string file, string attributes) =>
        Assert.Equal(
            $"{attributes}public sealed partial class Weather;\n",
            KerasFile.Declaration(Path.Combine(ParityIndex.Folder, $"files/{file}"), "Weather"));

    [Fact]
    public void Every_kind_of_layer()
    {
        Declares<SequenceLayersFile>(
            "[Input(12, 3)]\n[Masking(MaskValue = -1)]\n[Bidirectional(Merge.Sum)]\n[Gru(5, ReturnSequences = true)]\n[Bidirectional]\n"
            + "[SimpleRnn(4, ReturnSequences = true)]\n[LayerNormalization(Epsilon = 0.01)]\n[Dropout(0.25)]\n[GlobalAveragePooling1D]\n"
            + "[RepeatVector(3)]\n[Lstm(4, GoBackwards = true)]\n[Dense(3, Activation = Activation.Softmax)]\n");
        Declares<WindowLayersFile>(
            "[Input(10, 1)]\n[Embedding(20, 6)]\n"
            + "[Conv1D(5, 3, Padding = Padding.Causal, DilationRate = 2, Activation = Activation.Relu)]\n[BatchNormalization(Momentum = 0.9)]\n"
            + "[MaxPooling1D(2)]\n[AveragePooling1D(2, Strides = 1, Padding = Padding.Same)]\n[Activation(Activation.Tanh)]\n[Flatten]\n"
            + "[Dense(2, UseBias = false)]\n");
        Declares<RawNumbersFile>(
            "[Input(6, 2)]\n[Normalization(Mean = [0.1, 0.2], Variance = [1.5, 2])]\n[Lstm(4)]\n[Dense(1)]\n[Rescaling(2, 1)]\n");
        Declares<AdaptedFile>(
            "[Input(6, 2)]\n[Normalization]\n[Lstm(4)]\n[Normalization(Invert = true, PerFeature = false)]\n[Dense(1)]\n");
        Declares<SharedNumbersFile>(
            "[Input(6, 3)]\n[Normalization(Invert = true, Mean = [0.5], Variance = [4])]\n"
            + "[Normalization(Mean = [1], Variance = [2], PerFeature = false)]\n[Gru(2)]\n");
        Declares<HighestFile>("[Input(6, 2)]\n[Conv1D(4, 2)]\n[GlobalMaxPooling1D]\n[Dense(1)]\n");
        Declares<SlopesFile>(
            "[Input(6, 2)]\n[Lstm(4)]\n[Activation(Activation.LeakyRelu, NegativeSlope = 0.3, ActivityL2 = 0.5)]\n[Dense(3)]\n"
            + "[Activation(Activation.LeakyRelu)]\n");
        Declares<RefinedFile>(
            "[Input(7, 2)]\n[Lstm(8, Init.Zeros, Activation = Activation.Relu, UnitForgetBias = false, Dropout = 0.1, ActivityL2 = 0.01)]\n"
            + "[RecurrentKernel(Init.Orthogonal, Gain = 0.5)]\n[Bias(Init.Constant, Value = 0.25, L1 = 0.5)]\n[Dense(2, Name = \"head\")]\n"
            + "[Kernel(Init.VarianceScaling, Scale = 2, Mode = FanMode.FanAvg, Distribution = WeightDistribution.Uniform, L2 = 0.125)]\n");
    }

    [Fact]
    public void What_cannot_be_declared_does_not_compile()
    {
        var text = Declaration(
            """[{"class_name":"GaussianNoise","config":{"name":"g"}},{"class_name":"LSTM","config":{"name":"lstm","units":3,"activation":"glu"}}]""");
        Assert.Contains("#error GaussianNoise: there is no such layer here.\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "#error lstm: activation = glu has no counterpart here.\n[Lstm(3, Activation = /* glu */ Activation.Tanh)]",
            text,
            StringComparison.Ordinal);
        Assert.StartsWith("// The file does not say the shape", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_s_words_do_not_end_a_line_or_a_comment()
    {
        var text = Declaration(
            """[{"class_name":"x\nclass Y;","config":{"name":"a"}},{"class_name":"Dense","config":{"name":"d\"]","units":3,"activation":"*/"}}]""");
        Assert.EndsWith(
            "#error x?class?Y?: there is no such layer here.\n#error d?]: activation = */ has no counterpart here.\n"
            + "[Dense(3, Activation = /* ?? */ Activation.Linear)]\npublic sealed partial class Model;\n",
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_pair_of_surrogates_is_no_text() => Assert.Contains(
        "config.json is not valid JSON",
        Assert.Throws<InvalidDataException>(() => KerasJson.Parse("""{"class_name":"\ud800"}""", "file", "config.json")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void An_input_of_any_length_is_the_user_s_to_choose() =>
        Assert.StartsWith(
            "// The file takes any number of timesteps: put yours.\n[Input(1, 3)]\n[Dense(2)]\n",
            Declaration("""[{"class_name":"InputLayer","config":{"batch_shape":[null,null,3]}},{"class_name":"Dense","config":{"name":"dense","units":2}}]"""),
            StringComparison.Ordinal);

    [Fact]
    public void Weights_alone_tell_no_layers()
    {
        var path = Path.Combine(ParityIndex.Folder, "files/jena_lstm.weights.h5");
        Assert.Contains("weights alone", Assert.Throws<InvalidDataException>(() => KerasFile.Declaration(path)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => KerasFile.Declaration("model.safetensors"));
    }

    [Fact]
    public void A_file_that_does_not_fit_gets_a_table_and_the_declaration_that_would()
    {
        var path = Path.Combine(ParityIndex.Folder, "files/gru_stack.keras");
        Assert.Equal(
            $"""
            '{path}' holds another model than Keras2GruFile; the first difference is marked:
              file                          | Keras2GruFile
              InputLayer (8, 3)             | InputLayer (8, 3)
              GRU units=6                   | GRU units=6
              GRU units=5                   | GRU units=5
            > Dense units=4 activation=relu | Dense units=2 activation=tanh
              Dense units=2                 |

            The declaration that fits the file:

            [Input(8, 3)]
            [Gru(6, ReturnSequences = true)]
            [Gru(5)]
            [Dense(4, Activation = Activation.Relu)]
            [Dense(2)]
            public sealed partial class Model;

            """.ReplaceLineEndings("\n"),
            Assert.Throws<InvalidDataException>(() => Keras2GruFile.Load(path)).Message);
    }

    [Theory]
    [InlineData("""{"name":"lstm","units":20,"zero_output_for_mask":true}""", "zero_output_for_mask=true")]
    [InlineData("""{"name":"lstm","units":20,"return_state":true}""", "return_state=true")]
    [InlineData("""{"name":"lstm","units":20,"recurrent_activation":"hard_sigmoid"}""", "recurrent_activation=hard_sigmoid_keras2")]
    public void What_a_declaration_cannot_say_is_a_difference(string options, string difference)
    {
        var layers = """[{"class_name":"LSTM","config":OPTIONS},{"class_name":"Dense","config":{"name":"dense","units":1}}]"""
            .Replace("OPTIONS", options, StringComparison.Ordinal);
        var fault = Assert.Throws<InvalidDataException>(() => Check<JenaLstmFile>(layers, isKeras2: true));
        Assert.Contains(difference, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_changes_training_or_nothing_is_no_difference() => Check<JenaLstmFile>(
        """
        [{"class_name":"LSTM","config":{"name":"x","units":20,"dropout":0.5,"stateful":true,"unroll":true,"seed":7}},
         {"class_name":"Dense","config":{"name":"dense","units":1,"kernel_regularizer":{"class_name":"L2","config":{"l2":0.1}}}}]
        """,
        isKeras2: false);

    [Theory]
    [InlineData("a", true)]
    [InlineData("b", false)]
    public void A_layer_takes_one_that_is_there(string source, bool isThere)
    {
        var layers =
            """
            [{"class_name":"InputLayer","name":"i","config":{"name":"i","batch_shape":[null,20,1]},"inbound_nodes":[]},
             {"class_name":"LSTM","name":"a","config":{"name":"a","units":20},"inbound_nodes":[{"args":[{"class_name":"__keras_tensor__","config":{"shape":[null,20,1],"dtype":"float32","keras_history":["i",0,0]}}],"kwargs":{}}]},
             {"class_name":"Dense","name":"d","config":{"name":"d","units":1},"inbound_nodes":[[["SOURCE",0,0,{}]]]}]
            """.Replace("SOURCE", source, StringComparison.Ordinal);
        if (isThere)
            Check<JenaLstmFile>(layers, isKeras2: false);
        else
            Assert.Contains("'d' takes 'b', and it has no layer of that name.", Assert.Throws<InvalidDataException>(() => Check<JenaLstmFile>(layers, false)).Message, StringComparison.Ordinal);
    }

    private static void Declares<TModel>(string attributes) where TModel : class, IRecurrentModel<TModel>
    {
        using var folder = new TemporaryFolder();
        TModel.Create(1).Save(folder.File("model.keras"));
        Assert.Equal($"{attributes}public sealed partial class Model;\n", KerasFile.Declaration(folder.File("model.keras")));
    }

    private static string Declaration(string layers) => KerasDeclaration.Of(Architecture(layers, isKeras2: false), "Model");

    private static void Check<TModel>(string layers, bool isKeras2) where TModel : class, IRecurrentModel<TModel> =>
        KerasComparison.Check(Architecture(layers, isKeras2), TModel.Plan, "file");

    private static KerasArchitecture Architecture(string layers, bool isKeras2)
    {
        using var json = JsonDocument.Parse("""{"class_name":"Sequential","config":{"layers":""" + layers + "}}");
        return KerasArchitecture.Read(json.RootElement.Clone(), isKeras2 ? KerasVersion.Two : KerasVersion.Three, "file");
    }
}
