using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>Weights that the build compiled in.</summary>
public sealed class CompiledWeightsTests
{
    [Fact]
    public void A_model_is_made_of_a_resource_without_a_file()
    {
        // The file's values count up in 64ths from −1/2 and begin anew after 64 of them, through all tensors.
        var model = CompiledIn.Load();
        Assert.Equal(Values(from: 0, count: 12), model.Lstm.Kernel.ToArray());
        Assert.Equal(Values(from: 12, count: 36), model.Lstm.RecurrentKernel.ToArray());
        Assert.Equal(Values(from: 48, count: 12), model.Lstm.Bias.ToArray());
        Assert.Equal(Values(from: 60, count: 3), model.Dense.Kernel.ToArray());
        Assert.Equal(Values(from: 63, count: 1), model.Dense.Bias.ToArray());
    }

    [Fact]
    public void A_missing_resource_is_named()
    {
        var problem = Assert.Throws<InvalidDataException>(() => ModelFiles.LoadResource<CompiledIn>(typeof(CompiledIn).Assembly, "nothing"));
        Assert.Contains("has no resource 'nothing'", problem.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<float> Values(int from, int count) => Enumerable.Range(from, count).Select(index => ((index % 64) - 32) / 64f);
}

/// <summary>Its weights are those of data/compiled-in.safetensors.</summary>
[Input(8, 1)]
[Lstm(3)]
[Dense(1)]
internal sealed partial class CompiledIn;
