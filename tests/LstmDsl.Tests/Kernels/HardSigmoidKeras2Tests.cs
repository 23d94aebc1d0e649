using System.Numerics;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>What Keras 2 calls a hard sigmoid, clip(0.2x + 0.5), on each backend of the host; Keras 3 cannot say what it should be.</summary>
public sealed class HardSigmoidKeras2Tests
{
    private static readonly float[] Inputs = [-100, -3, -2.75f, -2, -1, -0.5f, 0, 0.25f, 0.5f, 1, 2, 2.25f, 2.75f, 3, 100, 1e30f, -1e30f];

    [Fact]
    public void Values_and_slopes_are_those_of_the_formula()
    {
        Check<ReferenceBackend<double>, double>(1e-15);
        Check<ReferenceBackend<float>, float>(6e-8);
        Check<CpuBackend<Lanes128>, float>(6e-8);
        Check<CpuBackend<Lanes256>, float>(6e-8);
        Check<CpuBackend<Lanes512>, float>(6e-8);
    }

    [Fact]
    public void It_is_told_from_one_number_and_from_the_output()
    {
        Assert.False(Activation.HardSigmoidKeras2.WorksOnRows());
        Assert.False(Activation.HardSigmoidKeras2.NeedsInput());
        Assert.True(Activation.Softmax.WorksOnRows());
        Assert.True(Activation.LogSoftmax.WorksOnRows());
    }

    private static unsafe void Check<TBackend, T>(double tolerance)
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = Inputs.Length;
        DrawnShape.Current = new DrawnShape(count, count) { Activation = Activation.HardSigmoidKeras2 };
        var activations = new AlignedBlock<T>(4 * count);
        var offsets = new WeightlessOffsets { Input = 0, Output = count, OutputGradient = 2 * count, InputGradient = 3 * count };
        BatchGather.Convert<T>(Inputs, activations.Pointer);
        for (var i = 0; i < count; i++)
            activations.Pointer[offsets.OutputGradient + i] = T.CreateTruncating(3);
        var backend = TBackend.Over(new HostBlocks<T> { Parameters = null, Activations = activations.Pointer, Shares = 1 });
        backend.ActivationForward<DrawnActivation>(offsets, 1);
        backend.ActivationBackward<DrawnActivation>(offsets, 1);
        for (var i = 0; i < count; i++)
        {
            var x = (double)Inputs[i];
            var (y, slope) = (Math.Clamp((0.2 * x) + 0.5, 0, 1), Math.Abs(x) < 2.5 ? 0.2 : 0);
            Assert.Equal(y, double.CreateTruncating(activations.Pointer[offsets.Output + i]), tolerance);
            Assert.Equal(3 * slope, double.CreateTruncating(activations.Pointer[offsets.InputGradient + i]), 4 * tolerance);
        }
    }
}
