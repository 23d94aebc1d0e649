namespace LstmDsl;

/// <summary>
/// What a callback sees of a training run, and what it may do to it. Callbacks run between steps on the training thread, so the weights
/// hold still meanwhile. A test derives from this class to feed a callback with logs of its own.
/// </summary>
public abstract class TrainingContext
{
    /// <summary>The model's name.</summary>
    public abstract string ModelName { get; }

    /// <summary>Index of the epoch, from 0.</summary>
    public abstract int Epoch { get; }

    /// <summary>Index past the last epoch, as given to <c>Fit</c>.</summary>
    public abstract int Epochs { get; }

    /// <summary>Index of the batch within the epoch, from 0.</summary>
    public abstract int Batch { get; }

    /// <summary>Batches in an epoch.</summary>
    public abstract int BatchesPerEpoch { get; }

    /// <summary>
    /// The values so far: at a batch's end the running means of the epoch, at an epoch's end everything, <c>val_</c> names included.
    /// In the network's units.
    /// </summary>
    public abstract IReadOnlyDictionary<string, double> Logs { get; }

    /// <summary>The names that an epoch's logs will hold, known from the start, in their order.</summary>
    public abstract IReadOnlyList<string> LogNames { get; }

    /// <summary>Keras's <c>verbose</c>: 0 silent, 1 a progress bar, 2 a line an epoch.</summary>
    public abstract int Verbose { get; }

    /// <summary>The learning rate of the next step; it can be set unless it <see cref="FollowsSchedule"/>.</summary>
    public abstract double LearningRate { get; set; }

    /// <summary>Whether the learning rate follows the optimizer's <see cref="Schedule"/>, so that nobody else may set it.</summary>
    public virtual bool FollowsSchedule => false;

    /// <summary>Whether that epoch ends with a validation, so that its logs hold the <c>val_</c> names.</summary>
    /// <param name="epoch">Its index, from 0.</param>
    public virtual bool ValidatesAfter(int epoch) => true;

    /// <summary>Which way the value of that name improves; null where nothing says so.</summary>
    /// <param name="name">A name of <see cref="LogNames"/>.</param>
    public abstract Direction? DirectionOf(string name);

    /// <summary>Whether somebody asked training to stop.</summary>
    public abstract bool StopRequested { get; }

    /// <summary>Asks training to end after this epoch (after this batch, if called at a batch's end).</summary>
    /// <param name="reason">Who stopped and why, for <see cref="History.StoppedBy"/>.</param>
    public abstract void Stop(string reason);

    /// <summary>Copies the weights of this moment.</summary>
    public abstract float[] CopyWeights();

    /// <summary>Puts weights back that <see cref="CopyWeights"/> gave.</summary>
    /// <param name="weights">The copy.</param>
    public abstract void SetWeights(ReadOnlySpan<float> weights);

    /// <summary>Writes a checkpoint; the extension names the format.</summary>
    /// <param name="path">The file; it is replaced as a whole, or left as it was.</param>
    /// <param name="weightsOnly">Whether to leave out the state of the optimizer and of the run.</param>
    public abstract void Save(string path, bool weightsOnly);

    /// <summary>Throws where <see cref="Save"/> could not write such a file, so that this is known before the first batch.</summary>
    /// <param name="path">The file, or a name with places still to be filled.</param>
    /// <exception cref="ArgumentException">No format has that extension; the message lists those that there are.</exception>
    public virtual void RequireSavable(string path) => CheckpointFormat.For(path).RequireWritable(path);

    /// <summary>Adds to <see cref="History.Warnings"/>; each text is printed once to standard error unless verbose is 0.</summary>
    /// <param name="text">One line.</param>
    public abstract void Warn(string text);

    /// <summary>
    /// The same for what a machine did and not the run, such as a disk that was full: checkpoints leave it out, so that equal runs write equal
    /// files.
    /// </summary>
    internal virtual void WarnOfThisMachine(string text) => Warn(text);

    /// <summary>Whether the run was cancelled, so that it may be gone on with.</summary>
    internal virtual bool IsCancelled => false;

    /// <summary>Whether the fit ends with an average of its weights, which it does not train with before.</summary>
    internal virtual bool EndsWithAverages => false;

    /// <summary>Copies the weights that the fit would leave, ended it here: the average of them where the optimizer keeps one.</summary>
    internal virtual float[] CopyWeightsOfFitEndedHere() => CopyWeights();

    /// <summary>The weights of this moment.</summary>
    internal virtual ReadOnlySpan<float> Weights => CopyWeights();

    /// <summary>Runs the last step again to find its first value that is not finite; null where there is none.</summary>
    /// <param name="before">The weights before that step.</param>
    internal virtual NonFiniteValue? FindNonFinite(ReadOnlySpan<float> before) => null;

    /// <summary>Takes the run back to the beginning of the epoch, from where it goes on with another learning rate.</summary>
    internal virtual void RollBack(double learningRate)
    {
    }

    /// <summary>Throws where a callback could not do its work since the learning rate follows a schedule.</summary>
    internal void RequireSettableRate(string owner)
    {
        if (FollowsSchedule)
        {
            throw new InvalidOperationException(
                $"{owner} sets the learning rate, but the optimizer's own follows a schedule. "
                + $"Give the optimizer a number, or leave {owner} out.");
        }
    }
}
