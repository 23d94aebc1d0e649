namespace LstmDsl;

/// <summary>
/// Stops training after the first batch whose loss is NaN or infinite, as <c>keras.callbacks.TerminateOnNaN</c> does;
/// <see cref="History.StoppedBy"/> says where.
/// </summary>
public sealed class TerminateOnNaN : Callback
{
    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var loss = context.Logs[Monitored.Loss.Name];
        if (double.IsFinite(loss)) return;
        context.Stop(FormattableString.Invariant(
            $"TerminateOnNaN: the loss is {loss} after batch {context.Batch + 1} of epoch {context.Epoch + 1}"));
    }
}
