namespace LstmDsl.Tests;

/// <summary>All models in ONNX's own checker, with inference of types and shapes.</summary>
public sealed class CheckerTests
{
    [Theory]
    [WithOnnxChecker]
    public void Every_model_passes(string version)
    {
        Assert.StartsWith("onnx ", version, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        var cases = NetworkCases.All.Concat(ExportedCases.All).ToList();
        foreach (var (name, export) in cases)
            export(new Into(folder), name);
        Assert.Equal(FormattableString.Invariant($"{cases.Count} checked"), OnnxChecker.Check(folder.Path));
    }

    private sealed class Into(TemporaryFolder folder) : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel> =>
            TModel.Create(seed: 1).ExportOnnx(folder.File($"{name}.onnx"));
    }
}
