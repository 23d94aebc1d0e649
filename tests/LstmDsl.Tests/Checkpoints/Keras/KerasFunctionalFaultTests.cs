using System.Text.Json;

namespace LstmDsl.Tests;

[Input(4, 2, Name = "One"), Lstm(2, Name = "A")]
[Input(4, 2, Name = "Two"), Lstm(2)]
[Add("A"), Dense(1)]
internal sealed partial class TwoOfOneShape;

[Input(4, 2), Masking, Lstm(2, ReturnSequences = true), Gru(2), Dense(1)]
internal sealed partial class MaskedChain;

#pragma warning disable LSTM023 // that the mask ends behind both is what makes one model of them
[Input(5, 4), Masking(Name = "Kept"), MultiHeadAttention(2, 3), Add("Kept"), LayerNormalization]
[MultiHeadAttention(2, 3), Flatten, Dense(1)]
internal sealed partial class TwoMaskedHeads;
#pragma warning restore LSTM023

/// <summary>What a Functional may be that no declaration says: refused by the name of the layer, with what it takes.</summary>
public sealed class KerasFunctionalFaultTests
{
    private const string Inputs =
        """
        {"class_name":"InputLayer","name":"i","config":{"name":"i","batch_shape":[null,4,2]},"inbound_nodes":[]},
        {"class_name":"InputLayer","name":"j","config":{"name":"j","batch_shape":[null,4,2]},"inbound_nodes":[]}
        """;

    [Theory]
    [InlineData("""[[["i",0,0,{}]],[["j",0,0,{}]]]""", "'d' is called 2 times, with the same weights each time.")]
    [InlineData("""[[["i",0,0,{}],["j",0,0,{}]]]""", "'d' takes 'i' and 'j', and Dense takes one output.")]
    [InlineData("""[[["i",1,0,{}]]]""", "'d' takes a second call of 'i', and a layer here has one place.")]
    [InlineData("""[[["i",0,1,{}]]]""", "'d' takes a state of 'i' as its input, which has no counterpart here.")]
    [InlineData("""[{"args":[["i",0,0],["j",0,0]],"kwargs":{}}]""", "'d' is called with a further argument of 'j', which has no counterpart here.")]
    [InlineData("""[{"args":[["i",0,0]],"kwargs":{"initial_state":[["j",0,0]]}}]""", "'d' is called with initial_state= of 'j', which has no counterpart here.")]
    [InlineData("""[[["i",0,0,{"initial_state":["j",0,1]}]]]""", "'d' is called with initial_state= of 'j', which has no counterpart here.")]
    [InlineData("""[[["d",0,0,{}]]]""", "'d' takes what follows from itself.")]
    [InlineData("""[[["i",0,0,{}]]]""", "its output does not follow from its input 'j', and an input that nobody reads has no counterpart here.")]
    public void A_call_that_cannot_be_declared_is_refused(string inbound, string reason) => Refused(
        Inputs + ",{\"class_name\":\"Dense\",\"name\":\"d\",\"config\":{\"name\":\"d\",\"units\":1},\"inbound_nodes\":" + inbound + "}", reason);

    [Fact]
    public void Two_layers_of_one_name_are_refused() => Refused(
        Inputs + """,{"class_name":"Add","config":{"name":"j"},"inbound_nodes":[[["i",0,0,{}],["j",0,0,{}]]]}""", "it has two layers named 'j'.");

    [Fact]
    public void An_operation_between_layers_is_refused() => Refused(
        Inputs
        + """,{"module":"keras.src.ops.numpy","class_name":"Add","name":"add","config":{"name":"add"},"inbound_nodes":[{"args":[["i",0,0],["j",0,0]],"kwargs":{}}]}"""
        + """,{"class_name":"Dense","config":{"name":"d","units":1},"inbound_nodes":[{"args":[["add",0,0]],"kwargs":{}}]}""",
        "'d' takes what the operation 'add' (Add) gives; layers alone have a counterpart here, keras.layers.Add for a + b.");

    [Fact]
    public void Another_graph_is_shown_with_what_each_takes()
    {
        using var folder = new TemporaryFolder();
        TwoOfOneShape.Create(1).Save(folder.File("model.keras"));
        var text = Assert.Throws<InvalidDataException>(() => FunctionalSubtract.Load(folder.File("model.keras"))).Message;
        Assert.Equal(
            $"""
            '{folder.File("model.keras")}' holds another model than FunctionalSubtract; the first difference is marked:
              file                 | FunctionalSubtract
            > 1 InputLayer (4, 2)  | 1 InputLayer (6, 2)
              2 LSTM units=2 of 1  | 2 LSTM units=3 of 1
              3 InputLayer (4, 2)  | 3 GRU units=3 of 1
              4 LSTM units=2 of 3  | 4 Subtract of 2, 3
              5 Add of 2, 4        | 5 Dense units=2 of 4
              6 Dense units=1 of 5 |

            The declaration that fits the file:

            [Input(4, 2, Name = "one")]
            [Lstm(2, Name = "a")]
            [Input(4, 2, Name = "two")]
            [Lstm(2)]
            [Add("a")]
            [Dense(1)]
            public sealed partial class Model;

            """.ReplaceLineEndings("\n"),
            text);
    }

    /// <summary>There the first's masks are lost on the second, which would count padding.</summary>
    [Fact]
    public void Heads_whose_masks_Keras_loses_are_neither_written_nor_read()
    {
        using var folder = new TemporaryFolder();
        var model = TwoMaskedHeads.Create(1);
        const string reason = "'multi_head_attention' and 'multi_head_attention_1' both look at which timesteps are padding.";
        var fault = Assert.Throws<ArgumentException>(() => model.Save(folder.File("model.keras")));
        Assert.Contains($"A .keras file cannot hold TwoMaskedHeads: {reason}", fault.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);

        model.Save(folder.File("model.safetensors"));
        TwoMaskedHeads.Load(folder.File("model.safetensors")).Save(folder.File("again.safetensors"));
        Assert.Equal(File.ReadAllBytes(folder.File("model.safetensors")), File.ReadAllBytes(folder.File("again.safetensors")));

        var read = Assert.Throws<InvalidDataException>(() => TwoMaskedHeads.Load(new FunctionalCase("heads_stacked_masked").Path));
        Assert.Contains($"is not, though its layers are the same: {reason}", read.Message, StringComparison.Ordinal);
    }

    /// <summary>Both branches are alike, so that nothing but the names says which input is meant for which.</summary>
    [Fact]
    public void Inputs_that_have_changed_places_are_refused()
    {
        using var folder = new TemporaryFolder();
        TwoOfOneShape.Create(1).Save(folder.File("model.keras"));
        using var written = JsonDocument.Parse(KerasFormat.Open(folder.File("model.keras")).Architecture!.Value.GetRawText()
            .Replace("\"one\"", "\"three\"", StringComparison.Ordinal).Replace("\"two\"", "\"one\"", StringComparison.Ordinal)
            .Replace("\"three\"", "\"two\"", StringComparison.Ordinal));
        var fault = Assert.Throws<InvalidDataException>(() => Check<TwoOfOneShape>(written.RootElement));
        Assert.Contains("the model's take from 'one', and the model has an input 'two', too", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"keras_history\":[\"not_equal\",0,0]", "\"keras_history\":[\"not_equal\",0,0]", null)]
    [InlineData("\"mask\":{", "\"mask\":null,\"was\":{", "'gru' is called with was= of 'any_1', which has no counterpart here.")]
    [InlineData("}},0.0],", "}},1.0],", "'left_states' is called with a mask, 'any', that is not the one of what it takes.")]
    [InlineData("\"class_name\":\"NotEqual\"", "\"class_name\":\"Equal\"", "'left_states' is called with a mask, 'any', that is not the one of what it takes.")]
    public void A_mask_is_the_one_that_follows_from_the_layers(string text, string changed, string? reason)
    {
        using var folder = new TemporaryFolder();
        FunctionalMasksAdd.Create(1).Save(folder.File("model.keras"));
        var configuration = KerasFormat.Open(folder.File("model.keras")).Architecture!.Value.GetRawText();
        Assert.Contains(text, configuration, StringComparison.Ordinal);
        var at = reason?.StartsWith("'gru'", StringComparison.Ordinal) ?? false
            ? configuration.IndexOf(text, configuration.IndexOf("\"name\":\"gru\"", StringComparison.Ordinal), StringComparison.Ordinal)
            : configuration.IndexOf(text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(configuration[..at] + changed + configuration[(at + text.Length)..]);
        if (reason is null)
            Check<FunctionalMasksAdd>(json.RootElement);
        else
            Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Check<FunctionalMasksAdd>(json.RootElement)).Message, StringComparison.Ordinal);
    }

    /// <summary>Keras makes masks itself where a call has none, and so wrote older versions.</summary>
    [Fact]
    public void A_chain_in_a_Functional_is_read_with_its_masks_and_without()
    {
        const string Chain =
            """
            {"class_name":"Functional","config":{"layers":[
             {"class_name":"InputLayer","name":"i","config":{"name":"i","batch_shape":[null,4,2]},"inbound_nodes":[]},
             {"module":"keras.src.ops.numpy","class_name":"NotEqual","name":"ne","config":{},"inbound_nodes":[{"args":[["i",0,0],0.0],"kwargs":{}}]},
             {"class_name":"Masking","name":"m","config":{"name":"m"},"inbound_nodes":[{"args":[["i",0,0]],"kwargs":{}}]},
             {"module":"keras.src.ops.numpy","class_name":"Any","name":"any","config":{},"inbound_nodes":[{"args":[["ne",0,0]],"kwargs":{}}]},
             {"class_name":"LSTM","name":"l","config":{"name":"l","units":2,"return_sequences":true},"inbound_nodes":[{"args":[["m",0,0]],"kwargs":{"mask":["any",0,0],"training":false}}]},
             {"class_name":"GRU","name":"g","config":{"name":"g","units":2},"inbound_nodes":[{"args":[["l",0,0]],"kwargs":{"mask":null}}]},
             {"class_name":"Dense","name":"d","config":{"name":"d","units":1},"inbound_nodes":[{"args":[["g",0,0]],"kwargs":{}}]}
            ],"input_layers":["i",0,0],"output_layers":["d",0,0]}}
            """;
        using var json = JsonDocument.Parse(Chain);
        Check<MaskedChain>(json.RootElement);
    }

    private static void Refused(string layers, string reason)
    {
        var fault = Assert.Throws<InvalidDataException>(() =>
        {
            using var json = JsonDocument.Parse("{\"class_name\":\"Functional\",\"config\":{\"layers\":[" + layers + "]}}");
            KerasArchitecture.Read(json.RootElement, KerasVersion.Three, "file");
        });
        Assert.StartsWith("'file': ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    private static void Check<TModel>(JsonElement model) where TModel : class, IRecurrentModel<TModel> =>
        KerasComparison.Check(KerasArchitecture.Read(model, KerasVersion.Three, "file"), TModel.Plan, "file");
}
