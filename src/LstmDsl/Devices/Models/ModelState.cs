using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// A model's weights and what travels with them. Every write goes through here and raises <see cref="Version"/>, so that whoever keeps a
/// copy of the weights (a device, packed kernels) knows when it is old. Who trains the model or replaces its weights occupies it, and what
/// other threads ask meanwhile is an error: no prediction ever mixes two models' weights.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ModelState
{
    private readonly AlignedBlock<float> parameters;

    // Held while the block is copied from or written to.
    private readonly Lock copying = new();
    private TrainingSession? session;
    private bool sessionIsAhead;
    private long version;

    // 0, the id of the thread that trains the model, or minus the id of one that replaces its weights.
    private int occupant;

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
    public long Version => Volatile.Read(ref version);

    /// <summary>
    /// The parameter block, up to date. It is for the thread that occupies the model; others read it in <see cref="HoldStill"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The model is being trained, or its weights are replaced, on another thread.</exception>
    internal AlignedBlock<float> Parameters
    {
        get
        {
            RefuseWhileOccupied();
            if (sessionIsAhead)
            {
                lock (copying)
                    session!.DownloadParameters(parameters.Span);
                sessionIsAhead = false;
            }

            return parameters;
        }
    }

    /// <summary>
    /// Puts the states of stateful layers back to zeros, in which the first batch started. Nothing else does: neither an epoch's end nor a
    /// new call.
    /// </summary>
    /// <exception cref="InvalidOperationException">The model is being trained, or its weights are replaced, on another thread.</exception>
    public void ResetStates()
    {
        RefuseWhileOccupied();
        if (LayerStates is null)
            return;
        lock (LayerStates.Turn)
            LayerStates.Reset();
    }

    /// <summary>Keeps the weights of one moment until the result is disposed: who writes them waits. For copying them, no longer.</summary>
    /// <param name="block">The parameter block.</param>
    /// <exception cref="InvalidOperationException">The model is being trained, or its weights are replaced, on another thread.</exception>
    internal Lock.Scope HoldStill(out AlignedBlock<float> block)
    {
        var held = copying.EnterScope();
        try
        {
            block = Parameters;
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>A copy of the whole parameter block.</summary>
    internal float[] CopyParameters()
    {
        using var held = HoldStill(out var block);
        return block.Span.ToArray();
    }

    /// <summary>
    /// Occupies the model for the calling thread until the result is disposed, so that weights, pipeline and seed are replaced together.
    /// Within a training run it is its thread's already.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread occupies the model.</exception>
    internal Replacing BeginReplacing()
    {
        var thread = Environment.CurrentManagedThreadId;
        var before = Interlocked.CompareExchange(ref occupant, -thread, 0);
        if (before != 0 && Math.Abs(before) != thread)
            throw Occupied(before);
        return new(this, ends: before == 0);
    }

    /// <summary>Writes the whole parameter block.</summary>
    internal void SetParameters(ReadOnlySpan<float> block)
    {
        using var replacing = BeginReplacing();
        using var held = HoldStill(out var own);
        block.CopyTo(own.Span);
        version++;
    }

    /// <summary>A copy of a tensor's values.</summary>
    internal float[] Read(TensorSlot tensor)
    {
        var values = new float[tensor.Length];
        Read(tensor, 0, values);
        return values;
    }

    /// <summary>Copies values of a tensor.</summary>
    internal void Read(TensorSlot tensor, int start, Span<float> destination)
    {
        using var held = HoldStill(out var block);
        block.Span.Slice(tensor.Offset + start, destination.Length).CopyTo(destination);
    }

    /// <summary>Writes values into a tensor.</summary>
    internal void Write(TensorSlot tensor, int start, ReadOnlySpan<float> values)
    {
        using var replacing = BeginReplacing();
        using var held = HoldStill(out var block);
        values.CopyTo(block.Span.Slice(tensor.Offset + start, values.Length));
        version++;
    }

    /// <summary>Throws where somebody occupies the model, be it the calling thread, before anything of that is touched.</summary>
    internal void RequireIdle()
    {
        if (Volatile.Read(ref occupant) is var thread && thread != 0)
            throw Occupied(thread);
    }

    /// <summary>Throws where weights were written since: what was made of several readings would be of two models.</summary>
    /// <param name="since">The <see cref="Version"/> before the first reading.</param>
    internal void RequireVersion(long since)
    {
        if (Version != since)
        {
            throw new InvalidOperationException(
                $"The weights of {Plan.Name} were replaced on another thread before all was predicted, so the result would be of two models. "
                + SwapInstead);
        }
    }

    /// <summary>Says that a session trains this model from now on, on the calling thread.</summary>
    internal void BeginTraining(TrainingSession session)
    {
        var before = Interlocked.CompareExchange(ref occupant, Environment.CurrentManagedThreadId, 0);
        if (before != 0)
            throw Occupied(before);
        this.session = session;
    }

    /// <summary>Says that the session's weights are newer than the model's.</summary>
    internal void MarkTrained()
    {
        sessionIsAhead = true;
        version++;
    }

    /// <summary>Says that training is over; brings the weights back.</summary>
    internal void EndTraining()
    {
        _ = Parameters;
        session = null;
        Volatile.Write(ref occupant, 0);
    }

    private const string SwapInstead =
        "A model that others predict with is renewed by making a second one and swapping the reference.";

    private InvalidOperationException Occupied(int by) => new(by > 0
        ? $"{Plan.Name} is being trained already; one model is trained by one Fit at a time."
        : $"The weights of {Plan.Name} are being replaced on another thread (by Load, Resume, CopyFrom or Set). {SwapInstead}");

    /// <summary>Throws where another thread trains the model or replaces its weights.</summary>
    internal void RefuseWhileOccupied()
    {
        var thread = Volatile.Read(ref occupant);
        if (thread == 0 || Math.Abs(thread) == Environment.CurrentManagedThreadId)
            return;
        throw thread < 0 ? Occupied(thread) : new InvalidOperationException(
            $"{Plan.Name} is being trained on another thread, so its weights and states are not to be had now. "
            + "Wait for Fit to return, or predict from a callback, which runs between steps.");
    }

    /// <summary>Ends with <see cref="Dispose"/> what <see cref="BeginReplacing"/> began.</summary>
    internal readonly ref struct Replacing(ModelState state, bool ends)
    {
        /// <summary>Leaves the model to others.</summary>
        public void Dispose()
        {
            if (ends)
                Volatile.Write(ref state.occupant, 0);
        }
    }
}
