using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>What is refused, and that nothing is written then.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(16)]
    [InlineData(23)]
    public void An_unknown_operator_set_is_refused(int opset)
    {
        var exception = Refused<ArgumentOutOfRangeException>(new() { Opset = opset });
        Assert.Contains(FormattableString.Invariant($"17 to 22 can be written; found {opset}"), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_without_samples_is_refused() =>
        Assert.Contains("found 0", Refused<ArgumentOutOfRangeException>(new() { BatchSize = 0 }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_layer_that_ONNX_lacks_is_refused_by_name()
    {
        var summary = new LayerPlan("attention", new GroupedQueryAttentionAttribute(), [20, 1], ParameterCount: 0);
        var layer = new LayerSource(summary, Exported.StateOf(new Lstm20Dense1(seed: 1)));
        var exception = Assert.Throws<NotSupportedException>(
            () => OnnxLayers.Write(new OnnxGraph("model"), layer, new OnnxValue("input", Timesteps: 20, Width: 1)));
        Assert.Contains("'attention' is a GroupedQueryAttention", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_named()
    {
        var exception = Assert.Throws<DirectoryNotFoundException>(
            () => new Lstm20Dense1(seed: 1).ExportOnnx(folder.File(Path.Combine("nowhere", "model.onnx"))));
        Assert.Contains("nowhere", exception.Message, StringComparison.Ordinal);
    }

    private TException Refused<TException>(OnnxOptions options) where TException : Exception
    {
        var exception = Assert.Throws<TException>(() => new Lstm20Dense1(seed: 1).ExportOnnx(folder.File("model.onnx"), options));
        Assert.Empty(folder.Names);
        return exception;
    }
}

/// <summary>A layer that there is not.</summary>
internal sealed class GroupedQueryAttentionAttribute : LayerAttribute
{
    internal override string Kind => "GroupedQueryAttention";
}
