namespace LstmDsl.Generators.Tests;

/// <summary>What files of Keras's say and cannot be declared: the declaration does not compile, and says at its layer why.</summary>
public sealed class KerasUndeclaredOptionsTests
{
    private const string Input = """{"class_name":"InputLayer","config":{"name":"i","batch_shape":[null,6,2]}}""";
    private const string Lost = "cannot be declared, and this would be another model without it.";

    [Theory]
    [InlineData(
        "a_lstm_fn",
        "[Input(3, 2)]\n#error lstm: activation is my_act, which is not one of Keras's activations by name: declare the one that computes the same, "
        + "if there is one.\n[Lstm(2, Activation = /* my_act */ Activation.Tanh)]\n[Dense(1)]\n")]
    [InlineData(
        "n_bn1",
        "[Input(2, 2)]\n#error batch_normalization: axis = 1 cannot be declared, and this would be another model without it.\n"
        + "[BatchNormalization]\n[Lstm(2)]\n[Dense(1)]\n")]
    public async Task Files_put_together_by_hand(string file, string attributes)
    {
        var declaration = PrintedDeclaration.Of(KerasSample.Path($"declared/{file}.keras"));
        Assert.Equal($"{attributes}public sealed partial class Model;\n", declaration);
        Assert.Contains("CS1029: #error", Assert.Single(await PrintedDeclaration.ErrorsAsync(declaration)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Lambda", """ "function":1 """, "#error Lambda: there is no such layer here.")]
    [InlineData("Reshape", """ "target_shape":[2,-1] """, "#error l: target_shape = [2, -1] cannot be declared, and this would be another model without it.")]
    public void Layers_that_are_not_here(string kind, string options, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        KerasSample.Write(path, Input + ",{\"class_name\":\"" + kind + "\",\"config\":{\"name\":\"l\"," + options + "}}");
        var declaration = PrintedDeclaration.Of(path);
        Assert.Contains(expected, declaration, StringComparison.Ordinal);
        Assert.NotEmpty(PrintedDeclaration.SyntaxErrors(declaration));
    }

    [Theory]
    [InlineData("K13", "[SpatialDropout1D(0.2)]\n")]
    [InlineData("K17", "[Reshape(12, 2)]\n")]
    public async Task Layers_that_have_come(string file, string expected)
    {
        var declaration = PrintedDeclaration.Of(KerasSample.Path($"compiled/{file}.keras"));
        Assert.Contains(expected, declaration, StringComparison.Ordinal);
        Assert.Empty(await PrintedDeclaration.ErrorsAsync(declaration));
    }

    [Theory]
    [InlineData("LSTM", "lstm", """ "units":2,"return_state":true """, $"lstm: return_state = true {Lost}")]
    [InlineData("GRU", "gru", """ "units":2,"zero_output_for_mask":true """, $"gru: zero_output_for_mask = true {Lost}")]
    [InlineData("SimpleRNN", "simple_rnn", """ "units":2,"time_major":true """, $"simple_rnn: time_major = true {Lost}")]
    [InlineData("LSTM", "lstm", """ "units":2,"recurrent_activation":"glu" """, "lstm: recurrent_activation = glu has no counterpart here.")]
    [InlineData(
        "Dense", "dense", """ "units":2,"activation":{"module":"builtins","class_name":"function","config":"relu"} """,
        "dense: activation is relu, which is not one of Keras's activations by name: declare the one that computes the same, if there is one.")]
    [InlineData(
        "Dense", "dense", """ "units":2,"activation":{"module":"keras.layers","class_name":"LeakyReLU","config":{"negative_slope":0.3}} """,
        "dense: activation is LeakyReLU, which is not one of Keras's activations by name: declare the one that computes the same, if there is one.")]
    [InlineData("Dense", "dense", """ "units":2,"lora_rank":4 """, $"dense: lora_rank = 4 {Lost}")]
    [InlineData(
        "Dense", "dense", """ "units":2,"dtype":{"class_name":"QuantizedDTypePolicy","config":{"mode":"int8"}} """,
        $"dense: dtype = QuantizedDTypePolicy {Lost}")]
    [InlineData("Conv1D", "conv1d", """ "filters":2,"kernel_size":[2],"groups":2 """, $"conv1d: groups = 2 {Lost}")]
    [InlineData("Conv1D", "conv1d", """ "filters":2,"kernel_size":[2],"data_format":"channels_first" """, $"conv1d: data_format = channels_first {Lost}")]
    [InlineData("Conv1D", "conv1d", """ "filters":2,"kernel_size":[2],"padding":"full" """, "conv1d: padding = full has no counterpart here.")]
    [InlineData("MaxPooling1D", "p", """ "pool_size":[2],"data_format":"channels_first" """, $"p: data_format = channels_first {Lost}")]
    [InlineData("GlobalMaxPooling1D", "p", """ "keepdims":true """, $"p: keepdims = true {Lost}")]
    [InlineData("LayerNormalization", "n", """ "axis":[1,2] """, $"n: axis = [1, 2] {Lost}")]
    [InlineData("LayerNormalization", "n", """ "rms_scaling":true """, $"n: rms_scaling = true {Lost}")]
    [InlineData("BatchNormalization", "n", """ "axis":[1] """, $"n: axis = 1 {Lost}")]
    [InlineData("Activation", "a", """ "activation":"sparsemax" """, "a: activation = sparsemax has no counterpart here.")]
    [InlineData("ReLU", "a", """ "max_value":3.0 """, "ReLU(max_value = 3): no Activation computes this.")]
    [InlineData("ReLU", "a", """ "threshold":1.0 """, "ReLU(threshold = 1): no Activation computes this.")]
    [InlineData("ReLU", "a", """ "max_value":6.0,"negative_slope":0.2 """, "ReLU(max_value = 6, negative_slope = 0.2): no Activation computes this.")]
    [InlineData(
        "LeakyReLU", "a", """ "negative_slope":-0.1 """,
        "LeakyReLU(negative_slope = -0.1): no Activation computes this; the slope of Activation.LeakyRelu is at least 0.")]
    [InlineData("ReLU", "a", """ "negative_slope":-0.5 """, "ReLU(negative_slope = -0.5): no Activation computes this.")]
    [InlineData("ReLU", "a", """ "threshold":1.0,"negative_slope":0.3 """, "ReLU(negative_slope = 0.3, threshold = 1): no Activation computes this.")]
    [InlineData("ELU", "a", """ "alpha":0.5 """, "ELU(alpha = 0.5): no Activation computes this.")]
    [InlineData("Softmax", "a", """ "axis":1 """, "Softmax(axis = 1): no Activation computes this.")]
    [InlineData("PReLU", "a", "", "PReLU(): no Activation computes this.")]
    [InlineData(
        "TimeDistributed", "t", """ "layer":{"class_name":"LSTM","config":{"units":2}} """,
        "TimeDistributed of LSTM: only that of layers which work on each timestep in any case, as Dense does, has a counterpart here.")]
    [InlineData(
        "Bidirectional", "b", """ "merge_mode":null,"layer":{"class_name":"LSTM","config":{"units":2}} """,
        "b: merge_mode = None gives both directions apart, which has no counterpart here.")]
    [InlineData(
        "Bidirectional", "b",
        """ "layer":{"class_name":"LSTM","config":{"units":2}},"backward_layer":{"class_name":"LSTM","config":{"units":2,"go_backwards":true,"activation":"relu"}} """,
        "b: backward_layer has activation=relu, unlike the layer that runs forwards, and [Bidirectional] runs one layer in both directions.")]
    [InlineData("Bidirectional", "b", """ "layer":{"class_name":"Dense","config":{"units":2}} """, "Dense: there is no such layer here.")]
    public void What_would_be_another_model_does_not_compile(string kind, string name, string options, string error)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        var separator = options.Length > 0 ? "," : "";
        KerasSample.Write(path, $$$"""{{{Input}}},{"class_name":"{{{kind}}}","config":{"name":"{{{name}}}"{{{separator}}}{{{options}}}}}""");
        var declaration = PrintedDeclaration.Of(path);
        Assert.Contains($"[Input(6, 2)]\n#error {error}\n", declaration, StringComparison.Ordinal);
        Assert.Contains(
            PrintedDeclaration.SyntaxErrors(declaration),
            found => found.StartsWith("CS1029", StringComparison.Ordinal) && found.Contains(error, StringComparison.Ordinal));
    }

    /// <summary>A class of somebody's own is not Keras's of the same name.</summary>
    [Fact]
    public void A_class_of_another_module_is_another_class()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        KerasSample.Write(path, Input + ",{\"module\":\"mine\",\"class_name\":\"LSTM\",\"config\":{\"name\":\"lstm\",\"units\":2}}");
        var declaration = PrintedDeclaration.Of(path);
        Assert.Contains("#error mine.LSTM: there is no such layer here.\n", declaration, StringComparison.Ordinal);
        Assert.NotEmpty(PrintedDeclaration.SyntaxErrors(declaration));
    }

    [Theory]
    [InlineData("""{"class_name":"Dense","config":{"name":"d","batch_input_shape":[null,4],"units":2}}""", "takes rows of values")]
    [InlineData("""{"class_name":"Embedding","config":{"name":"e","batch_input_shape":[null,6,2],"input_dim":4,"output_dim":2}}""", "more than one number at each timestep")]
    public void An_input_that_cannot_be_declared_does_not_compile(string layer, string reason)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        KerasSample.Write(path, layer);
        var declaration = PrintedDeclaration.Of(path);
        Assert.StartsWith("#error The file's", declaration, StringComparison.Ordinal);
        Assert.Contains(reason, declaration, StringComparison.Ordinal);
        Assert.NotEmpty(PrintedDeclaration.SyntaxErrors(declaration));
    }

    [Fact]
    public async Task A_stateful_layer_whose_batch_the_file_does_not_say_is_a_diagnostic()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        KerasSample.Write(path, Input + ",{\"class_name\":\"LSTM\",\"config\":{\"name\":\"lstm\",\"units\":2,\"stateful\":true}}");
        var declaration = PrintedDeclaration.Of(path);
        Assert.Contains("[Lstm(2, Stateful = true)]", declaration, StringComparison.Ordinal);
        Assert.NotEmpty(await PrintedDeclaration.ErrorsAsync(declaration));
    }

    [Theory]
    [InlineData("""[["i",0,0]]""", """[["a",0,0],["b",0,0]]""", "holds a model with 2 outputs: 'a', 'b'.")]
    [InlineData("""["i",0,0]""", """{"one":["b",0,0],"other":["a",0,0]}""", "holds a model with 2 outputs: 'b', 'a'.")]
    [InlineData("""[["i",0,0],["j",0,0]]""", """[["b",0,0]]""", "its input 'j' is no InputLayer of it.")]
    [InlineData("""[["i",0,0]]""", """[["c",0,0]]""", "its output is that of 'c', which is no layer of it.")]
    [InlineData("""[["i",0,0]]""", """[["a",0,0]]""", "its output is that of 'a', not of its last layer, 'b'.")]
    public void A_model_of_several_ends_is_refused(string inputs, string outputs, string reason)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        KerasSample.WriteFunctional(path, Chain, inputs, outputs);
        var fault = Assert.Throws<InvalidDataException>(() => PrintedDeclaration.Of(path));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Dropout that is on in predictions, too, has no counterpart here.</summary>
    [Theory]
    [InlineData("""[[["i",0,0,{"training":true}]]]""")]
    [InlineData("""[{"args":[["i",0,0]],"kwargs":{"training":true}}]""")]
    public void A_layer_that_always_trains_is_refused(string inbound)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        KerasSample.WriteFunctional(
            path,
            Input + ",{\"class_name\":\"Dropout\",\"config\":{\"name\":\"d\",\"rate\":0.5},\"inbound_nodes\":" + inbound + "}",
            """[["i",0,0]]""",
            """[["d",0,0]]""");
        Assert.Contains(
            "'d' is called with training=True",
            Assert.Throws<InvalidDataException>(() => PrintedDeclaration.Of(path)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>i, a recurrent layer a, a product b.</summary>
    private static string Chain => Input
        + """,{"class_name":"LSTM","config":{"name":"a","units":2},"inbound_nodes":[[["i",0,0,{}]]]}"""
        + """,{"class_name":"Dense","config":{"name":"b","units":2},"inbound_nodes":[[["a",0,0,{}]]]}""";
}
