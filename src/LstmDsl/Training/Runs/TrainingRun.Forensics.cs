namespace LstmDsl;

/// <content>What becomes of a run whose numbers are no longer finite.</content>
internal sealed partial class TrainingRun<TModel>
{
    private const string Diverged = "Training has diverged: ";
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

    // Once a run, and not again where a checkpoint brought it; who stops at such numbers says so himself.
    private bool TellsDivergence =>
        !Array.Exists(callbacks, callback => callback is TerminateOnNaN)
        && !history.Warnings.Any(warning => warning.StartsWith(Diverged, StringComparison.Ordinal));

    private void WarnWhereDiverged(string what, double value, int? batch)
    {
        if (double.IsFinite(value) || !TellsDivergence)
            return;
        var place = batch is null ? "" : FormattableString.Invariant($"after batch {batch + 1} of {request.Batches} ");
        WarnOfDivergence(FormattableString.Invariant($"the {what} is {value} {place}in epoch {epoch + 1}"));
    }

    // The last update's doing, which no later loss shows.
    private void WarnWhereWeightsAreNotFinite()
    {
        if (trainer.Iteration > iterationAtBegin && Weights.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) >= 0 && TellsDivergence)
            WarnOfDivergence(FormattableString.Invariant($"a weight is not finite after the last update, step {trainer.Iteration}"));
    }

    private void WarnOfDivergence(string what) => Warn(
        $"{Diverged}{what}, and what the model now gives is of no use. Lower the learning rate, or limit gradients with the optimizer's "
        + "ClipNorm; the callback TerminateOnNaN stops such a run at once, says where the first such number came from, and can go back.");

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
