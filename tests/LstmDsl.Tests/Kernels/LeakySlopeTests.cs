using System.Numerics;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>A leaky relu with a slope of its own, as a layer may have it, on each backend of the host.</summary>
public sealed class LeakySlopeTests
{
    private static readonly float[] Inputs = [-100, -3, -1, -0.5f, -1e-30f, 0, 1e-30f, 0.25f, 0.5f, 1, 2, 3, 100, 1e30f, -1e30f, -7, 7];

    /// <summary>That of Keras's layer, the usual one, none at all, and one that makes more of what is negative.</summary>
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.2)]
    [InlineData(0)]
    [InlineData(1.5)]
    public void Values_and_slopes_are_those_of_the_formula(double slope)
    {
        Check<ReferenceBackend<double>, double>(slope, 1e-15);
        Check<ReferenceBackend<float>, float>(slope, 6e-8);
        Check<CpuBackend<Lanes128>, float>(slope, 6e-8);
        Check<CpuBackend<Lanes256>, float>(slope, 6e-8);
        Check<CpuBackend<Lanes512>, float>(slope, 6e-8);
    }

    private static unsafe void Check<TBackend, T>(double negativeSlope, double tolerance)
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = Inputs.Length;
        DrawnShape.Current = new DrawnShape(count, count) { Activation = Activation.LeakyRelu, NegativeSlope = negativeSlope };
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
            // As in Keras on TensorFlow, the slope is a float also where all else is double.
            double x = Inputs[i];
            var slope = x > 0 ? 1 : (double)(float)negativeSlope;
            AssertClose(slope * x, offsets.Output + i);
            AssertClose(3 * slope, offsets.InputGradient + i);
        }

        void AssertClose(double expected, int place) =>
            Assert.Equal(expected, double.CreateTruncating(activations.Pointer[place]), tolerance * Math.Abs(expected));
    }
}
