using System.Numerics;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>Every loss with its gradient, without and with sample weights, as Keras computed them, on each backend.</summary>
public sealed class LossParityTests
{
    // Where no float32 error is recorded, float64 against float64 and a few ulps of float32.
    private const double DoubleTolerance = 1e-12;
    private const double FloatTolerance = 4e-7;

    /// <summary>The cases of the index, all of them.</summary>
    public static TheoryData<string> Cases => [.. ParityIndex.Cases("losses").Select(ParityIndex.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithKeras(string name)
    {
        Check<ReferenceBackend<double>, double>(name, DoubleTolerance);
        Check<ReferenceBackend<float>, float>(name, FloatTolerance);
        Check<CpuBackend<Lanes128>, float>(name, FloatTolerance);
        Check<CpuBackend<Lanes256>, float>(name, FloatTolerance);
        Check<CpuBackend<Lanes512>, float>(name, FloatTolerance);
    }

    private static void Check<TBackend, T>(string name, double tolerance)
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var loss = KerasLosses.Of(ParityIndex.Case("losses", name).GetProperty("loss"));
        var fixture = SafetensorsFixture.Load("losses", name);
        var columns = fixture.Shape("pred")[^1];
        foreach (var (suffix, weights) in new[] { ("", []), (".weighted", fixture.Floats("sample_weight")) })
        {
            var run = new LossRun<TBackend, T>(fixture.Floats("y"), fixture.Floats("pred"), columns, weights);
            foreach (var blockRows in new[] { run.Rows, 4 })
            {
                var what = $"{typeof(TBackend).Name}{suffix}, blocks of {blockRows}";
                var rounding = loss == Loss.LogCosh ? KerasLosses.RoundingOfLogTwo * run.MeanWeight : 0;
                double[] expected = [fixture.Single("loss" + suffix) + rounding];
                Close.Relative(expected, [run.Loss(loss, blockRows)], tolerance, $"loss, {what}");
                Close.Relative(fixture.Doubles("g" + suffix), run.Gradient, tolerance, $"gradient, {what}");
            }
        }
    }
}
