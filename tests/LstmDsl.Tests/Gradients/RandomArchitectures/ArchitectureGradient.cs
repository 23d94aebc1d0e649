using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>
/// The gradient of an architecture against central differences, in double on the reference. Moved in a direction of ones and minus ones,
/// the loss must change by the sum of the gradients, each with its sign.
/// </summary>
internal sealed class ArchitectureGradient<TModel> where TModel : class, IRecurrentModel<TModel>
{
    private const int Samples = 3;

    /// <summary>Directions in which a tensor is moved. All of its weights take part in each, so that a wrong one shows.</summary>
    private const int Directions = 2;

    private readonly ModelPlan plan = TModel.Plan;
    private readonly ArchitectureSamples drawn;
    private readonly ProgramRun<TModel, ReferenceBackend<double>, double> run;
    private TestNumbers signs;

    private ArchitectureGradient(DrawnArchitecture architecture)
    {
        drawn = new(architecture, plan, Samples);
        run = new() { UsesBatchStatistics = architecture.UsesBatchStatistics };
        signs = new((ulong)architecture.Seed + 7);
    }

    /// <summary>Checks the gradients of all weights that are trained, and of the input where it has one.</summary>
    public static void Check(DrawnArchitecture architecture) => new ArchitectureGradient<TModel>(architecture).Check();

    private void Check()
    {
        var (_, loss, inputGradient) = Train();
        var gradients = plan.Tensors.Select(run.Gradient).ToArray();
        for (var tensor = 0; tensor < gradients.Length; tensor++)
        {
            if (plan.Tensors[tensor].IsTrained)
                Compare(plan.Tensors[tensor].Name, drawn.Weights[tensor], gradients[tensor], _ => true, loss);
        }

        if (inputGradient.Length > 0)
            Compare("the input", drawn.X, inputGradient, place => drawn.Counts[place], loss);
    }

    private void Compare(string what, float[] values, double[] gradient, Func<int, bool> moves, double loss)
    {
        for (var direction = 0; direction < Directions; direction++)
        {
            var steps = new int[values.Length];
            double expected = 0, magnitude = 1e-3;
            for (var place = 0; place < steps.Length; place++)
            {
                steps[place] = moves(place) ? 1 - (2 * signs.Between(0, 1)) : 0;
                expected += steps[place] * gradient[place];
                magnitude += Math.Abs(gradient[place]);
            }

            // Where relu or a maximum bends between the two ends, a shorter step most likely lies beside the bend; a wrong gradient stays
            // wrong.
            if (!Agrees(1f / (1 << 17), out _) && !Agrees(1f / (1 << 22), out var found))
                Assert.Fail(FormattableString.Invariant($"{what}: the gradient says {expected:e6}, central differences {found:e6}"));

            // The error of a difference is step² times the third derivative, which normalisation of nearly constant values drives high,
            // and some 1e-15 of the loss over the step.
            bool Agrees(float length, out double found)
            {
                found = (MovedLoss(values, steps, length) - MovedLoss(values, steps, -length)) / (2.0 * length);
                return Math.Abs(found - expected) <= (1e-6 * magnitude) + (1e-15 * Math.Abs(loss) / length);
            }
        }
    }

    private double MovedLoss(float[] values, int[] steps, float length)
    {
        var before = values.ToArray();
        for (var place = 0; place < values.Length; place++)
            values[place] += steps[place] * length;
        var loss = Train().Loss;
        before.CopyTo(values, 0);
        return loss;
    }

    private (double[] Prediction, double Loss, double[] InputGradient) Train()
    {
        for (var tensor = 0; tensor < drawn.Weights.Length; tensor++)
            run.SetWeight(plan.Tensors[tensor], drawn.Weights[tensor]);
        return run.Train(drawn.X, drawn.Y, Samples, drawn.Loss, drawn.SampleWeights);
    }
}
