using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

public sealed class CheckpointFormatTests
{
    /// <summary>A plan without layers: the format here does not look at it.</summary>
    private static readonly ModelPlan Plan = new()
    {
        Name = "Nothing",
        Shape = new(1, 1, 1, 1, ReturnsSequences: false),
        ParameterCount = 0,
        ParameterFloats = 0,
        Tensors = [],
        Layers = [],
        Training = default,
        Inference = default,
    };

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("folder.keras/WEIGHTS.SAFETENSORS")]
    public void The_extension_names_the_format(string path) => Assert.IsType<SafetensorsFormat>(CheckpointFormat.For(path));

    [Theory]
    [InlineData("weights.pt", "'weights.pt' has the extension '.pt', which names no checkpoint format. Known: .safetensors, .keras, .h5.")]
    [InlineData("folder.safetensors/weights", "'folder.safetensors/weights' has no extension, which names no checkpoint format. Known: .safetensors, .keras, .h5.")]
    public void An_unknown_extension_lists_the_known_ones(string path, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => CheckpointFormat.For(path)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_path_is_needed() => Assert.Throws<ArgumentException>(() => CheckpointFormat.For(""));

    [Fact]
    public void A_whole_checkpoint_comes_back()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("whole.safetensors");
        CheckpointMetadata metadata = new() { LibraryVersion = "0.1.0", ModelName = "JenaModel", PipelineJson = """{"columns":["temp_max"]}""" };
        CheckpointFormat.For(path).Write(path, new() { Tensors = [new("dense.bias", [2], new[] { 1f, 2f })], Metadata = metadata.ToJson() }, Plan);

        var content = CheckpointFormat.For(path).Read(path, Plan);
        Assert.Equal(metadata, CheckpointMetadata.FromJson(content.Metadata!, path));
        Assert.Equal(new[] { 1f, 2f }, Assert.Single(content.Tensors).Values);
    }
}
