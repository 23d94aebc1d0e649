using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// Trains on a device. Everything stays there; a step sends it the numbers of its windows and waits for nothing, so that the device is
/// waited for only when a total or the weights are read. A step waits for what has to come here first: the sums of a loss over the whole
/// batch, the timesteps that a mask leaves in the output, norms of gradients, the numbers of metrics that are no means, and what stateful
/// layers carry to the next batch.
/// </summary>
internal sealed partial class IlgpuTrainingSession<TModel> : TrainingSession where TModel : class, IModelProgram<TModel>
{
    /// <summary>Batches whose window numbers may be under way at once.</summary>
    private const int BatchesAhead = 64;

    private readonly DeviceQueue queue;
    private readonly TrainingSetup setup;
    private readonly ModelPlan plan = TModel.Plan;
    private readonly DeviceProgram program;
    private readonly DeviceTotals totals;
    private readonly DeviceMetrics metrics;
    private readonly BatchLoss loss;
    private readonly TargetLayout layout;
    private readonly WeightPenalties weightPenalties;
    private readonly UpdateProgram update;
    private readonly DeviceStates? states;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> parameters;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> gradients;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> slots;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> activations;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> scratch;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> windowNumbers;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> counters;
    private readonly int[] pinnedNumbers;
    private readonly ConditionalWeakTable<BatchSource, SourceOnDevice> sources = [];
    private double waitedLoss;
    private long samplesSeen;
    private int batchesAhead;

    public IlgpuTrainingSession(DeviceQueue queue, TrainingSetup setup)
    {
        this.queue = queue;
        this.setup = setup;
        Capacity = setup.BatchSize;
        using var entered = queue.Enter();
        SessionMemory<TModel>.Check(setup, queue.Name, queue.FreeMemory, queue.Plan);
        layout = SessionMemory<TModel>.Layout(setup);
        parameters = queue.Allocate<float>(plan.ParameterFloats);
        gradients = queue.Allocate<float>(plan.ParameterFloats);
        slots = queue.Allocate<float>((long)plan.ParameterFloats * setup.Optimizer.Slots.Count);
        queue.Upload<float>(new OptimizerSlots(plan, setup.Optimizer).All, slots.View);
        activations = queue.Allocate<float>((long)Capacity * layout.FloatsPerSample);
        scratch = queue.Allocate<float>(SessionMemory<TModel>.Scratch(queue.Plan, Capacity));
        counters = queue.Allocate<int>(Arrival.Counters);
        windowNumbers = queue.Allocate<int>(Capacity);
        pinnedNumbers = GC.AllocateArray<int>(checked(Capacity * BatchesAhead), pinned: true);
        totals = new(queue, counters.View);
        metrics = new(totals, plan.Shape.Outputs, plan.Head);
        loss = new(setup.Loss, plan.Shape.Outputs, blocks: 1, plan.Head);
        weightPenalties = new(setup.Tensors(plan), ranges: 1);
        update = new(setup.Optimizer, setup.Tensors(plan), setup.Frozen.Count > 0);
        program = new(queue, queue.Plan)
        {
            Parameters = parameters.View,
            Gradients = gradients.View,
            Slots = slots.View,
            Activations = activations.View,
            Scratch = scratch.View,
            Counters = counters.View,
            Totals = totals,
            LossTakesLogits = loss.TakesLogits,
            ParameterFloats = plan.ParameterFloats,
        };
        if (setup.States is not null)
            states = new(queue, program, plan, setup.States);
    }

    /// <inheritdoc/>
    public override int Capacity { get; }

    /// <inheritdoc/>
    public override double LossResult
    {
        get
        {
            using var entered = queue.Enter();
            return (totals[0] + waitedLoss) / samplesSeen;
        }
    }

    /// <inheritdoc/>
    public override bool HasLossAtHand => false;

    /// <inheritdoc/>
    public override double[] CopySums()
    {
        using var entered = queue.Enter();
        return [totals[0] + waitedLoss, samplesSeen, .. metrics.CopySums()];
    }

    /// <inheritdoc/>
    public override void SetSums(ReadOnlySpan<double> sums)
    {
        RequireSums(2 + metrics.SumCount, sums.Length);
        using var entered = queue.Enter();
        var waits = loss.NeedsWholeBatch;
        waitedLoss = waits ? sums[0] : 0;
        samplesSeen = (long)sums[1];
        metrics.SetSums(waits ? 0 : sums[0], sums[2..]);
    }

    /// <inheritdoc/>
    public override void UploadParameters(ReadOnlySpan<float> block)
    {
        using var entered = queue.Enter();
        queue.Upload(block, parameters.View);
    }

    /// <inheritdoc/>
    public override void DownloadParameters(Span<float> block)
    {
        using var entered = queue.Enter();
        queue.Download(parameters.View, block);
    }

    /// <inheritdoc/>
    public override void UploadSlot(int slot, ReadOnlySpan<float> block)
    {
        using var entered = queue.Enter();
        queue.Upload(block, slots.View.SubView((long)slot * plan.ParameterFloats, plan.ParameterFloats));
    }

    /// <inheritdoc/>
    public override void DownloadSlot(int slot, Span<float> block)
    {
        using var entered = queue.Enter();
        queue.Download(slots.View.SubView((long)slot * plan.ParameterFloats, plan.ParameterFloats), block);
    }

    /// <inheritdoc/>
    public override void BeginMetrics(IReadOnlyList<TrackedMetric> metrics)
    {
        using var entered = queue.Enter();
        this.metrics.Begin(metrics);
        waitedLoss = 0;
        samplesSeen = 0;
    }

    /// <inheritdoc/>
    public override double MetricResult(int metric)
    {
        using var entered = queue.Enter();
        return metrics.Result(metric);
    }

    /// <inheritdoc/>
    public override void Train(BatchSource source, ReadOnlySpan<int> windows, long iteration, double learningRate)
    {
        using var entered = queue.Enter();
        var samples = windows.Length;
        program.Dropout = new(Seed, unchecked((uint)iteration), FirstSample: 0);
        var backend = new IlgpuBackend(program);
        var offsets = BeginBatch(source, windows, plan.Training, trains: true);
        states?.Load(samples, training: true);
        TModel.Forward(ref backend, samples);
        states?.Keep(samples, training: true);
        Measure(ref backend, source, windows, offsets, plan.Training);
        TModel.Backward(ref backend, samples, inputGradient: false);
        TModel.Gradients(ref backend, samples);
        program.LaunchGradients();
        AddWeightPenalties(ref backend, samples);
        update.Begin(iteration, learningRate);
        update.Run(ref backend, plan.TrainableFloats);
        update.UpdateMovingAverages(ref backend);
    }

    /// <inheritdoc/>
    public override void TakeAverages()
    {
        using var entered = queue.Enter();
        var backend = new IlgpuBackend(program);
        update.TakeAverages(ref backend, 0, plan.TrainableFloats);
    }

    /// <inheritdoc/>
    public override void Evaluate(BatchSource source, ReadOnlySpan<int> windows)
    {
        using var entered = queue.Enter();
        var samples = windows.Length;
        var backend = new IlgpuBackend(program);
        var offsets = BeginBatch(source, windows, plan.Inference, trains: false);
        states?.Load(samples, training: false);
        TModel.Infer(ref backend, samples);
        states?.Keep(samples, training: false);
        Measure(ref backend, source, windows, offsets, plan.Inference);
        AddWeightPenalties(ref backend, samples);
    }
}
