namespace LstmDsl;

/// <summary>A callback made of functions, for what is too small for a class: <c>new LambdaCallback(onEpochEnd: run => …)</c>.</summary>
/// <param name="onEpochEnd">Called after an epoch's validation.</param>
/// <param name="onBatchEnd">Called after each batch's update.</param>
/// <param name="onEpochBegin">Called before an epoch's first batch.</param>
/// <param name="onTrainBegin">Called before anything runs.</param>
/// <param name="onTrainEnd">Called at the end of a run, also of one that was stopped or cancelled.</param>
public sealed class LambdaCallback(
    Action<TrainingContext>? onEpochEnd = null,
    Action<TrainingContext>? onBatchEnd = null,
    Action<TrainingContext>? onEpochBegin = null,
    Action<TrainingContext>? onTrainBegin = null,
    Action<TrainingContext>? onTrainEnd = null) : Callback
{
    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context) => onTrainBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context) => onEpochBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context) => onBatchEnd?.Invoke(context);

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context) => onEpochEnd?.Invoke(context);

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingContext context) => onTrainEnd?.Invoke(context);

    /// <inheritdoc/>
    internal override bool WantsBatches => onBatchEnd is not null;
}
