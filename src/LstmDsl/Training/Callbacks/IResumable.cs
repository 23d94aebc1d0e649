namespace LstmDsl;

/// <summary>
/// What a <see cref="Callback"/> implements that remembers something, so that checkpoints keep it and a run that goes on from one gives it
/// back: <see cref="Trainer{TModel}.Resume"/>, <see cref="Trainer{TModel}.Load"/> and <see cref="BackupAndRestore"/> then lead to the same
/// bits as a run that never stopped. The library's own callbacks do it by this interface too.
/// </summary>
/// <remarks>
/// <para>
/// Every checkpoint that holds more than weights asks for the state, so at any of the moments at which callbacks are called, between two
/// fits also. What was called before the checkpoint is in the state, and is not called again. So a callback that writes a checkpoint
/// itself (<see cref="TrainingContext.Save"/>) first brings its own fields to where they shall stand after it.
/// </para>
/// <para>
/// Of several callbacks with one name the second keeps its state as <c>name#2</c>, the third as <c>name#3</c>, in the order of
/// <see cref="Trainer{TModel}.Callbacks"/>; the run that goes on lists them in the same order. A callback whose name the checkpoint does
/// not have starts afresh, and a state whose callback the run does not have is left.
/// </para>
/// <para>
/// The learning rate, the model's weights, the optimizer's state, the history and what the run was asked to warn of or to stop for are the
/// checkpoint's own and no callback's business.
/// </para>
/// </remarks>
/// <example>
/// A moving average of the weights, which also lowers the learning rate once:
/// <code>
/// public sealed class AveragedWeights(double decay, int lowerAfter) : Callback, IResumable
/// {
///     private float[]? average;
///     private int batches;
///
///     string IResumable.StateName =&gt; "averaged_weights";
///
///     public override void OnTrainBegin(TrainingContext context) =&gt; (average, batches) = (null, 0);
///
///     public override void OnBatchEnd(TrainingContext context)
///     {
///         var weights = context.CopyWeights();
///         average ??= weights;
///         for (var i = 0; i &lt; average.Length; i++)
///             average[i] += (float)((1 - decay) * (weights[i] - average[i]));
///         if (++batches == lowerAfter)
///             context.LearningRate /= 10;
///     }
///
///     public override void OnTrainEnd(TrainingContext context)
///     {
///         if (average is not null)
///             context.SetWeights(average);
///     }
///
///     CallbackState IResumable.SaveState() =&gt; new()
///     {
///         Numbers = new Dictionary&lt;string, double&gt; { ["batches"] = batches },
///         Weights = average,
///     };
///
///     void IResumable.RestoreState(CallbackState state) =&gt; (batches, average) = (state.Count("batches"), state.Weights);
/// }
/// </code>
/// </example>
public interface IResumable
{
    /// <summary>
    /// The name under which a checkpoint keeps the state, such as <c>averaged_weights</c>; the same for the callback's whole life. Not
    /// empty, without control characters, and without <c>/</c>, which parts names in a .keras file. Another one is an
    /// <see cref="InvalidOperationException"/> before the first batch.
    /// </summary>
    string StateName { get; }

    /// <summary>What a run needs to go on as if it had not stopped. The callback stays as it is.</summary>
    /// <returns>
    /// The state. It is written before anything else runs, so what it refers to need not be copied.
    /// </returns>
    CallbackState SaveState();

    /// <summary>
    /// Takes back what <see cref="SaveState"/> gave; called after <see cref="Callback.OnTrainBegin"/>, which starts the callback afresh, and
    /// before the first batch.
    /// </summary>
    /// <param name="state">The state; its weights are the callback's to keep and to change.</param>
    /// <exception cref="InvalidDataException">The state lacks something; the run then does not begin.</exception>
    void RestoreState(CallbackState state);
}
