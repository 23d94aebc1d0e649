using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// A model's weights and what travels with them. Every write goes through here and raises <see cref="Version"/>, so that whoever keeps a
/// copy of the weights (a device, packed kernels) knows when it is old.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ModelState
{
    private readonly AlignedBlock<float> parameters;
    private TrainingSession? session;
    private int trainingThread;
    private bool sessionIsAhead;

    private protected ModelState(ModelPlan plan, int seed)
    {
        Plan = plan;
        Seed = seed;
        LayerStates = plan.States.Count > 0 ? new(plan) : null;
        parameters = new(plan.ParameterFloats);
    }

    /// <summary>The plan.</summary>
    public ModelPlan Plan { get; }

    /// <summary>What the model's data went through; null before it was trained on a data set.</summary>
    public Pipeline? Pipeline { get; internal set; }

    /// <summary>The seed of the weights, which is that of training too unless it is given another.</summary>
    public int Seed { get; internal set; }

    /// <summary>What stateful layers carry from batch to batch; null where there are none.</summary>
    internal LayerStates? LayerStates { get; }

    /// <summary>Raised by every write to the weights.</summary>
    public long Version { get; private set; }

    /// <summary>The parameter block, up to date.</summary>
    /// <exception cref="InvalidOperationException">The model is being trained on another thread.</exception>
    internal AlignedBlock<float> Parameters
    {
        get
        {
            RefuseWhileTrained();
            if (sessionIsAhead)
            {
                session!.DownloadParameters(parameters.Span);
                sessionIsAhead = false;
            }

            return parameters;
        }
    }

    /// <summary>Puts the states of stateful layers back to zeros.</summary>
    /// <exception cref="InvalidOperationException">The model is being trained on another thread.</exception>
    public void ResetStates()
    {
        RefuseWhileTrained();
        if (LayerStates is null)
            return;
        lock (LayerStates.Turn)
            LayerStates.Reset();
    }

    /// <summary>Writes the whole parameter block.</summary>
    internal void SetParameters(ReadOnlySpan<float> block)
    {
        block.CopyTo(Parameters.Span);
        Version++;
    }

    /// <summary>A tensor's values, to read.</summary>
    internal ReadOnlySpan<float> Read(TensorSlot tensor) => Parameters.Span.Slice(tensor.Offset, tensor.Length);

    /// <summary>Writes values into a tensor.</summary>
    internal void Write(TensorSlot tensor, int start, ReadOnlySpan<float> values)
    {
        values.CopyTo(Parameters.Span.Slice(tensor.Offset + start, values.Length));
        Version++;
    }

    /// <summary>Throws where the model is being trained already, before anything of that is touched.</summary>
    internal void RequireIdle()
    {
        if (Volatile.Read(ref trainingThread) != 0)
            throw TrainedAlready();
    }

    /// <summary>Says that a session trains this model from now on, on the calling thread.</summary>
    internal void BeginTraining(TrainingSession session)
    {
        if (Interlocked.CompareExchange(ref trainingThread, Environment.CurrentManagedThreadId, 0) != 0)
            throw TrainedAlready();
        this.session = session;
    }

    /// <summary>Says that the session's weights are newer than the model's.</summary>
    internal void MarkTrained()
    {
        sessionIsAhead = true;
        Version++;
    }

    /// <summary>Says that training is over; brings the weights back.</summary>
    internal void EndTraining()
    {
        _ = Parameters;
        session = null;
        Volatile.Write(ref trainingThread, 0);
    }

    private InvalidOperationException TrainedAlready() =>
        new($"{Plan.Name} is being trained already; one model is trained by one Fit at a time.");

    private void RefuseWhileTrained()
    {
        var thread = Volatile.Read(ref trainingThread);
        if (thread != 0 && thread != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException(
                $"{Plan.Name} is being trained on another thread, so its weights and states are not to be had now. "
                + "Wait for Fit to return, or predict from a callback, which runs between steps.");
        }
    }
}
