using LstmDsl.CompilerServices;

namespace LstmDsl;

// What a batch costs: its loss, its metrics.
internal sealed partial class IlgpuTrainingSession<TModel>
{
    private void Measure(
        ref IlgpuBackend backend, BatchSource source, ReadOnlySpan<int> windows, in LossOffsets offsets, in ActivationPlan places)
    {
        var samples = windows.Length;
        var rows = plan.Shape.OutputTimesteps * samples;
        var mask = places.Mask > 0 ? places.Mask * samples : Offset.None;
        if (mask >= 0 && source.Weights is not null)
            DeviceMasking.Multiply(program, offsets.Weights, mask, offsets.Weights, rows, columns: 1);
        var counted = CountRows(source, windows, mask, rows);
        MeasureLoss(ref backend, offsets, samples, counted, source.Weights is not null);
        metrics.Measure(ref backend, offsets, rows, counted);
    }

    // What the loss is divided by has to be known before its gradient, so a mask has to come here first.
    private unsafe RowWeights CountRows(BatchSource source, ReadOnlySpan<int> windows, int mask, int rows)
    {
        var timesteps = plan.Shape.OutputTimesteps;
        if (mask < 0)
            return new(Mask: Offset.None, rows, BatchGather.WeightSum(source, windows, timesteps) ?? rows);
        fixed (float* copy = program.Read(place: 3, mask, rows))
        {
            var counted = MaskedRows.Of(copy, source, windows, timesteps);
            return new(mask, counted.Count, counted.Weights);
        }
    }

    private void MeasureLoss(ref IlgpuBackend backend, in LossOffsets offsets, int samples, in RowWeights counted, bool hasWeights)
    {
        var rows = plan.Shape.OutputTimesteps * samples;
        loss.Begin(counted.Count, hasWeights ? counted.Sum : null);
        if (loss.TakesLogits && offsets.Gradient >= 0)
            queue.Clear(program.Activation(offsets.Gradient, (long)rows * plan.Shape.Outputs));
        if (!loss.NeedsWholeBatch)
        {
            totals.AddTo(index: 0, loss.Factor * samples);
            loss.Measure(ref backend, block: 0, offsets, rows);
            return;
        }

        // Its gradient depends on sums over the whole batch, which therefore have to come here first.
        totals.Waits = true;
        loss.Measure(ref backend, block: 0, offsets, rows);
        waitedLoss += loss.Complete(measured: 1) * samples;
        if (offsets.Gradient >= 0)
            loss.Differentiate(ref backend, offsets, rows);
        totals.Waits = false;
    }

    private void AddWeightPenalties(ref IlgpuBackend backend, int samples)
    {
        totals.AddTo(index: 0, factor: samples);
        weightPenalties.Add(ref backend, range: 0, 0, plan.ParameterFloats);
    }
}
