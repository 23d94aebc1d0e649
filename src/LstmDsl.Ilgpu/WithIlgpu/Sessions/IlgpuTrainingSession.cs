using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// Trains on a device. Everything stays there; a step sends it the numbers of its windows and waits for nothing, so that the device is
/// waited for only when a total or the weights are read.
/// </summary>
internal sealed class IlgpuTrainingSession<TModel> : TrainingSession where TModel : class, IModelProgram<TModel>
{
    /// <summary>Batches whose window numbers may be under way at once.</summary>
    private const int BatchesAhead = 64;

    private readonly DeviceQueue queue;
    private readonly TrainingSetup setup;
    private readonly ModelPlan plan = TModel.Plan;
    private readonly DeviceProgram program;
    private readonly DeviceTotals totals;
    private readonly WeightPenalties weightPenalties;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> parameters;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> gradients;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> slots;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> activations;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> scratch;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> windowNumbers;
    private readonly int[] pinnedNumbers;
    private readonly ConditionalWeakTable<BatchSource, SourceOnDevice> sources = [];
    private IReadOnlyList<Metric> metrics = [];
    private long samplesSeen;
    private int batchesAhead;

    public IlgpuTrainingSession(DeviceQueue queue, TrainingSetup setup)
    {
        this.queue = queue;
        this.setup = setup;
        Capacity = setup.BatchSize;
        var slotCount = setup.Optimizer.Slots.Count;
        using var entered = queue.Enter();
        SessionMemory<TModel>.Check(queue.Name, queue.FreeMemory, slotCount, queue.Plan, Capacity);
        parameters = queue.Allocate<float>(plan.ParameterFloats);
        gradients = queue.Allocate<float>(plan.ParameterFloats);
        slots = queue.Allocate<float>((long)plan.ParameterFloats * slotCount);
        activations = queue.Allocate<float>((long)Capacity * SessionMemory<TModel>.FloatsPerSample);
        scratch = queue.AllocateScratch(SessionMemory<TModel>.Scratch(queue.Plan, Capacity));
        windowNumbers = queue.Allocate<int>(Capacity);
        pinnedNumbers = GC.AllocateArray<int>(checked(Capacity * BatchesAhead), pinned: true);
        totals = new(queue);
        weightPenalties = new(plan, ranges: 1);
        program = new(queue, queue.Plan)
        {
            Parameters = parameters.View,
            Gradients = gradients.View,
            Slots = slots.View,
            Activations = activations.View,
            Scratch = scratch.View,
            Totals = totals,
            ParameterFloats = plan.ParameterFloats,
        };
    }

    /// <inheritdoc/>
    public override int Capacity { get; }

    /// <inheritdoc/>
    public override double LossResult => Total(0) / samplesSeen;

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
    public override void BeginMetrics(IReadOnlyList<Metric> metrics)
    {
        using var entered = queue.Enter();
        this.metrics = metrics;
        samplesSeen = 0;
        totals.Begin(1 + metrics.Count);
    }

    /// <inheritdoc/>
    public override double MetricResult(int metric) =>
        metrics[metric].Result(Total(1 + metric), (double)samplesSeen * plan.Shape.OutputLength);

    /// <inheritdoc/>
    public override void Train(BatchSource source, ReadOnlySpan<int> windows, long iteration, double learningRate)
    {
        using var entered = queue.Enter();
        var samples = windows.Length;
        var onDevice = BeginBatch(source, windows, trains: true);
        var backend = new IlgpuBackend(program);
        GatherInputs(source, onDevice, plan.Training.Input * samples, samples);
        TModel.Forward(ref backend, samples);
        // The mean over all values of the batch: its derivative carries one over their number.
        var scale = 1.0 / ((double)samples * plan.Shape.OutputLength);
        Measure(ref backend, onDevice, plan.Training.Output * samples, plan.Training.OutputGradient * samples, samples, scale);
        TModel.Backward(ref backend, samples, inputGradient: false);
        queue.Clear<float>(gradients.View);
        TModel.Gradients(ref backend, samples);
        AddWeightPenalties(ref backend, samples);
        setup.Optimizer.Step(ref backend, iteration, learningRate, 0, plan.ParameterFloats);
    }

    /// <inheritdoc/>
    public override void Evaluate(BatchSource source, ReadOnlySpan<int> windows)
    {
        using var entered = queue.Enter();
        var samples = windows.Length;
        var onDevice = BeginBatch(source, windows, trains: false);
        var backend = new IlgpuBackend(program);
        GatherInputs(source, onDevice, plan.Inference.Input * samples, samples);
        TModel.Infer(ref backend, samples);
        Measure(ref backend, onDevice, plan.Inference.Output * samples, gradient: -1, samples, scale: 0);
        AddWeightPenalties(ref backend, samples);
    }

    private SourceOnDevice BeginBatch(BatchSource source, ReadOnlySpan<int> windows, bool trains)
    {
        program.Trains = trains;
        program.BatchSamples = windows.Length;
        samplesSeen += windows.Length;
        // The copy is not waited for, so each batch has numbers of its own until all have been.
        if (batchesAhead == BatchesAhead)
        {
            queue.Synchronize();
            batchesAhead = 0;
        }

        var numbers = pinnedNumbers.AsSpan(batchesAhead++ * Capacity, windows.Length);
        windows.CopyTo(numbers);
        queue.UploadLater<int>(numbers, windowNumbers.View);
        return sources.GetValue(source, made => new SourceOnDevice(queue, made));
    }

    private void GatherInputs(BatchSource source, SourceOnDevice onDevice, int offset, int samples)
    {
        var length = source.Timesteps * samples * source.Features;
        program.LaunchElements<GatherKernel, GatherArguments>(length, new GatherArguments
        {
            Source = onDevice.Rows,
            Starts = onDevice.Starts,
            Windows = windowNumbers.View,
            Destination = program.Activation(offset, length),
            Samples = samples,
            Timesteps = source.Timesteps,
            Width = source.Features,
            TimestepStride = source.SamplingRate * source.Features,
        });
    }

    private void Measure(ref IlgpuBackend backend, SourceOnDevice onDevice, int output, int gradient, int samples, double scale)
    {
        var shape = plan.Shape;
        var targets = (SessionMemory<TModel>.FloatsPerSample - SessionMemory<TModel>.RoundedOutput) * samples;
        var length = shape.OutputLength * samples;
        program.LaunchElements<GatherKernel, GatherArguments>(length, new GatherArguments
        {
            Source = onDevice.Targets,
            Starts = onDevice.TargetOffsets,
            Windows = windowNumbers.View,
            Destination = program.Activation(targets, length),
            Samples = samples,
            Timesteps = shape.OutputTimesteps,
            Width = shape.Outputs,
            TimestepStride = shape.Outputs,
        });
        var offsets = new LossOffsets { Targets = targets, Predictions = output, Gradient = gradient };
        var rows = shape.OutputTimesteps * samples;
        totals.Index = 0;
        totals.Factor = 1.0 / shape.OutputLength;
        setup.Loss.Sum(ref backend, offsets, rows, shape.Outputs, scale);
        totals.Factor = 1;
        for (var metric = 0; metric < metrics.Count; metric++)
        {
            totals.Index = 1 + metric;
            metrics[metric].Sum(ref backend, offsets, rows, shape.Outputs);
        }
    }

    private void AddWeightPenalties(ref IlgpuBackend backend, int samples)
    {
        totals.Index = 0;
        totals.Factor = samples;
        weightPenalties.Add(ref backend, range: 0, 0, plan.ParameterFloats);
    }

    private double Total(int index)
    {
        using var entered = queue.Enter();
        return totals[index];
    }
}
