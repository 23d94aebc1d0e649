namespace LstmDsl;

/// <content>What becomes of a run whose numbers are no longer finite.</content>
internal sealed partial class TrainingRun<TModel>
{
    private RollBackPoint? rollBackPoint;
    private bool rollsBack;

    /// <inheritdoc/>
    internal override ReadOnlySpan<float> Weights => state.Parameters.Span;

    /// <inheritdoc/>
    internal override NonFiniteValue? FindNonFinite(ReadOnlySpan<float> before)
    {
        var setup = new TrainingSetup(trainer.Optimizer, request.Objective.Loss, request.Capacity);
        var found = StepReplay.Find<TModel>(
            setup, request.Training, order.AsSpan(batchStart, position - batchStart), trainer.Iteration, trainer.LearningRate, request.Seed,
            before, Weights);
        return found is null ? null : found with { Epoch = epoch, Batch = batch };
    }

    /// <inheritdoc/>
    internal override void RollBack(double learningRate)
    {
        var point = rollBackPoint ?? throw new InvalidOperationException("Nothing was kept to roll back to.");
        rollsBack = true;
        state.SetParameters(point.Weights);
        for (var slot = 0; slot < trainer.Optimizer.Slots.Count; slot++)
            session.UploadSlot(slot, point.Slots.Block(slot));
        trainer.Iteration = point.Iteration;
        trainer.LearningRate = learningRate;
    }

    private void KeepForRollBack()
    {
        if (!Array.Exists(callbacks, callback => callback.RollsBack))
            return;
        rollBackPoint ??= new(CopyWeights(), new(state.Plan, trainer.Optimizer));
        state.Parameters.Span.CopyTo(rollBackPoint.Weights);
        for (var slot = 0; slot < trainer.Optimizer.Slots.Count; slot++)
            session.DownloadSlot(slot, rollBackPoint.Slots.Block(slot));
        rollBackPoint.Iteration = trainer.Iteration;
        rollBackPoint.Position = position;
        rollBackPoint.Batch = batch;
        rollBackPoint.Sums = session.CopySums();
    }

    // The callbacks have all seen the batch; now its epoch begins again.
    private int RollBack()
    {
        rollsBack = false;
        position = rollBackPoint!.Position;
        session.BeginMetrics(metrics);
        session.SetSums(rollBackPoint.Sums);
        return rollBackPoint.Batch;
    }

    private sealed record RollBackPoint(float[] Weights, OptimizerSlots Slots)
    {
        public long Iteration { get; set; }

        public int Position { get; set; }

        public int Batch { get; set; }

        public double[] Sums { get; set; } = [];
    }
}
