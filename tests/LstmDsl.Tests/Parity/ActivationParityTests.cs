using System.Numerics;
using System.Text.Json;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>Every activation with its gradient as Keras computed it, on each backend.</summary>
public sealed class ActivationParityTests
{
    /// <summary>All cases of the index.</summary>
    public static TheoryData<string> Cases => [.. ParityIndex.Cases("activations").Select(ParityIndex.Name)];

    // Keras 3 does not have what Keras 2 called a hard sigmoid; HardSigmoidKeras2Tests look at it.
    [Fact]
    public void EveryActivationHasACase() => Assert.Equal(
        Enum.GetValues<Activation>().Where(activation => activation != Activation.HardSigmoidKeras2).Order(),
        ParityIndex.Cases("activations").Select(ActivationOf).Order());

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithKeras(string name)
    {
        Check<ReferenceBackend<double>, double>(name);
        Check<ReferenceBackend<float>, float>(name);
        Check<CpuBackend<Lanes128>, float>(name);
        Check<CpuBackend<Lanes256>, float>(name);
        Check<CpuBackend<Lanes512>, float>(name);
    }

    private static void Check<TBackend, T>(string name)
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parity = ParityCase.On<TBackend, T>("activations", name);
        var fixture = SafetensorsFixture.Load("activations", name);
        var (y, gradient) = Run<TBackend, T>(name, fixture.Doubles("upstream"));
        parity.AssertClose(fixture.Doubles("y"), y, "y");

        // The upstream gradient is no float: what its rounding alone changes is no error of the activation's.
        var expected = typeof(T) == typeof(double)
            ? fixture.Doubles("g")
            : Run<ReferenceBackend<double>, double>(name, [.. fixture.Floats("upstream").Select(value => (double)value)]).Gradient;
        parity.AssertClose(expected, gradient, "g");
    }

    private static unsafe (double[] Output, double[] Gradient) Run<TBackend, T>(string name, double[] upstream)
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var fixture = SafetensorsFixture.Load("activations", name);
        var x = fixture.Floats("x");
        var width = fixture.Shape("x")[^1];
        DrawnShape.Current = new DrawnShape(width, width) { Activation = ActivationOf(ParityIndex.Case("activations", name)) };

        var activations = new AlignedBlock<T>(4 * x.Length);
        var offsets = new WeightlessOffsets { Input = 0, Output = x.Length, OutputGradient = 2 * x.Length, InputGradient = 3 * x.Length };
        BatchGather.Convert<T>(x, activations.Pointer);
        for (var index = 0; index < upstream.Length; index++)
            activations.Pointer[offsets.OutputGradient + index] = T.CreateTruncating(upstream[index]);
        var backend = TBackend.Over(new HostBlocks<T> { Parameters = null, Activations = activations.Pointer, Shares = 1 });
        backend.ActivationForward<DrawnActivation>(offsets, x.Length / width);
        backend.ActivationBackward<DrawnActivation>(offsets, x.Length / width);
        return (Doubles(offsets.Output), Doubles(offsets.InputGradient));

        double[] Doubles(int from) => [.. activations.Span.Slice(from, x.Length).ToArray().Select(value => double.CreateTruncating(value))];
    }

    /// <summary>Keras's name with what it takes: <c>gelu</c> with <c>approximate</c> is one of its own here.</summary>
    private static Activation ActivationOf(JsonElement element)
    {
        var name = element.GetProperty("activation").GetString()!.Replace("_", "", StringComparison.Ordinal);
        var approximate = element.GetProperty("args").TryGetProperty("approximate", out var given) && given.GetBoolean();
        return Enum.Parse<Activation>(approximate ? name + "Tanh" : name, ignoreCase: true);
    }
}
