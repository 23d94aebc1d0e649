using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Runs a training step again, slowly, to see where its first value that is not finite arises.</summary>
internal static class StepReplay
{
    /// <summary>Finds it.</summary>
    /// <param name="setup">The session's setup.</param>
    /// <param name="source">The data.</param>
    /// <param name="windows">The step's windows.</param>
    /// <param name="iteration">The step's number, from 1.</param>
    /// <param name="learningRate">Its learning rate.</param>
    /// <param name="seed">The seed of what dropout draws.</param>
    /// <param name="before">The weights before the step.</param>
    /// <param name="after">The weights after it.</param>
    /// <returns>Null where the scalar reference meets none: its sums have another order.</returns>
    public static NonFiniteValue? Find<TModel>(
        TrainingSetup setup, BatchSource source, ReadOnlySpan<int> windows, long iteration, double learningRate, int seed,
        ReadOnlySpan<float> before, ReadOnlySpan<float> after)
        where TModel : class, IModelProgram<TModel>
    {
        var plan = TModel.Plan;
        var watch = new NonFiniteWatch(windows.Length);
        foreach (var tensor in plan.Tensors)
            watch.Tensor(tensor, "weight", before.Slice(tensor.Offset, tensor.Length));
        // The model's own states have moved on: stateful layers begin in zeros here.
        var replayed = setup with { BatchSize = windows.Length, States = setup.States is null ? null : new(plan), Watch = watch };
        var session = new HostTrainingSession<TModel, WatchedBackend, float>(replayed, threads: 1, cutsBatches: false) { Seed = seed };
        session.UploadParameters(before);
        session.BeginMetrics([]);
        session.Train(source, windows, iteration, learningRate);
        watch.Loss(session.LossResult);
        foreach (var tensor in plan.Tensors.Reverse())
            watch.Tensor(tensor, "gradient of", session.Gradients.Slice(tensor.Offset, tensor.Length));
        foreach (var tensor in plan.Tensors)
            watch.Tensor(tensor, "weight", after.Slice(tensor.Offset, tensor.Length));
        return watch.First is { Sample: { } sample } first ? first with { Window = windows[sample] } : watch.First;
    }
}
