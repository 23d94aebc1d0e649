using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>The CPU's losses against the reference in double, and against themselves in every width.</summary>
public sealed class LossKernelTests
{
    public static TheoryData<string> Cases => [.. LossCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheReference(string name)
    {
        foreach (var rows in new[] { 1, 2, 3, 5, 8, 21, 37 })
        {
            var (expected, gradient) = Run<ReferenceBackend<double>, double>(name, rows, weighted: true);
            var (loss, found) = Run<CpuBackend<Lanes512>, float>(name, rows, weighted: true);

            // A few ulps of float for each operation of a formula, of which the longest has some twenty.
            Close.Relative([expected], [loss], 2e-6, $"{name}, {rows} rows");
            Close.Relative(gradient, found, 2e-6, $"{name}, gradient of {rows} rows");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void HasTheSameBitsInEveryWidth(string name)
    {
        foreach (var weighted in new[] { false, true })
        {
            var expected = Run<CpuBackend<Lanes512>, float>(name, 37, weighted);
            Equal(expected, Run<CpuBackend<Lanes256>, float>(name, 37, weighted));
            Equal(expected, Run<CpuBackend<Lanes128>, float>(name, 37, weighted));
        }
    }

    private static void Equal((double Loss, double[] Gradient) expected, (double Loss, double[] Gradient) found)
    {
        Assert.Equal(expected.Loss, found.Loss);
        Assert.Equal(expected.Gradient, found.Gradient);
    }

    private static (double Loss, double[] Gradient) Run<TBackend, T>(string name, int rows, bool weighted)
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var (loss, columns, targets, predictions) = LossCases.All[name];
        var numbers = new TestNumbers((ulong)(name.Length + rows));
        var run = new LossRun<TBackend, T>(
            LossCases.Take(ref numbers, rows * loss.TargetColumns(columns), targets),
            LossCases.Take(ref numbers, rows * columns, predictions),
            columns,
            weighted ? LossCases.Take(ref numbers, rows, LossCases.Positive) : []);
        return (run.Loss(loss), run.Gradient);
    }
}
