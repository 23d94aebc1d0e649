using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl;

// What one part of a phase does: with a block of samples, or with a range of the parameter block.
internal sealed unsafe partial class HostTrainingSession<TModel, TBackend, T>
{
    private (double Rows, double? Weights) CountRows(int mask)
    {
        var sum = default(MaskedRows);
        for (var block = 0; block < cut.Blocks; block++)
            sum += RowsOf(block, mask);
        return (sum.Count, source!.Weights is null ? null : sum.Weights);
    }

    private MaskedRows RowsOf(int block, int mask)
    {
        var length = BlockLength(block);
        var blockWindows = windows.AsSpan(BlockStart(block), length);
        return MaskedRows.Of(Activations(block) + (mask * length), source!, blockWindows, plan.Shape.OutputTimesteps);
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
        Dropout = new(Seed, unchecked((uint)iteration), BlockStart(block)),
        UsesBatchStatistics = gradients != null,
        LossTakesLogits = loss.TakesLogits,
        Watch = setup.Watch,
        ParameterFloats = plan.ParameterFloats,
        Share = share,
        Shares = shares,
        Threads = cut.Blocks == 1 ? threads : 1,
    });

    private T* BlockGradients(int block) => gradients.Pointer + (cut.OwnGradients ? (long)block * plan.ParameterFloats : 0);

    private void RunForward(int block)
    {
        if (!isMasked)
            PassTraining(block);
        var backend = Backend(block, BlockGradients(block));
        MeasureBlock(ref backend, block, plan.Training, plan.Training.OutputGradient);
    }

    private void PassTraining(int block)
    {
        var length = BlockLength(block);
        var backend = Backend(block, BlockGradients(block));
        activityPenalties.Span[block] = 0;
        BatchGather.Inputs(source!, windows.AsSpan(BlockStart(block), length), Activations(block) + (plan.Training.Input * length));
        setup.States?.Load(Activations(block), BlockStart(block), length, training: true);
        TModel.Forward(ref backend, length);
        setup.States?.Keep(Activations(block), BlockStart(block), length, training: true);
    }

    private void PassInference(int block)
    {
        var length = BlockLength(block);
        var backend = Backend(block, gradients: null);
        activityPenalties.Span[block] = 0;
        BatchGather.Inputs(source!, windows.AsSpan(BlockStart(block), length), Activations(block) + (plan.Inference.Input * length));
        setup.States?.Load(Activations(block), BlockStart(block), length, training: false);
        TModel.Infer(ref backend, length);
        setup.States?.Keep(Activations(block), BlockStart(block), length, training: false);
    }

    private void DifferentiateBlock(int block)
    {
        var length = BlockLength(block);
        var backend = Backend(block, BlockGradients(block));
        var offsets = targets.Offsets(source!, length, plan.Training, plan.Training.OutputGradient);
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
        if (!isMasked)
            PassInference(block);
        var backend = Backend(block, gradients: null);
        MeasureBlock(ref backend, block, plan.Inference, gradient: Offset.None);
    }

    private void MeasureBlock(ref TBackend backend, int block, in ActivationPlan places, int gradient)
    {
        var length = BlockLength(block);
        var offsets = targets.Offsets(source!, length, places, gradient);
        var blockWindows = windows.AsSpan(BlockStart(block), length);
        targets.Gather(source!, blockWindows, Activations(block), offsets, places.Mask * length);
        var rows = plan.Shape.OutputTimesteps * length;
        if (loss.TakesLogits && gradient >= 0)
            new Span<T>(Activations(block) + offsets.Gradient, rows * plan.Shape.Outputs).Clear();
        loss.Measure(ref backend, block, offsets, rows);

        var counted = isMasked ? RowsOf(block, places.Mask) : new MaskedRows(rows, 0);
        var weights = isMasked ? counted.Weights : BatchGather.WeightSum(source!, blockWindows, plan.Shape.OutputTimesteps) ?? rows;
        metrics.Measure(
            ref backend, block, offsets, rows, new RowWeights(isMasked ? places.Mask * length : Offset.None, counted.Count, weights));
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
        if (update.WorksOnTensors)
            update.Accumulate(ref backend, from, to);
        else
            update.UpdateRange(ref backend, from, to);
    }

    private void MeasureGradient(int tensor)
    {
        var backend = Backend(0, gradients.Pointer);
        update.Measure(ref backend, tensor);
    }

    private void UpdateTensor(int tensor)
    {
        var backend = Backend(0, gradients.Pointer);
        update.UpdateTensor(ref backend, tensor);
    }

    private void Constrain(int tensor)
    {
        var backend = Backend(0, gradients: null);
        update.Constrain(ref backend, tensor);
    }

    private void TakeAverages(int from, int to)
    {
        var backend = Backend(0, gradients.Pointer);
        update.TakeAverages(ref backend, from, to);
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
