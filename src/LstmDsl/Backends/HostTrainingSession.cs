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
    private readonly double[] lossSums;
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
        Capacity = setup.BatchSize;
        var largest = Cut(setup.BatchSize);
        // A smaller last batch may be cut into smaller blocks, but never into more samples in all than this.
        samplePlaces = largest.Blocks * largest.BlockSamples;
        parameters = new(plan.ParameterFloats);
        slots = new(checked(plan.ParameterFloats * setup.Optimizer.Slots.Count));
        gradients = new(checked(plan.ParameterFloats * (largest.OwnGradients ? largest.Blocks : 1)));
        activations = new(checked(samplePlaces * FloatsPerSample));
        packed = TBackend.PacksWeights ? new(plan.Tensors, transposes: true) : null;
        windows = new int[setup.BatchSize];
        lossSums = new double[largest.Blocks];
        metrics = new(largest.Blocks);
        activityPenalties = new(largest.Blocks);
        updateRanges = (plan.ParameterFloats + UpdateRange - 1) / UpdateRange;
        weightPenalties = new(plan, updateRanges);
    }

    private enum Phase
    {
        Train,
        Evaluate,
        Gradients,
        Update,
        Pack,
        MeasureWeights,
    }

    /// <inheritdoc/>
    public override int Capacity { get; }

    // The program's activations, then the targets in the output's layout, each on 64 bytes.
    private int FloatsPerSample => Math.Max(plan.Training.Floats, plan.Inference.Floats) + RoundedOutput;

    private int RoundedOutput => (plan.Shape.OutputLength + 15) / 16 * 16;

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
    public override void BeginMetrics(IReadOnlyList<Metric> metrics)
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
        var loss = RunBlocks(Phase.Train, source, windows);
        if (!cut.OwnGradients)
        {
            gradients.Span.Clear();
            shares = threads;
            RunPhase(Phase.Gradients, shares);
        }

        RunPhase(Phase.Update, updateRanges);
        Pack();
        knowsWeightPenalties = false;
        AddLoss(loss + weightPenalties.Total);
    }

    /// <inheritdoc/>
    public override void Evaluate(BatchSource source, ReadOnlySpan<int> windows)
    {
        var loss = RunBlocks(Phase.Evaluate, source, windows);
        if (weightPenalties.Any && !knowsWeightPenalties)
        {
            // Once for all batches that are measured with the same weights.
            RunPhase(Phase.MeasureWeights, updateRanges);
            knowsWeightPenalties = true;
        }

        AddLoss(loss + weightPenalties.Total);
    }

    /// <inheritdoc/>
    void IParallelJob.Run(int part)
    {
        switch (phase)
        {
            case Phase.Train:
                TrainBlock(part);
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
        RunPhase(phase, cut.Blocks);

        double lossSum = 0, penaltySum = 0;
        for (var block = 0; block < cut.Blocks; block++)
        {
            lossSum += lossSums[block];
            penaltySum += activityPenalties.Span[block];
        }

        var values = (double)samples * plan.Shape.OutputLength;
        metrics.AddBatch(cut.Blocks, values);
        return (lossSum / values) + (penaltySum / samples);
    }

    private void AddLoss(double loss)
    {
        lossTotal += loss * samples;
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

    private T* Activations(int block) => activations.Pointer + ((long)BlockStart(block) * FloatsPerSample);

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

    private void TrainBlock(int block)
    {
        var length = BlockLength(block);
        var blockGradients = gradients.Pointer + (cut.OwnGradients ? (long)block * plan.ParameterFloats : 0);
        var backend = Backend(block, blockGradients);
        activityPenalties.Span[block] = 0;
        BatchGather.Inputs(source!, windows.AsSpan(BlockStart(block), length), Activations(block) + (plan.Training.Input * length));
        TModel.Forward(ref backend, length);
        // The mean over all values of the batch: its derivative carries one over their number.
        var scale = 1.0 / ((double)samples * plan.Shape.OutputLength);
        MeasureBlock(ref backend, block, plan.Training.Output, plan.Training.OutputGradient * length, scale);
        TModel.Backward(ref backend, length, inputGradient: false);
        if (cut.OwnGradients)
        {
            new Span<T>(blockGradients, plan.ParameterFloats).Clear();
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
        MeasureBlock(ref backend, block, plan.Inference.Output, gradient: -1, scale: 0);
    }

    private void MeasureBlock(ref TBackend backend, int block, int output, int gradient, double scale)
    {
        var length = BlockLength(block);
        var targets = (FloatsPerSample - RoundedOutput) * length;
        BatchGather.Targets(source!, windows.AsSpan(BlockStart(block), length), plan.Shape, Activations(block) + targets);
        var offsets = new LossOffsets { Targets = targets, Predictions = output * length, Gradient = gradient };
        var rows = plan.Shape.OutputTimesteps * length;
        lossSums[block] = setup.Loss.Sum(ref backend, offsets, rows, plan.Shape.Outputs, scale);
        metrics.Measure(ref backend, block, offsets, rows, plan.Shape.Outputs);
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
