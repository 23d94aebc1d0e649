using System.Text.Json;

namespace LstmDsl.Tests;

public sealed class CheckpointMetadataTests
{
    private static CheckpointMetadata Whole => new()
    {
        LibraryVersion = "0.1.0",
        ModelName = "JenaModel",
        VectorWidth = 512,
        PipelineJson = """{"columns":["temp_max"],"mean":[16.4390829]}""",
        Training = new()
        {
            Optimizer = "rmsprop",
            HyperParameters = new Dictionary<string, double> { ["rho"] = 0.9, ["epsilon"] = 1e-7 },
            Iteration = 5_000_000_000,
            LearningRate = 0.1 + 0.2,
            Epoch = 12,
            Seed = -42,
            Callbacks = new Dictionary<string, IReadOnlyDictionary<string, double>>
            {
                ["early_stopping"] = new Dictionary<string, double> { ["best"] = double.PositiveInfinity, ["wait"] = 1, ["baseline"] = double.NaN },
                ["model_checkpoint"] = new Dictionary<string, double> { ["best"] = double.NegativeInfinity, ["zero"] = -0.0 },
                ["nothing"] = new Dictionary<string, double>(),
            },
        },
    };

    [Fact]
    public void Everything_comes_back()
    {
        var read = CheckpointMetadata.FromJson(Whole.ToJson(), "file");
        Assert.Equal(Whole with { Training = null }, read with { Training = null });
        var (expected, actual) = (Whole.Training!, read.Training!);
        Assert.Equal(
            (expected.Optimizer, expected.Iteration, expected.LearningRate, expected.Epoch, expected.Seed),
            (actual.Optimizer, actual.Iteration, actual.LearningRate, actual.Epoch, actual.Seed));
        Assert.Equal(expected.HyperParameters, actual.HyperParameters);
        Assert.Equal(expected.Callbacks.Keys, actual.Callbacks.Keys);
        Assert.All(expected.Callbacks, callback => Assert.Equal(callback.Value, actual.Callbacks[callback.Key]));
        Assert.True(double.IsNegative(actual.Callbacks["model_checkpoint"]["zero"]));
    }

    [Fact]
    public void What_is_not_there_stays_away()
    {
        CheckpointMetadata bare = new() { LibraryVersion = "0.1.0", ModelName = "M" };
        Assert.Equal("""{"format":1,"library_version":"0.1.0","model":"M"}""", bare.ToJson());
        Assert.Equal(bare, CheckpointMetadata.FromJson(bare.ToJson(), "file"));
    }

    [Fact]
    public void The_pipeline_stands_inside_as_JSON()
    {
        using var document = JsonDocument.Parse(Whole.ToJson());
        Assert.Equal("temp_max", document.RootElement.GetProperty("pipeline").GetProperty("columns")[0].GetString());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("")]
    public void A_pipeline_that_is_no_JSON_object_is_not_written(string pipeline) =>
        Assert.Throws<ArgumentException>(() => (Whole with { PipelineJson = pipeline }).ToJson());

    [Fact]
    public void A_newer_format_is_refused_by_name()
    {
        const string Newer = """{"format":2,"anything":"else"}""";
        var thrown = Assert.Throws<InvalidDataException>(() => CheckpointMetadata.FromJson(Newer, "best.safetensors"));
        Assert.Equal("'best.safetensors' was written by a newer LstmDsl (format 2; this library reads up to 1).", thrown.Message);
    }

    [Fact]
    public void Members_of_later_libraries_are_left_aside() =>
        Assert.Equal("M", CheckpointMetadata.FromJson("""{"format":1,"library_version":"9","model":"M","later":{"a":[1]}}""", "file").ModelName);

    [Theory]
    [InlineData("\"format\":1", "\"format\":0", "'format' in the metadata must be a whole number from 1 to 2147483647; found 0")]
    [InlineData("\"format\":1", "\"format\":\"1\"", "'format' in the metadata must be a whole number from 1 to 2147483647; found \"1\"")]
    [InlineData("\"format\":1,", "", "the metadata lacks its 'format'")]
    [InlineData("\"model\":\"JenaModel\"", "\"model\":7", "'model' in the metadata must be a text; found 7")]
    [InlineData("\"model\":\"JenaModel\"", "\"model\":\"\\ud800\"", "the metadata are not valid JSON")]
    [InlineData("\"model\":\"JenaModel\"", "\"model\":\"a\",\"model\":\"b\"", "the metadata are not valid JSON")]
    [InlineData("\"vector_width\":512", "\"vector_width\":-1", "'vector_width' in the metadata must be a whole number from 1")]
    [InlineData("\"pipeline\":{", "\"pipeline\":3,\"other\":{", "'pipeline' in the metadata must be a JSON object; found 3")]
    [InlineData("\"epoch\":12", "\"epoch\":1.5", "'epoch' in 'training' in the metadata must be a whole number from 0 to 2147483647; found 1.5")]
    [InlineData("\"seed\":-42", "\"seed\":3000000000", "'seed' in 'training' in the metadata must be a whole number from -2147483648 to 2147483647")]
    [InlineData("\"rho\":0.9", "\"rho\":\"much\"", "'rho' in 'hyper_parameters' in 'training' in the metadata must be a number; found \"much\"")]
    [InlineData("\"rho\":0.9", "\"rho\":1e999", "'rho' in 'hyper_parameters' in 'training' in the metadata must be a number; found 1e999")]
    [InlineData("\"wait\":1", "\"wait\":null", "'wait' in 'early_stopping' in 'callbacks' in 'training' in the metadata must be a number; found null")]
    public void A_wrong_member_is_named(string right, string wrong, string message)
    {
        var json = Whole.ToJson();
        Assert.Contains(right, json, StringComparison.Ordinal);
        var changed = json.Replace(right, wrong, StringComparison.Ordinal);
        var thrown = Assert.Throws<InvalidDataException>(() => CheckpointMetadata.FromJson(changed, "best.safetensors"));
        Assert.Contains("'best.safetensors'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var json = Whole.ToJson();
        for (var length = 0; length < json.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => CheckpointMetadata.FromJson(json[..length], "file"));
        }
    }
}
