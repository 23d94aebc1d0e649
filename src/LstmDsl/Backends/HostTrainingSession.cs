using System.Numerics;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// Trains in this process's memory. A batch is cut into blocks of samples (<see cref="BatchCut"/>); each runs forwards, loss and
/// backwards on one worker while its activations are in that core's cache. Then the weights' gradients are completed and the
/// optimizer's step runs over ranges of the flat block. Nothing is allocated after construction.
/// </summary>
internal sealed unsafe class HostTrainingSession<TModel, TBackend, T> : TrainingSession, IParallelJob
    where TModel : class, IModelProgram<TModel>
    where TBackend : struct, IHostBackend<TBackend, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements of the parameter block that one part of an update takes; below two of them nobody else is woken.</summary>
    private const int UpdateRange = 16_384;

    private readonly TrainingSetup setup;
    private readonly ModelPlan plan;
    private readonly int threads;
    private readonly bool cutsBatches;
    private readonly AlignedBlock<T> parameters;
    private readonly AlignedBlock<T> slots;
    private readonly AlignedBlock<T> gradients;
    private readonly AlignedBlock<T> activations;
    private readonly PackedWeights? packed;
    private readonly int samplePlaces;
    private readonly BatchLoss loss;
    private readonly TargetLayout targets;
    private readonly AlignedBlock<double> activityPenalties;
    private readonly WeightPenalties weightPenalties;
    private readonly int updateRanges;
    private readonly MetricSums metrics;
    private bool knowsWeightPenalties;
    private double lossTotal;
    private long lossSamples;

    // The batch at hand, read by the workers.
    private readonly int[] windows;
    private BatchSource? source;
    private BatchCut cut;
    private int samples;
    private Phase phase;
    private int shares;
    private long iteration;
    private double learningRate;

    public HostTrainingSession(TrainingSetup setup, int threads, bool cutsBatches)
    {
        this.setup = setup;
        this.threads = threads;
        this.cutsBatches = cutsBatches;
        plan = TModel.Plan;
        targets = new(plan, setup.Loss.TargetColumns(plan.Shape.Outputs));
        Capacity = setup.BatchSize;
        var largest = Cut(setup.BatchSize);
        // A smaller last batch may be cut into smaller blocks, but never into more samples in all than this.
        samplePlaces = largest.Blocks * largest.BlockSamples;
        parameters = new(plan.ParameterFloats);
        slots = new(checked(plan.ParameterFloats * setup.Optimizer.Slots.Count));
        gradients = new(checked(plan.ParameterFloats * (largest.OwnGradients ? largest.Blocks : 1)));
        activations = new(checked(samplePlaces * targets.FloatsPerSample));
        packed = TBackend.PacksWeights ? new(plan.Tensors, transposes: true) : null;
        windows = new int[setup.BatchSize];
        loss = new(setup.Loss, plan.Shape.Outputs, largest.Blocks);
        metrics = new(largest.Blocks, plan.Shape.Outputs);
        activityPenalties = new(largest.Blocks);
        updateRanges = (plan.ParameterFloats + UpdateRange - 1) / UpdateRange;
        weightPenalties = new(plan, updateRanges);
    }

    private enum Phase
    {
        Train,
        Forward,
        Backward,
        Evaluate,
        Gradients,
        Update,
        Pack,
        MeasureWeights,
    }

    /// <inheritdoc/>
    public override int Capacity { get; }

    /// <inheritdoc/>
    public override void UploadParameters(ReadOnlySpan<float> block)
    {
        BatchGather.Convert(block, parameters.Pointer);
        Pack();
        knowsWeightPenalties = false;
    }

    /// <inheritdoc/>
    public override void DownloadParameters(Span<float> block) => Download(parameters.Span, block);

    /// <inheritdoc/>
    public override void UploadSlot(int slot, ReadOnlySpan<float> block) =>
        BatchGather.Convert(block, slots.Pointer + (slot * plan.ParameterFloats));

    /// <inheritdoc/>
    public override void DownloadSlot(int slot, Span<float> block) =>
        Download(slots.Span.Slice(slot * plan.ParameterFloats, plan.ParameterFloats), block);

    /// <inheritdoc/>
    public override void BeginMetrics(IReadOnlyList<TrackedMetric> metrics)
    {
        this.metrics.Begin(metrics);
        lossTotal = 0;
        lossSamples = 0;
    }

    /// <inheritdoc/>
    public override double MetricResult(int metric) => metrics.Result(metric);

    /// <inheritdoc/>
    public override double LossResult => lossTotal / lossSamples;

    /// <inheritdoc/>
    public override void Train(BatchSource source, ReadOnlySpan<int> windows, long iteration, double learningRate)
    {
        this.iteration = iteration;
        this.learningRate = learningRate;
        var value = RunBlocks(loss.NeedsWholeBatch ? Phase.Forward : Phase.Train, source, windows);
        if (loss.NeedsWholeBatch)
            RunPhase(Phase.Backward, cut.Blocks);
        if (!cut.OwnGradients)
        {
            gradients.Span.Clear();
            shares = threads;
            RunPhase(Phase.Gradients, shares);
        }

        RunPhase(Phase.Update, updateRanges);
        Pack();
        knowsWeightPenalties = false;
        AddLoss(value + weightPenalties.Total);
    }

    /// <inheritdoc/>
    public override void Evaluate(BatchSource source, ReadOnlySpan<int> windows)
    {
        var value = RunBlocks(Phase.Evaluate, source, windows);
        if (weightPenalties.Any && !knowsWeightPenalties)
        {
            // Once for all batches that are measured with the same weights.
            RunPhase(Phase.MeasureWeights, updateRanges);
            knowsWeightPenalties = true;
        }

        AddLoss(value + weightPenalties.Total);
    }

    /// <inheritdoc/>
    void IParallelJob.Run(int part)
    {
        switch (phase)
        {
            case Phase.Train:
                RunForward(part);
                RunBackward(part);
                break;
            case Phase.Forward:
                RunForward(part);
                break;
            case Phase.Backward:
                DifferentiateBlock(part);
                RunBackward(part);
                break;
            case Phase.Evaluate:
                EvaluateBlock(part);
                break;
            case Phase.Gradients:
                AddGradients(part);
                break;
            case Phase.Pack:
                TBackend.Pack(packed!, parameters.Pointer, part);
                break;
            case Phase.Update:
                Update(part, part * UpdateRange, Math.Min((part + 1) * UpdateRange, plan.ParameterFloats));
                break;
            case Phase.MeasureWeights:
                MeasureWeights(part, part * UpdateRange, Math.Min((part + 1) * UpdateRange, plan.ParameterFloats));
                break;
        }
    }

    private BatchCut Cut(int samples) => cutsBatches ? BatchCut.For(plan, samples) : BatchCut.Whole(samples);

    private double RunBlocks(Phase phase, BatchSource source, ReadOnlySpan<int> windows)
    {
        this.source = source;
        windows.CopyTo(this.windows);
        samples = windows.Length;
        cut = Cut(samples);
        loss.Begin((double)samples * plan.Shape.OutputTimesteps, BatchGather.WeightSum(source, windows, plan.Shape.OutputTimesteps));
        RunPhase(phase, cut.Blocks);

        var penaltySum = 0.0;
        for (var block = 0; block < cut.Blocks; block++)
            penaltySum += activityPenalties.Span[block];
        metrics.AddBatch(cut.Blocks);
        return loss.Complete(cut.Blocks) + (penaltySum / samples);
    }

    private void AddLoss(double value)
    {
        lossTotal += value * samples;
        lossSamples += samples;
    }

    // Small matrices are packed in less time than it takes to wake a worker.
    private void Pack()
    {
        if (packed is null)
            return;
        if (plan.ParameterFloats > UpdateRange)
        {
            RunPhase(Phase.Pack, packed.Count);
            return;
        }

        for (var index = 0; index < packed.Count; index++)
            TBackend.Pack(packed, parameters.Pointer, index);
    }

    private void RunPhase(Phase phase, int parts)
    {
        this.phase = phase;
        WorkerPool.Shared.Run(this, parts, threads);
    }

    private int BlockStart(int block) => block * cut.BlockSamples;

    private int BlockLength(int block) => Math.Min(cut.BlockSamples, samples - BlockStart(block));

    private T* Activations(int block) => activations.Pointer + ((long)BlockStart(block) * targets.FloatsPerSample);

    private TBackend Backend(int block, T* gradients, int share = 0, int shares = 1) => TBackend.Over(new HostBlocks<T>
    {
        Parameters = parameters.Pointer,
        Gradients = gradients,
        Activations = Activations(block),
        Slots = slots.Pointer,
        Packed = packed,
        ActivityPenalty = activityPenalties.Pointer + block,
        ActivityScale = 1.0 / samples,
        ParameterFloats = plan.ParameterFloats,
        Share = share,
        Shares = shares,
    });

    private T* BlockGradients(int block) => gradients.Pointer + (cut.OwnGradients ? (long)block * plan.ParameterFloats : 0);

    private void RunForward(int block)
    {
        var length = BlockLength(block);
        var backend = Backend(block, BlockGradients(block));
        activityPenalties.Span[block] = 0;
        BatchGather.Inputs(source!, windows.AsSpan(BlockStart(block), length), Activations(block) + (plan.Training.Input * length));
        TModel.Forward(ref backend, length);
        MeasureBlock(ref backend, block, plan.Training.Output, plan.Training.OutputGradient);
    }

    private void DifferentiateBlock(int block)
    {
        var length = BlockLength(block);
        var backend = Backend(block, BlockGradients(block));
        var offsets = targets.Offsets(source!, length, plan.Training.Output, plan.Training.OutputGradient);
        loss.Differentiate(ref backend, offsets, plan.Shape.OutputTimesteps * length);
    }

    private void RunBackward(int block)
    {
        var length = BlockLength(block);
        var backend = Backend(block, BlockGradients(block));
        TModel.Backward(ref backend, length, inputGradient: false);
        if (cut.OwnGradients)
        {
            new Span<T>(BlockGradients(block), plan.ParameterFloats).Clear();
            TModel.Gradients(ref backend, length);
        }
    }

    private void EvaluateBlock(int block)
    {
        var length = BlockLength(block);
        var backend = Backend(block, gradients: null);
        activityPenalties.Span[block] = 0;
        BatchGather.Inputs(source!, windows.AsSpan(BlockStart(block), length), Activations(block) + (plan.Inference.Input * length));
        TModel.Infer(ref backend, length);
        MeasureBlock(ref backend, block, plan.Inference.Output, gradient: -1);
    }

    private void MeasureBlock(ref TBackend backend, int block, int output, int gradient)
    {
        var length = BlockLength(block);
        var offsets = targets.Offsets(source!, length, output, gradient);
        var blockWindows = windows.AsSpan(BlockStart(block), length);
        targets.Gather(source!, blockWindows, Activations(block), offsets);
        var rows = plan.Shape.OutputTimesteps * length;
        loss.Measure(ref backend, block, offsets, rows);
        metrics.Measure(ref backend, block, offsets, rows, BatchGather.WeightSum(source!, blockWindows, plan.Shape.OutputTimesteps));
    }

    private void AddGradients(int share)
    {
        for (var block = 0; block < cut.Blocks; block++)
        {
            var backend = Backend(block, gradients.Pointer, share, shares);
            TModel.Gradients(ref backend, BlockLength(block));
        }
    }

    private void Update(int range, int from, int to)
    {
        for (var block = 1; cut.OwnGradients && block < cut.Blocks; block++)
        {
            var addend = gradients.Pointer + ((long)block * plan.ParameterFloats);
            var index = from;
            for (; index <= to - Vector<T>.Count; index += Vector<T>.Count)
                Vector.Store(Vector.Load(gradients.Pointer + index) + Vector.Load(addend + index), gradients.Pointer + index);
            for (; index < to; index++)
                gradients.Pointer[index] += addend[index];
        }

        var backend = Backend(0, gradients.Pointer);
        weightPenalties.Add(ref backend, range, from, to);
        setup.Optimizer.Step(ref backend, iteration, learningRate, from, to);
    }

    private void MeasureWeights(int range, int from, int to)
    {
        var backend = Backend(0, gradients: null);
        weightPenalties.Add(ref backend, range, from, to);
    }

    private static void Download(ReadOnlySpan<T> values, Span<float> destination)
    {
        for (var index = 0; index < values.Length; index++)
            destination[index] = float.CreateTruncating(values[index]);
    }
}
