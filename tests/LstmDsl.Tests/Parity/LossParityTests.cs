using System.Numerics;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>Every loss with its gradient, without and with sample weights, as Keras computed them, on each backend.</summary>
public sealed class LossParityTests
{
    /// <summary>The cases of the index, all of them.</summary>
    public static TheoryData<string> Cases => [.. ParityIndex.Cases("losses").Select(ParityIndex.Name)];

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
        var parity = ParityCase.On<TBackend, T>("losses", name);
        var loss = KerasLosses.Of(ParityIndex.Case("losses", name).GetProperty("loss"));
        var fixture = SafetensorsFixture.Load("losses", name);
        var columns = fixture.Shape("pred")[^1];
        foreach (var (suffix, weights) in new[] { ("", []), (".weighted", fixture.Floats("sample_weight")) })
        {
            var run = new LossRun<TBackend, T>(fixture.Floats("y"), fixture.Floats("pred"), columns, weights);
            foreach (var blockRows in new[] { run.Rows, 4 })
            {
                var what = $"blocks of {blockRows}{suffix}";
                var rounding = KerasLosses.Rounding(loss, run.MeanWeight);
                double[] expected = [fixture.Single("loss" + suffix) + rounding];
                parity.AssertClose(expected, [run.Loss(loss, blockRows)], $"loss, {what}");
                parity.AssertClose(fixture.Doubles("g" + suffix), run.Gradient, $"gradient, {what}");
            }
        }
    }
}
