using System.IO.Compression;
using System.Text.Json.Nodes;

namespace LstmDsl.Generators.Tests;

/// <summary>
/// A printed declaration takes several inputs in the order in which Keras's model does, whatever order its layers read them in: files of
/// Keras's whose <c>input_layers</c> are given every order predict what Keras did of samples in that order.
/// </summary>
public sealed class KerasInputOrderTests
{
    private const string Configuration = "config.json";

    private const string Layers =
        """
        {"class_name":"InputLayer","name":"i","config":{"name":"i","batch_shape":[null,4,2]},"inbound_nodes":[]},
        {"class_name":"InputLayer","name":"j","config":{"name":"j","batch_shape":[null,4,2]},"inbound_nodes":[]},
        {"class_name":"Dense","name":"first","config":{"name":"first","units":2},"inbound_nodes":[[["i",0,0,{}]]]},
        {"class_name":"Dense","name":"second","config":{"name":"second","units":2},"inbound_nodes":[[["first",0,0,{}]]]},
        {"class_name":"Subtract","name":"less","config":{"name":"less"},"inbound_nodes":[[["first",0,0,{}],["j",0,0,{}]]]},
        {"class_name":"Multiply","name":"all","config":{"name":"all"},"inbound_nodes":[[["less",0,0,{}],["second",0,0,{}]]]}
        """;

    [Theory]
    [InlineData("numbered_by_depth", "short long")]
    [InlineData("numbered_by_depth", "long short")]
    [InlineData("compiled_branches", "long short")]
    [InlineData("attention_scaled_keys", "memory plan")]
    [InlineData("attention_scaled_keys", "plan memory")]
    [InlineData("heads_cross", "memory plan")]
    [InlineData("heads_cross", "plan memory")]
    [InlineData("initial_state_lstm", "history plan")]
    [InlineData("initial_state_lstm", "plan history")]
    [InlineData("masks_subtract", "right left")]
    [InlineData("concatenate_timesteps", "future past")]
    [InlineData("masks_concatenate_timesteps", "last past future")]
    [InlineData("three_inputs", "history station plan")]
    [InlineData("three_inputs", "plan history station")]
    [InlineData("three_inputs", "plan station history")]
    [InlineData("three_inputs", "station history plan")]
    [InlineData("three_inputs", "station plan history")]
    public async Task Inputs_are_taken_in_the_order_of_the_file(string name, string order)
    {
        var inputs = order.Split(' ');
        await PredictsAsync(name, new JsonArray([.. inputs.Select(Place)]), inputs);
    }

    /// <summary>Keras takes a dictionary in the order of its keys, wherever they stand.</summary>
    [Fact]
    public async Task Inputs_of_a_dictionary_are_taken_in_the_order_of_its_keys() => await PredictsAsync(
        "numbered_by_depth", new JsonObject { ["short"] = Place("short"), ["long"] = Place("long") }, ["long", "short"]);

    [Theory]
    [InlineData(
        """[["i",0,0],["j",0,0]]""",
        """
        [Input(4, 2, Name = "i")]
        [Dense(2, Name = "first")]
        [Dense(2, Name = "second")]
        [Input(4, 2, Name = "j")]
        [Subtract("first", Name = "less")]
        [Multiply("less", "second", Name = "all")]
        """)]
    [InlineData(
        """[["j",0,0],["i",0,0]]""",
        """
        [Input(4, 2, Name = "j")]
        [Input(4, 2, Name = "i")]
        [Dense(2, Name = "first")]
        [Subtract("first", "j", Name = "less")]
        [From("first")]
        [Dense(2, Name = "second")]
        [Multiply("less", Name = "all")]
        """)]
    public async Task Branches_stand_in_the_order_of_the_inputs_and_compile(string inputs, string attributes)
    {
        var declaration = Declared(inputs);
        Assert.Equal($"{attributes}\npublic sealed partial class Model;\n".ReplaceLineEndings("\n"), declaration);
        Assert.Empty(await PrintedDeclaration.ErrorsAsync(declaration));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[["j",0,0]]""")]
    [InlineData("""[["j",0,0],["j",0,0]]""")]
    public void An_order_that_the_file_does_not_say_does_not_compile(string inputs) => Assert.Contains(
        "which order it takes its inputs", Assert.Single(PrintedDeclaration.SyntaxErrors(Declared(inputs))), StringComparison.Ordinal);

    /// <summary>Both inputs have one shape, so that nothing but their order tells them apart.</summary>
    [Theory]
    [InlineData("""[Input(4, 2, Name = "a")] [Flatten] [Dense(3, Name = "code")] [Input(4, 2, Name = "b")] [Lstm(3, Name = "encoder")] [Subtract("encoder", "code")]""")]
    [InlineData("""[Input(4, 2, Name = "b")] [Lstm(3, Name = "encoder")] [Input(4, 2, Name = "a")] [Flatten] [Dense(3)] [Subtract("encoder")]""")]
    [InlineData("""[Input(4, 2, Name = "a")] [Input(4, 2, Name = "b")] [Lstm(3, Name = "encoder")] [From("a")] [Lstm(3, InitialState = "encoder")]""")]
    [InlineData("""[Input(4, 2, Name = "b")] [Input(4, 2, Name = "a")] [Lstm(3, Name = "encoder")] [From("b")] [Lstm(3, InitialState = "encoder")]""")]
    public async Task The_declaration_printed_for_a_file_of_ours_predicts_what_ours_does(string attributes)
    {
        using var folder = new TemporaryFolder();
        var ours = await PrintedDeclaration.CompileAsync($"{attributes} [Dense(1)] public sealed partial class Model;");
        PrintedDeclaration.Save(ours, folder.File("model.keras"));
        var printed = await PrintedDeclaration.CompileAsync(PrintedDeclaration.Of(folder.File("model.keras")));
        float[] samples = [.. Enumerable.Range(0, 16).Select(i => i < 8 ? 1f : 0.1f * i)];
        var expected = PrintedDeclaration.Predict(ours, folder.File("model.keras"), samples, 1);
        Assert.Equal(expected, PrintedDeclaration.Predict(printed, folder.File("model.keras"), samples, 1));
        Assert.NotEqual(expected, PrintedDeclaration.Predict(printed, folder.File("model.keras"), [.. samples[8..], .. samples[..8]], 1));
    }

    private static JsonArray Place(string input) => new(input, 0, 0);

    private static string Declared(string inputs)
    {
        using var folder = new TemporaryFolder();
        KerasSample.WriteFunctional(folder.File("model.keras"), Layers, inputs, """["all",0,0]""");
        return PrintedDeclaration.Of(folder.File("model.keras"));
    }

    private static async Task PredictsAsync(string name, JsonNode inputLayers, IReadOnlyList<string> order)
    {
        using var folder = new TemporaryFolder();
        var functional = new FunctionalCase(name);
        var path = folder.File("model.keras");
        File.Copy(functional.Path, path);
        using (var file = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            var old = file.GetEntry(Configuration)!;
            JsonNode json;
            using (var stream = old.Open())
                json = JsonNode.Parse(stream)!;
            json["config"]!["input_layers"] = inputLayers;
            old.Delete();
            using var target = file.CreateEntry(Configuration, CompressionLevel.NoCompression).Open();
            target.Write(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
        }

        var declaration = PrintedDeclaration.Of(path);
        var model = await PrintedDeclaration.CompileAsync(declaration);
        var expected = functional.Prediction(0);
        var predicted = PrintedDeclaration.Predict(model, path, functional.Samples([.. order]), expected.Length);
        Close.Relative(expected, [.. predicted.Select(value => (double)value)], 2e-6, $"{name} of {string.Join(", ", order)}:\n{declaration}");
    }
}
