namespace LstmDsl.Tests;

/// <summary>What normalisation layers add to the variance is not in a state dict: PyTorch's own is not Keras's.</summary>
public sealed class PyTorchEpsilonTests : IDisposable
{
    private static readonly string Normalized = FaultFiles.Of("tln2.safetensors");

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_LayerNorm_of_PyTorch_s_predicts_the_same_where_its_epsilon_is_declared()
    {
        var model = NormalizedAsInPyTorch.Create(1);
        Assert.Empty(PyTorch.Load(model, Normalized, verbose: 0));
        Assert.Equal(-0.616145, FaultFiles.Predicted(model), FaultFiles.Tolerance);
    }

    [Fact]
    public void A_warning_names_the_epsilon_that_is_used_where_it_is_not_PyTorch_s()
    {
        var model = NormalizedAsInKeras.Create(1);
        Assert.Equal(
            $"'{Normalized}' does not say the epsilon of LayerNorm (1E-05 unless it was given another), for no state dict does; "
            + "'layer_normalization' computes with 0.001. Declare [LayerNormalization(Epsilon = 1e-5)], or whatever eps the module was made with.",
            Assert.Single(PyTorch.Load(model, Normalized, verbose: 0)));
        Assert.Equal(-0.613751, FaultFiles.Predicted(model), FaultFiles.Tolerance);
    }

    [Fact]
    public void Whoever_writes_a_state_dict_is_told_the_epsilon_that_PyTorch_s_module_must_have()
    {
        var path = folder.File("model.safetensors");
        Assert.Empty(PyTorch.Save(NormalizedAsInPyTorch.Create(1), path, verbose: 0));
        Assert.Equal(
            $"'{path}' does not say that 'layer_normalization' computes with an epsilon of 0.001, for no state dict does; make PyTorch's module "
            + "as LayerNorm(…, eps=0.001), which has 1E-05 otherwise.",
            Assert.Single(PyTorch.Save(NormalizedAsInKeras.Create(1), path, verbose: 0)));
    }

    [Fact]
    public void A_BatchNorm_is_no_exception()
    {
        var path = folder.File("model.safetensors");
        var written = Assert.Single(PyTorch.Save(BatchNormalizedAsInKeras.Create(1), path, verbose: 0));
        Assert.Contains("as BatchNorm1d(…, eps=0.001)", written, StringComparison.Ordinal);
        var read = Assert.Single(PyTorch.Load(BatchNormalizedAsInKeras.Create(2), path, verbose: 0));
        Assert.Contains("'batch_normalization' computes with 0.001. Declare [BatchNormalization(Epsilon = 1e-5)]", read, StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_are_printed_unless_verbose_is_0()
    {
        var before = Console.Error;
        using var printed = new StringWriter();
        try
        {
            Console.SetError(printed);
            PyTorch.Load(NormalizedAsInKeras.Create(1), Normalized, verbose: 0);
            Assert.DoesNotContain(Normalized, printed.ToString(), StringComparison.Ordinal);
            PyTorch.Load(NormalizedAsInKeras.Create(1), Normalized);
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.Contains($"warning: '{Normalized}' does not say the epsilon", printed.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
