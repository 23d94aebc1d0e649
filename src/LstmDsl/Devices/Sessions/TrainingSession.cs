using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>What a session needs to know once.</summary>
/// <param name="Optimizer">Makes the updates.</param>
/// <param name="Loss">What is minimised.</param>
/// <param name="BatchSize">The largest number of samples in a batch.</param>
internal sealed record TrainingSetup(Optimizer Optimizer, Loss Loss, int BatchSize)
{
    /// <summary>What the model's stateful layers carry from batch to batch; null where there are none.</summary>
    public LayerStates? States { get; init; }

    /// <summary>Names of layers that are not trained for now.</summary>
    public IReadOnlySet<string> Frozen { get; init; } = new HashSet<string>();

    /// <summary>The tensor table, in which the weights of layers that are not trained for now say so.</summary>
    public IReadOnlyList<TensorSlot> Tensors(ModelPlan plan) => Frozen.Count == 0
        ? plan.Tensors
        : [.. plan.Tensors.Select(tensor => Frozen.Contains(tensor.DeclaredLayer) ? tensor with { IsFrozen = true } : tensor)];

    /// <summary>Who looks on while the program runs; null for nobody.</summary>
    public ILayerWatch? Watch { get; init; }
}

/// <summary>
/// A model on a device, while it is trained there: parameters, optimizer slots and activations live here in the device's own form. A
/// virtual call a batch; everything below it is direct.
/// </summary>
internal abstract class TrainingSession
{
    /// <summary>The largest number of samples in a batch.</summary>
    public abstract int Capacity { get; }

    /// <summary>The seed of what dropout draws.</summary>
    public int Seed { get; set; }

    /// <summary>Takes the model's parameter block.</summary>
    public abstract void UploadParameters(ReadOnlySpan<float> block);

    /// <summary>Gives the parameter block back, rounded to float.</summary>
    public abstract void DownloadParameters(Span<float> block);

    /// <summary>Takes one of the optimizer's slots.</summary>
    public abstract void UploadSlot(int slot, ReadOnlySpan<float> block);

    /// <summary>Gives one of the optimizer's slots back, rounded to float.</summary>
    public abstract void DownloadSlot(int slot, Span<float> block);

    /// <summary>Says which metrics the next batches feed, and forgets what was summed, the loss included.</summary>
    public abstract void BeginMetrics(IReadOnlyList<TrackedMetric> metrics);

    /// <summary>A metric over the batches since <see cref="BeginMetrics"/>.</summary>
    public abstract double MetricResult(int metric);

    /// <summary>
    /// The mean loss over the samples since <see cref="BeginMetrics"/>, and what regularisers add. A device that runs ahead of its caller
    /// is waited for here and in <see cref="MetricResult"/>, not in every step.
    /// </summary>
    public abstract double LossResult { get; }

    /// <summary>Whether <see cref="LossResult"/> waits for nothing, so that it may be asked after each batch.</summary>
    public virtual bool HasLossAtHand => true;

    /// <summary>What loss and metrics have summed since <see cref="BeginMetrics"/>.</summary>
    public abstract double[] CopySums();

    /// <summary>Goes on with what <see cref="CopySums"/> gave; the same metrics have been begun.</summary>
    /// <exception cref="ArgumentException">There is another number of sums.</exception>
    public abstract void SetSums(ReadOnlySpan<double> sums);

    /// <summary>Runs one training step; the loss is that before the update.</summary>
    /// <param name="source">Where the windows are cut from.</param>
    /// <param name="windows">Which windows.</param>
    /// <param name="iteration">The step's number, from 1.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    public abstract void Train(BatchSource source, ReadOnlySpan<int> windows, long iteration, double learningRate);

    /// <summary>Puts the averages that the optimizer keeps in the weights' place.</summary>
    public abstract void TakeAverages();

    /// <summary>Runs a batch forwards only and feeds loss and metrics.</summary>
    public abstract void Evaluate(BatchSource source, ReadOnlySpan<int> windows);

    /// <summary>Throws where sums are not as many as this session's loss and metrics have.</summary>
    protected static void RequireSums(int expected, int found)
    {
        if (found != expected)
            throw new ArgumentException($"Loss and metrics have {expected} sums, not {found}: the run had other metrics.");
    }
}

/// <summary>A model on a device, while it predicts there. Any number of threads may call at once.</summary>
internal abstract class Predictor
{
    /// <summary>Predicts windows, (samples, timesteps, features), into (samples, output timesteps, outputs), both row-major.</summary>
    public void Predict(ReadOnlySpan<float> windows, Span<float> destination)
    {
        if (!windows.IsEmpty)
            PredictSome(windows, destination);
    }

    /// <summary>
    /// Runs one timestep of a stream, (features), into (outputs); the block is the streaming plan's and keeps the states from one timestep to
    /// the next.
    /// </summary>
    /// <exception cref="NotSupportedException">The device runs no streams.</exception>
    public virtual void Step(Span<float> block, ReadOnlySpan<float> x, Span<float> destination) =>
        throw new NotSupportedException("Streams run on the CPU alone.");

    /// <summary>Predicts one window or more.</summary>
    protected abstract void PredictSome(ReadOnlySpan<float> windows, Span<float> destination);
}
