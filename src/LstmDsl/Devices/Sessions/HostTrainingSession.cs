using System.Numerics;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// Trains in this process's memory. A batch is cut into blocks of samples (<see cref="BatchCut"/>); each runs forwards, loss and
/// backwards on one worker while its activations are in that core's cache. Then the weights' gradients are completed and the
/// optimizer's step runs over ranges of the flat block. Nothing is allocated after construction.
/// </summary>
internal sealed unsafe partial class HostTrainingSession<TModel, TBackend, T> : TrainingSession, IParallelJob
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
    private readonly UpdateProgram update;
    private readonly int updateRanges;
    private readonly MetricSums metrics;
    private readonly bool isMasked;
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

    public HostTrainingSession(TrainingSetup setup, int threads, bool cutsBatches)
    {
        this.setup = setup;
        this.threads = threads;
        this.cutsBatches = cutsBatches;
        plan = TModel.Plan;
        isMasked = plan.Training.Mask > 0;
        targets = new(plan, setup.Loss.TargetColumns(plan.Shape.Outputs));
        Capacity = setup.BatchSize;
        var largest = Cut(setup.BatchSize);
        // A smaller last batch may be cut into smaller blocks, but never into more samples in all than this.
        samplePlaces = largest.Blocks * largest.BlockSamples;
        parameters = new(plan.ParameterFloats);
        slots = new(checked(plan.ParameterFloats * setup.Optimizer.Slots.Count));
        for (var slot = 0; slot < setup.Optimizer.Slots.Count; slot++)
        {
            var block = slots.Span.Slice(slot * plan.ParameterFloats, plan.ParameterFloats);
            block.Fill(T.CreateTruncating(setup.Optimizer.InitialValue(slot)));
        }

        update = new(setup.Optimizer, setup.Tensors(plan), setup.Frozen.Count > 0);
        gradients = new(checked(plan.ParameterFloats * (largest.OwnGradients ? largest.Blocks : 1)));
        activations = new(checked(samplePlaces * targets.FloatsPerSample));
        packed = TBackend.PacksWeights ? new(plan.Tensors, transposes: true) : null;
        windows = new int[setup.BatchSize];
        loss = new(setup.Loss, plan.Shape.Outputs, largest.Blocks, plan.Head);
        metrics = new(largest.Blocks, plan.Shape.Outputs, plan.Head);
        activityPenalties = new(largest.Blocks);
        updateRanges = (plan.TrainableFloats + UpdateRange - 1) / UpdateRange;
        weightPenalties = new(setup.Tensors(plan), updateRanges);
    }

    private enum Phase
    {
        PassTraining,
        PassInference,
        Train,
        Forward,
        Backward,
        Evaluate,
        Gradients,
        Update,
        MeasureGradients,
        UpdateTensors,
        Constrain,
        TakeAverages,
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

    /// <summary>The gradients of the last step, in the parameter block's layout.</summary>
    public ReadOnlySpan<T> Gradients => gradients.Span[..plan.ParameterFloats];

    /// <inheritdoc/>
    public override double[] CopySums() => [lossTotal, lossSamples, .. metrics.Totals];

    /// <inheritdoc/>
    public override void SetSums(ReadOnlySpan<double> sums)
    {
        RequireSums(2 + metrics.Totals.Length, sums.Length);
        lossTotal = sums[0];
        lossSamples = (long)sums[1];
        sums[2..].CopyTo(metrics.Totals);
    }

    /// <inheritdoc/>
    public override void Train(BatchSource source, ReadOnlySpan<int> windows, long iteration, double learningRate)
    {
        this.iteration = iteration;
        update.Begin(iteration, learningRate);
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
        if (update.MeasuresGradients)
        {
            RunPhase(Phase.MeasureGradients, update.Tensors);
            update.EndMeasuring();
        }

        if (update.WorksOnTensors)
            RunPhase(Phase.UpdateTensors, update.Tensors);
        if (update.ConstrainedTensors > 0)
            RunPhase(Phase.Constrain, update.ConstrainedTensors);
        var backend = Backend(0, gradients.Pointer);
        update.UpdateMovingAverages(ref backend);
        Pack();
        knowsWeightPenalties = false;
        AddLoss(value + weightPenalties.Total);
    }

    /// <inheritdoc/>
    public override void TakeAverages()
    {
        RunPhase(Phase.TakeAverages, updateRanges);
        Pack();
        knowsWeightPenalties = false;
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
            case Phase.PassTraining:
                PassTraining(part);
                break;
            case Phase.PassInference:
                PassInference(part);
                break;
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
                Update(part, part * UpdateRange, Math.Min((part + 1) * UpdateRange, plan.TrainableFloats));
                break;
            case Phase.MeasureGradients:
                MeasureGradient(part);
                break;
            case Phase.UpdateTensors:
                UpdateTensor(part);
                break;
            case Phase.Constrain:
                Constrain(part);
                break;
            case Phase.TakeAverages:
                TakeAverages(part * UpdateRange, Math.Min((part + 1) * UpdateRange, plan.TrainableFloats));
                break;
            case Phase.MeasureWeights:
                MeasureWeights(part, part * UpdateRange, Math.Min((part + 1) * UpdateRange, plan.TrainableFloats));
                break;
        }
    }

    private BatchCut Cut(int samples) => cutsBatches && !plan.NeedsWholeBatch ? BatchCut.For(plan, samples) : BatchCut.Whole(samples);

    private double RunBlocks(Phase phase, BatchSource source, ReadOnlySpan<int> windows)
    {
        this.source = source;
        windows.CopyTo(this.windows);
        samples = windows.Length;
        cut = Cut(samples);
        // How many rows count is known only once all blocks have passed the layers that say it.
        if (isMasked)
            RunPhase(phase == Phase.Evaluate ? Phase.PassInference : Phase.PassTraining, cut.Blocks);
        var (rows, weights) = isMasked
            ? CountRows(phase == Phase.Evaluate ? plan.Inference.Mask : plan.Training.Mask)
            : ((double)samples * plan.Shape.OutputTimesteps, BatchGather.WeightSum(source, windows, plan.Shape.OutputTimesteps));
        loss.Begin(rows, weights);
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
}
