using System.Text;
using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>What the export says of what it refuses, in one text, as of files and series.</summary>
public sealed class MessageTests
{
    [Fact]
    public void Every_message_of_the_export()
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder();
        text.AppendMessages(folder, "ONNX", Of(folder));
        text.RequireExpected();
        Snapshot.Verify(text.ToString(), "txt");
    }

    private static IEnumerable<MessageCase> Of(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder.File("taken.onnx"));
        Action Export(string path, OnnxOptions? options = null, Pipeline? pipeline = null) => () =>
        {
            var model = new Lstm20Dense1(seed: 1);
            Exported.StateOf(model).Pipeline = pipeline;
            model.ExportOnnx(folder.File(path), options);
        };
        yield return new("an older operator set", Export("model.onnx", new() { Opset = 16 }));
        yield return new("a newer operator set", Export("model.onnx", new() { Opset = 23 }));
        yield return new("a batch of no samples", Export("model.onnx", new() { BatchSize = 0 }));
        yield return new("a folder that there is not", Export("none/model.onnx"));
        yield return new("a folder in the file's place", Export("taken.onnx"));
        yield return new("a pipeline that there is not", Export("model.onnx", new() { IncludePipeline = true }));
        yield return new("a pipeline of other columns", Export("model.onnx", new() { IncludePipeline = true }, new(["a", "b"], ["a"], 20)));
        yield return new("a layer that ONNX has not", () => OnnxLayers.Write(
            new OnnxGraph("model"),
            new LayerSource(new LayerPlan("attention", new GroupedQueryAttentionAttribute(), [20, 1], ParameterCount: 0), Exported.StateOf(new Lstm20Dense1(seed: 1))),
            new OnnxValue("input", Timesteps: 20, Width: 1)));
    }
}
