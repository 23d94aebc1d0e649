using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>Gradients against central differences in double, for every loss and for arguments that the parity cases lack.</summary>
public sealed class LossGradientTests
{
    private const int Rows = 5;

    public static TheoryData<string, Reduction, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, Reduction, bool>();
            foreach (var name in LossCases.All.Keys)
            {
                foreach (var reduction in Enum.GetValues<Reduction>())
                {
                    cases.Add(name, reduction, false);
                    cases.Add(name, reduction, true);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithCentralDifferences(string name, Reduction reduction, bool weighted)
    {
        var (loss, columns, targets, predictions) = LossCases.All[name];
        loss = loss with { Reduction = reduction };
        var numbers = new TestNumbers((ulong)name.Length);
        var run = new LossRun<ReferenceBackend<double>, double>(
            LossCases.Take(ref numbers, Rows * loss.TargetColumns(columns), targets),
            LossCases.Take(ref numbers, Rows * columns, predictions),
            columns,
            weighted ? LossCases.Take(ref numbers, Rows, LossCases.Positive) : []);
        run.Loss(loss, blockRows: 2);
        var gradient = run.Gradient;

        // A step of 1e-6 leaves an error of some 1e-10 by rounding and by the third derivative.
        const double Step = 1e-6;
        var differences = new double[gradient.Length];
        for (var index = 0; index < gradient.Length; index++)
        {
            var prediction = run.Predictions[index];
            run.Predictions[index] = prediction + Step;
            var above = run.Loss(loss);
            run.Predictions[index] = prediction - Step;
            var below = run.Loss(loss);
            run.Predictions[index] = prediction;
            differences[index] = (above - below) / (2 * Step);
        }

        Close.Relative(differences, gradient, 1e-7, name);
    }
}
