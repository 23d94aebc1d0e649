using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

// Every kind of regulariser, on a layer that gives sequences, on one that gives its last timestep, and on the output.
[Input(5, 2)]
[Lstm(4, ReturnSequences = true, ActivityL1 = 0.05, ActivityL2 = 0.03), Kernel(L1 = 0.02, L2 = 0.04), Bias(L2 = 0.1)]
[Lstm(3, ActivityL2 = 0.2), RecurrentKernel(L1 = 0.03)]
[Dense(2, Activation = Activation.Tanh, ActivityL1 = 0.1), Kernel(L2 = 0.05), Bias(L1 = 0.07)]
internal sealed partial class RegularizedStack;

/// <summary>The gradient of the loss with its penalties against central differences, in double on the reference.</summary>
public sealed class RegularizerGradientTests
{
    [Fact]
    public void AgreesWithCentralDifferences() => Check<RegularizedStack>();

    private static void Check<TModel>() where TModel : class, IModelProgram<TModel>
    {
        const int Samples = 3;
        // Weights are floats, and so are the steps' ends; a difference divides by the step that was really made. The error is step² times
        // the third derivative, some 1e-7 here, and no weight or output is so near 0 that a step crosses the kink of its magnitude.
        const float Step = 1e-3f;
        const double Tolerance = 1e-5;
        var plan = TModel.Plan;
        var random = new Random(17);
        float[] Draw(int length) => [.. Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() + 0.1) * (random.Next(2) == 0 ? -1 : 1))];
        var weights = plan.Tensors.Select(tensor => Draw(tensor.Length)).ToArray();
        var (x, y) = (Draw(Samples * plan.Shape.InputLength), Draw(Samples * plan.Shape.OutputLength));
        var run = new ProgramRun<TModel, ReferenceBackend<double>, double>();
        double Loss()
        {
            for (var tensor = 0; tensor < weights.Length; tensor++)
                run.SetWeight(plan.Tensors[tensor], weights[tensor]);
            return run.Train(x, y, Samples, LstmDsl.Loss.MeanSquaredError).Loss;
        }

        Loss();
        var gradients = plan.Tensors.Select(run.Gradient).ToArray();
        for (var tensor = 0; tensor < weights.Length; tensor++)
        {
            for (var index = 0; index < weights[tensor].Length; index++)
            {
                ref var weight = ref weights[tensor][index];
                var before = weight;
                var (above, below) = (before + Step, before - Step);
                weight = above;
                var lossAbove = Loss();
                weight = below;
                var lossBelow = Loss();
                weight = before;
                Assert.Equal((lossAbove - lossBelow) / ((double)above - below), gradients[tensor][index], Tolerance);
            }
        }
    }
}
