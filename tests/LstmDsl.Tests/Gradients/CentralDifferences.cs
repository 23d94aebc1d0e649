using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>
/// The gradient of a whole program against central differences, in double on the reference, and the vector kernels against that.
/// </summary>
internal static class CentralDifferences
{
    private const int Samples = 3;

    /// <summary>Checks a model.</summary>
    /// <param name="input">What a window holds, given its sample and its place; random numbers unless it is given.</param>
    /// <param name="usesBatchStatistics">Whether batch normalisation takes the batch's moments.</param>
    public static void Check<TModel>(Func<int, int, float, float>? input = null, bool usesBatchStatistics = false)
        where TModel : class, IModelProgram<TModel>
    {
        // Weights are floats, and so are the steps' ends; a difference divides by the step that was really made. The error is step² times
        // the third derivative, some 1e-7 here (of stacks with skips and products a hundred times as much as of others), and no weight or output
        // is so near 0 that a step crosses the kink of its magnitude.
        const float Step = 1e-4f;
        const double Tolerance = 1e-5;
        var (x, y, weights, states) = Draw<TModel>(input);
        var plan = TModel.Plan;
        var run = new ProgramRun<TModel, ReferenceBackend<double>, double>
        {
            UsesBatchStatistics = usesBatchStatistics,
            StatesBefore = states,
        };
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
            if (!plan.Tensors[tensor].IsTrained)
                continue;

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

        CheckVectors<TModel, CpuBackend<Lanes128>>(gradients, input, usesBatchStatistics);
        CheckVectors<TModel, CpuBackend<Lanes256>>(gradients, input, usesBatchStatistics);
        CheckVectors<TModel, CpuBackend<Lanes512>>(gradients, input, usesBatchStatistics);
    }

    private static void CheckVectors<TModel, TBackend>(double[][] expected, Func<int, int, float, float>? input, bool usesBatchStatistics)
        where TModel : class, IModelProgram<TModel>
        where TBackend : struct, IHostBackend<TBackend, float>
    {
        // Some hundred operations in float from the loss to a weight and back, each rounding by 6e-8.
        const double Tolerance = 3e-5;
        var (x, y, weights, states) = Draw<TModel>(input);
        var run = new ProgramRun<TModel, TBackend, float> { UsesBatchStatistics = usesBatchStatistics, StatesBefore = states };
        for (var tensor = 0; tensor < weights.Length; tensor++)
            run.SetWeight(TModel.Plan.Tensors[tensor], weights[tensor]);
        run.Train(x, y, Samples, LstmDsl.Loss.MeanSquaredError);

        // A gradient that cancels to zero is compared with what cancels.
        var largest = expected.SelectMany(gradient => gradient).Max(Math.Abs);
        foreach (var (tensor, gradient) in TModel.Plan.Tensors.Zip(expected))
        {
            if (tensor.IsTrained)
                Close.Relative([largest, .. gradient], [largest, .. run.Gradient(tensor)], Tolerance, tensor.Name);
        }
    }

    private static (float[] X, float[] Y, float[][] Weights, double[] States) Draw<TModel>(Func<int, int, float, float>? input)
        where TModel : class, IModelProgram<TModel>
    {
        var plan = TModel.Plan;
        var random = new Random(17);
        float Number() => (float)(random.NextDouble() + 0.1) * (random.Next(2) == 0 ? -1 : 1);
        float[] Numbers(int length) => [.. Enumerable.Range(0, length).Select(_ => Number())];
        var weights = plan.Tensors.Select(tensor => Numbers(tensor.Length)).ToArray();
        foreach (var (variance, _) in weights.Zip(plan.Tensors).Where(pair => pair.Second.Role is TensorRole.MovingVariance or TensorRole.Variance))
        {
            for (var index = 0; index < variance.Length; index++)
                variance[index] = Math.Abs(variance[index]);
        }
        var (x, y) = (Numbers(Samples * plan.Shape.InputLength), Numbers(Samples * plan.Shape.OutputLength));
        for (var index = 0; input is not null && index < x.Length; index++)
            x[index] = input(index / plan.Shape.InputLength, index % plan.Shape.InputLength / (plan.Inputs.Count > 1 ? 1 : plan.Shape.Features), x[index]);
        double[] states = [.. Numbers(Samples * plan.States.Sum(state => state.Units))];
        return (x, y, weights, states);
    }
}
