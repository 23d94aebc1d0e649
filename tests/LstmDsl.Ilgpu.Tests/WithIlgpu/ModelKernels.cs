using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>The kernels that a model's training and predictions launch on a GPU, found by running its program without a device.</summary>
internal static class ModelKernels
{
    // Every rule is one of these optimizers'.
    private static readonly Optimizer[] Optimizers =
    [
        new Sgd(),
        new Sgd(momentum: 0.9) { ClipNorm = 1, UseEma = true, EmaOverwriteFrequency = 1 },
        new Sgd(momentum: 0.9, nesterov: true) { ClipValue = 1, GradientAccumulationSteps = 2 },
        new RmsProp(),
        new RmsProp(momentum: 0.5),
        new RmsProp(centered: true),
        new RmsProp(momentum: 0.5, centered: true),
        new Adam(),
        new Adam(amsGrad: true),
        new AdamW(),
        new Adamax(),
        new Nadam(),
        new Lamb(),
        new Adagrad(),
        new Adadelta(),
        new Lion(),
        new Ftrl(),
        new Adafactor(),
    ];

    public static IReadOnlyCollection<Type> Of<TModel>(int samples) where TModel : class, IModelProgram<TModel> =>
        Of<TModel>(samples, LaunchPlan.ForGpu(groupThreads: 1024));

    public static IReadOnlyCollection<Type> Of<TModel>(int samples, LaunchPlan plan) where TModel : class, IModelProgram<TModel>
    {
        var launched = new HashSet<Type> { typeof(BatchKernel), typeof(ClearKernel<float>), typeof(ClearKernel<double>) };
        var program = new DeviceProgram(queue: null, plan)
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
        program.LaunchGradients();
        backend.AddWeightPenalty(new Regularizer(1, 1), 0, 1);
        foreach (var optimizer in Optimizers)
        {
            var update = new UpdateProgram(optimizer, TModel.Plan.Tensors);
            for (var iteration = 1; iteration <= 2; iteration++)
            {
                update.Begin(iteration, learningRate: 0.1);
                update.Run(ref backend, TModel.Plan.TrainableFloats);
            }
        }

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
