namespace LstmDsl.Tests;

[Input(6, 3), MinGru(5, ReturnSequences = true), MinGru(4), Dense(2)]
internal sealed partial class MinimalStack;

[Input(3, 1), MinGru(1), Kernel(Init.Ones), Bias(Init.Zeros)]
internal sealed partial class MinimalOne;

[Input(6, 3), Bidirectional, MinGru(4), Dense(2)]
internal sealed partial class MinimalBothWays;

/// <summary>A minimal GRU where its kernel's tests do not look: in a model, in streams, in files.</summary>
public sealed class MinGruTests
{
    [Fact]
    public void ItsFormulasAreThoseOfThePaper()
    {
        // One unit, both columns of the kernel 1: z = sigmoid(x), h = (1 - z) h + z x.
        float[] x = [0.5f, -2f, 1.5f];
        var h = 0.0;
        foreach (var value in x)
        {
            var z = 1 / (1 + Math.Exp(-value));
            h = ((1 - z) * h) + (z * value);
        }

        Assert.Equal(h, new MinimalOne(seed: 1).Predict(x), tolerance: 1e-6);
    }

    [Fact]
    public void ItHasAKernelAndABiasAndNothingElse()
    {
        var model = new MinimalStack(seed: 1);
        Assert.Equal((3, 10), (model.MinGru.Kernel.Rows, model.MinGru.Kernel.Columns));
        Assert.Equal((1, 10), (model.MinGru.Bias.Rows, model.MinGru.Bias.Columns));
        var problem = Assert.Throws<InvalidOperationException>(() => model.MinGru.RecurrentKernel);
        Assert.Contains("no recurrent kernel", problem.Message, StringComparison.Ordinal);
        Assert.Equal((3 * 10) + 10 + (5 * 8) + 8 + (4 * 2) + 2, MinimalStack.ParameterCount);
        Assert.Contains("min_gru_1 (MinGRU)", MinimalStack.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void AStreamGivesTheBitsOfTheWindow()
    {
        var model = new MinimalStack(seed: 5);
        float[] window = [.. Enumerable.Range(0, 18).Select(index => MathF.Sin(index))];
        var (expected, output) = (new float[2], new float[2]);
        model.Predict(window, expected);
        var state = model.CreateState();
        for (var t = 0; t < 6; t++)
            model.Step(ref state, window.AsSpan(t * 3, 3), output);
        Assert.Equal(expected, output);
    }

    [Fact]
    public void TrainingLowersTheLossTheSameWayOnOneThreadAndOnMany()
    {
        var one = Losses(threads: 1);
        Assert.True(one[^1] < one[0] / 2, $"The loss went from {one[0]} to {one[^1]}.");
        Assert.Equal(one, Losses(threads: 3));
    }

    [Theory]
    [InlineData(".keras")]
    [InlineData(".weights.h5")]
    public void FilesOfKerasRefuseItByName(string extension)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + extension);
        var one = Assert.Throws<ArgumentException>(() => new MinimalStack(1).Save(path));
        Assert.Contains("'min_gru' is a MinGRU", one.Message, StringComparison.Ordinal);
        var both = Assert.Throws<ArgumentException>(() => new MinimalBothWays(1).Save(path));
        Assert.Contains("'bidirectional' is a MinGRU", both.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void PyTorchHasNoModuleForIt()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");
        var one = Assert.Throws<ArgumentException>(() => PyTorch.Save(new MinimalStack(1), path));
        Assert.Contains("'min_gru' is a MinGRU", one.Message, StringComparison.Ordinal);
        var both = Assert.Throws<ArgumentException>(() => PyTorch.Save(new MinimalBothWays(1), path));
        Assert.Contains("'bidirectional' is a MinGRU", both.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    private static IReadOnlyList<double> Losses(int threads)
    {
        var (x, y) = RandomSamples.For(MinimalStack.Shape, samples: 40);
        var trainer = new MinimalStack.Trainer(new(seed: 2), new CpuDevice(threads))
        {
            Optimizer = new Adam(0.02),
            Loss = Loss.MeanSquaredError,
        };
        return trainer.Fit(x, y, batchSize: 10, epochs: 150, verbose: 0)["loss"];
    }
}
