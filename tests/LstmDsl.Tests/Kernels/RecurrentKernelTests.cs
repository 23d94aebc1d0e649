using System.Runtime.InteropServices;

namespace LstmDsl.Tests;

/// <summary>What every recurrent kernel promises; each kind of layer is a class below.</summary>
public abstract class RecurrentKernelTests
{
    /// <summary>
    /// Sums of up to 80 terms of magnitude 1 err by some 80 · 2⁻²⁴ = 5e-6 in float at worst, and some timesteps carry that on; against
    /// double, 2e-5 of the largest magnitude leaves room for no wrong term.
    /// </summary>
    private const double Tolerance = 2e-5;

    public static TheoryData<int> Widths => [.. CpuBackends.Widths];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Forward_backward_and_gradients_agree_with_the_formulas_in_double(int bits)
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            using var layer = Draw(seed, bits);
            var reference = layer.RunReference();

            layer.Forward();
            Near.Assert("z or gates", reference.PreActivations, layer.PreActivations, Tolerance);
            reference.AssertStatesAgree(layer, Tolerance);
            Near.Assert("hidden", reference.Hidden, layer.Hidden, Tolerance);
            layer.Backward();
            Near.Assert("dz", reference.PreActivationGradient, layer.PreActivations, Tolerance);
            Near.Assert("dx", reference.InputGradient, layer.InputGradient, Tolerance);
            layer.Gradients();
            Near.Assert("dW", reference.KernelGradient, layer.KernelGradient, Tolerance);
            Near.Assert("dU", reference.RecurrentKernelGradient, layer.RecurrentKernelGradient, Tolerance);
            if (layer.Shape.UseBias) Near.Assert("db", reference.BiasGradient, layer.BiasGradient, Tolerance);
            layer.AssertGuardsStand();
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_prediction_that_uses_one_timesteps_place_gives_the_bits_of_training(int bits)
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            using var training = Draw(seed, bits);
            using var prediction = Make(training.Shape, training.Samples, training.Timesteps, bits, seed, prediction: true);
            training.Forward();
            prediction.Forward();
            AssertSameBits(training.LastHidden, prediction.LastHidden);
            if (training.Shape.ReturnSequences) AssertSameBits(training.Hidden, prediction.Hidden);
            prediction.AssertGuardsStand();
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_sample_gets_the_same_bits_alone_as_among_others(int bits)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            using var together = Draw(seed, bits);
            var (shape, samples, timesteps) = (together.Shape, together.Samples, together.Timesteps);
            together.Forward();
            var hidden = together.Hidden.ToArray();
            together.Backward();
            for (var sample = 0; sample < samples; sample++)
            {
                using var alone = Make(shape, 1, timesteps, bits, seed);
                together.Kernel.CopyTo(alone.Kernel);
                together.RecurrentKernel.CopyTo(alone.RecurrentKernel);
                together.Bias.CopyTo(alone.Bias);
                Pick(together.Input, alone.Input, sample, samples, shape.Inputs);
                Pick(together.OutputGradient, alone.OutputGradient, sample, samples, shape.Units);
                alone.Forward();
                AssertSameSample(hidden, alone.Hidden, sample, samples, shape.Units);
                alone.Backward();
                AssertSameSample(together.PreActivations, alone.PreActivations, sample, samples, together.PreActivations.Length / (timesteps * samples));
                AssertSameSample(together.InputGradient, alone.InputGradient, sample, samples, shape.Inputs);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Gradients_have_the_same_bits_however_many_share_them(int bits)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var expected = GradientsOf(seed, bits, shares: 1);
            foreach (var shares in new[] { 2, 3, 7, 40 }) AssertSameBits(expected, GradientsOf(seed, bits, shares));
        }
    }

    [Fact]
    public void A_forward_pass_has_the_same_bits_in_every_width()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            using var narrow = Draw(seed, 128);
            narrow.Forward();
            foreach (var bits in CpuBackends.Widths)
            {
                using var wide = Draw(seed, bits);
                wide.Forward();
                AssertSameBits(narrow.PreActivations, wide.PreActivations);
                AssertSameBits(narrow.Hidden, wide.Hidden);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Nothing_is_allocated(int bits)
    {
        using var layer = Draw(seed: 5, bits);
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            layer.Forward();
            layer.Backward();
            layer.Gradients();
        }
    }

    /// <summary>A layer of the kind.</summary>
    private protected abstract RecurrentCase Make(DrawnShape shape, int samples, int timesteps, int bits, ulong seed, bool prediction = false);

    private RecurrentCase Draw(ulong seed, int bits)
    {
        var numbers = new TestNumbers(seed * 7919);
        var gates = new[] { Activation.Sigmoid, Activation.HardSigmoid, Activation.Sigmoid, Activation.Tanh, Activation.Linear };
        var cells = new[] { Activation.Tanh, Activation.Linear, Activation.Tanh, Activation.Relu, Activation.Sigmoid };
        var kind = numbers.Between(0, 2) == 0 ? numbers.Between(0, 4) : 0;
        var shape = new DrawnShape(numbers.Between(0, 2) == 0 ? 1 : numbers.Between(1, 40), numbers.Between(1, 40))
        {
            RecurrentActivation = gates[kind],
            Activation = cells[kind],
            UseBias = numbers.Between(0, 3) > 0,
            ReturnSequences = numbers.Between(0, 1) > 0,
            GoBackwards = numbers.Between(0, 2) == 0,
        };
        return Make(shape, numbers.Between(1, 11), numbers.Between(1, 5), bits, seed);
    }

    private float[] GradientsOf(ulong seed, int bits, int shares)
    {
        using var layer = Draw(seed, bits);
        layer.Forward();
        layer.Backward();
        layer.KernelGradient.Fill(0.25f);
        layer.Gradients(shares);
        layer.AssertGuardsStand();
        return [.. layer.KernelGradient, .. layer.RecurrentKernelGradient, .. layer.BiasGradient];
    }

    private static void Pick(ReadOnlySpan<float> all, Span<float> one, int sample, int samples, int width)
    {
        for (var t = 0; t < one.Length / width; t++) all.Slice(((t * samples) + sample) * width, width).CopyTo(one.Slice(t * width, width));
    }

    private static void AssertSameSample(ReadOnlySpan<float> all, ReadOnlySpan<float> one, int sample, int samples, int width)
    {
        for (var t = 0; t < one.Length / width; t++)
        {
            AssertSameBits(all.Slice(((t * samples) + sample) * width, width), one.Slice(t * width, width));
        }
    }

    private static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.Equal(MemoryMarshal.Cast<float, int>(expected), MemoryMarshal.Cast<float, int>(actual));
}

public sealed class LstmKernelTests : RecurrentKernelTests
{
    private protected override RecurrentCase Make(DrawnShape shape, int samples, int timesteps, int bits, ulong seed, bool prediction = false) =>
        new LstmCase(shape, samples, timesteps, bits, seed, prediction);
}

public sealed class SimpleRnnKernelTests : RecurrentKernelTests
{
    private protected override RecurrentCase Make(DrawnShape shape, int samples, int timesteps, int bits, ulong seed, bool prediction = false) =>
        new SimpleRnnCase(shape, samples, timesteps, bits, seed, prediction);
}

public sealed class GruKernelTests : RecurrentKernelTests
{
    private protected override RecurrentCase Make(DrawnShape shape, int samples, int timesteps, int bits, ulong seed, bool prediction = false) =>
        new GruCase(shape, samples, timesteps, bits, seed, prediction);
}

public sealed class GruResetBeforeKernelTests : RecurrentKernelTests
{
    private protected override RecurrentCase Make(DrawnShape shape, int samples, int timesteps, int bits, ulong seed, bool prediction = false) =>
        new GruCase(shape with { ResetAfter = false }, samples, timesteps, bits, seed, prediction);
}

public sealed class MinGruKernelTests : RecurrentKernelTests
{
    private protected override RecurrentCase Make(DrawnShape shape, int samples, int timesteps, int bits, ulong seed, bool prediction = false) =>
        new MinGruCase(shape, samples, timesteps, bits, seed, prediction);
}
