namespace LstmDsl;

/// <summary>
/// Something that a training run calls at fixed moments. Derive from it and override what is of interest; the methods here do nothing.
/// An instance may serve several runs one after the other: <see cref="OnTrainBegin"/> starts it afresh. One that remembers something
/// implements <see cref="IResumable"/> too, so that a run that goes on from a checkpoint gives it back.
/// </summary>
public abstract class Callback
{
    /// <summary>
    /// Called before anything runs, once the names of the logs are known. Throws where the callback cannot do its work, such as for a
    /// monitor that is never produced.
    /// </summary>
    /// <param name="context">The run.</param>
    public virtual void OnTrainBegin(TrainingContext context)
    {
    }

    /// <summary>Called before an epoch's first batch.</summary>
    /// <param name="context">The run.</param>
    public virtual void OnEpochBegin(TrainingContext context)
    {
    }

    /// <summary>Called after each batch's update.</summary>
    /// <param name="context">The run.</param>
    public virtual void OnBatchEnd(TrainingContext context)
    {
    }

    /// <summary>Called after an epoch's validation.</summary>
    /// <param name="context">The run.</param>
    public virtual void OnEpochEnd(TrainingContext context)
    {
    }

    /// <summary>Called at the end of a run, also of one that was stopped or cancelled.</summary>
    /// <param name="context">The run.</param>
    public virtual void OnTrainEnd(TrainingContext context)
    {
    }

    /// <summary>Called where a run is cancelled, before anything is made of its end.</summary>
    internal virtual void OnCancelled(TrainingContext context)
    {
    }

    /// <summary>A checkpoint that a run shall go on from, where there is one; asked for before it begins.</summary>
    internal virtual string? ResumesFrom => null;

    /// <summary>Whether <see cref="OnBatchEnd"/> wants to be called; a run whose callbacks all say no spares itself the running means.</summary>
    internal virtual bool WantsBatches => true;

    /// <summary>Whether it may ask for <see cref="TrainingContext.RollBack"/>; the run then keeps what it needs for that.</summary>
    internal virtual bool RollsBack => false;

    /// <summary>Whether an epoch's logs shall hold the learning rate, as <c>learning_rate</c>.</summary>
    internal virtual bool LogsLearningRate => false;
}
