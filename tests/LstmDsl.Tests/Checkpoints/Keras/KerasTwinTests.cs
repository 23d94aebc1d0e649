namespace LstmDsl.Tests;

[Input(2, 1), Bidirectional, Lstm(1)]
internal sealed partial class TwinLstm;

[Input(2, 1), Bidirectional, Gru(1)]
internal sealed partial class TwinGru;

/// <summary>A bidirectional layer with a <c>backward_layer</c> of its own: it fits only where it is its twin's equal.</summary>
public sealed class KerasTwinTests
{
    private const string Forward = "\"name\":\"lstm\",\"units\":1,\"activation\":\"tanh\",\"go_backwards\":false,\"dropout\":0.0";

    [Theory]
    [InlineData("LSTM", "\"activation\":\"relu\"", "activation=relu")]
    [InlineData("LSTM", "\"recurrent_activation\":\"hard_sigmoid\"", "recurrent_activation=hard_sigmoid")]
    [InlineData("LSTM", "\"use_bias\":false", "use_bias=false")]
    [InlineData("LSTM", "\"units\":2", "units=2")]
    [InlineData("LSTM", "\"dropout\":0.5", "dropout=0.5")]
    [InlineData("LSTM", "\"recurrent_dropout\":0.25", "recurrent_dropout=0.25")]
    [InlineData("LSTM", "\"return_sequences\":true", "return_sequences=true")]
    [InlineData("LSTM", "\"stateful\":true", "stateful=true")]
    [InlineData("LSTM", "\"return_state\":true", "return_state=true")]
    [InlineData("LSTM", "\"time_major\":true", "time_major=true")]
    [InlineData("LSTM", "\"go_backwards\":false", "go_backwards=false")]
    [InlineData("LSTM", "\"kernel_regularizer\":{\"class_name\":\"L2\",\"config\":{\"l2\":0.5}}", "kernel_regularizer={\"l2\":0.5}")]
    [InlineData("LSTM", "\"bias_constraint\":{\"class_name\":\"NonNeg\",\"config\":{}}", "bias_constraint={}")]
    [InlineData("GRU", "\"reset_after\":true", "class_name=GRU")]
    public void Its_first_difference_is_named(string kind, string option, string difference)
    {
        var fault = Assert.Throws<InvalidDataException>(() => Load<TwinLstm>("LSTM", kind, option)).Message;
        Assert.Contains($"> Bidirectional of LSTM units=1 backward_layer {difference} | Bidirectional of LSTM units=1\n", fault, StringComparison.Ordinal);
        Assert.Contains("a backward_layer that differs from it cannot be declared", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_where_a_GRU_s_reset_stands() => Assert.Contains(
        "backward_layer reset_after=false",
        Assert.Throws<InvalidDataException>(() => Load<TwinGru>("GRU", "GRU", "\"reset_after\":false")).Message,
        StringComparison.Ordinal);

    /// <summary>With another activation the backward half were 1.4759247.</summary>
    [Theory]
    [InlineData("\"name\":\"another\"")]
    [InlineData("\"activation\":\"tanh\"")]
    [InlineData("\"use_bias\":true,\"unroll\":true,\"seed\":7")]
    [InlineData("\"kernel_initializer\":{\"class_name\":\"Zeros\",\"config\":{}}")]
    public void Its_twin_s_equal_is_read(string option) => Assert.Equal(0.6043430, Load<TwinLstm>("LSTM", "LSTM", option)[1], 1e-6);

    private static float[] Load<TModel>(string kind, string backward, string option) where TModel : class, IRecurrentModel<TModel>
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        var own = Forward.Replace("\"go_backwards\":false", "\"go_backwards\":true", StringComparison.Ordinal);
        var layers = "[{\"class_name\":\"Bidirectional\",\"config\":{\"name\":\"b\",\"merge_mode\":\"concat\",\"layer\":{\"class_name\":\""
            + kind + "\",\"config\":{" + Forward + "}},\"backward_layer\":{\"class_name\":\"" + backward + "\",\"config\":{" + own + "," + option + "}}}}]";
        var gates = kind == "GRU" ? 3 : 4;
        (float, int[])[] weights = [(1, [1, gates]), (0, [1, gates]), (0, kind == "GRU" ? [2, gates] : [gates])];
        RawKeras.Write(path, "3.15.1", layers, root =>
        {
            root.Add("layers/bidirectional/forward_layer/cell", weights);
            root.Add("layers/bidirectional/backward_layer/cell", weights);
        });
        return RawKeras.Predict(TModel.Load(path), [1, 2], 2);
    }
}
