using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>The kernels that a model's training and predictions launch on a GPU, found by running its program without a device.</summary>
internal static class ModelKernels
{
    public static IReadOnlyCollection<Type> Of<TModel>(int samples) where TModel : class, IModelProgram<TModel>
    {
        var launched = new HashSet<Type> { typeof(GatherKernel), typeof(TotalKernel) };
        var program = new DeviceProgram(queue: null, LaunchPlan.ForGpu(groupThreads: 1024))
        {
            Launched = launched,
            BatchSamples = samples,
            Trains = true,
        };
        var backend = new IlgpuBackend(program);
        TModel.Infer(ref backend, samples);
        TModel.Forward(ref backend, samples);
        TModel.Backward(ref backend, samples, inputGradient: true);
        TModel.Gradients(ref backend, samples);
        backend.AddWeightPenalty(new Regularizer(1, 1), 0, 1);
        Optimizer[] optimizers = [new Sgd(), new Sgd(momentum: 0.9), new Sgd(momentum: 0.9, nesterov: true), new RmsProp(), new Adam()];
        foreach (var optimizer in optimizers)
            optimizer.Step(ref backend, iteration: 1, learningRate: 0.1, 0, TModel.Plan.ParameterFloats);
        return launched;
    }

    /// <summary>The kernels of losses and of the metrics that are means.</summary>
    public static IReadOnlyCollection<Type> Of(IEnumerable<Loss> losses)
    {
        var launched = new HashSet<Type>();
        var program = new DeviceProgram(queue: null, LaunchPlan.ForGpu(groupThreads: 1024)) { Launched = launched };
        var backend = new IlgpuBackend(program);
        var offsets = new LossOffsets { Targets = 0, Predictions = 0, Gradient = 0, Weights = 0 };
        foreach (var loss in losses)
        {
            var whole = new BatchLoss(loss, columns: 6, blocks: 1);
            whole.Measure(ref backend, block: 0, offsets, rows: 1);
            if (whole.NeedsWholeBatch)
                whole.Differentiate(ref backend, offsets, rows: 1);
        }

        return launched;
    }
}
