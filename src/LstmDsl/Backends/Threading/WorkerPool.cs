using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace LstmDsl;

/// <summary>
/// Background threads that run the parts of one job at a time. The caller takes part; parts are handed out by a counter. A thread that
/// finds nothing to do looks for the next job for a few tens of microseconds, then sleeps. Nothing is allocated after the threads stand.
/// </summary>
/// <remarks>
/// A job is opened by writing its number of places to <see cref="places"/>. A worker joins by taking a place, and only the caller closes
/// the places again; so whoever has joined is known, and nobody can meet a job that is over.
/// </remarks>
internal sealed class WorkerPool
{
    /// <summary>How long a worker spins for the next job, and a caller for its workers, before they sleep.</summary>
    private static readonly long SpinTicks = Stopwatch.Frequency * 30 / 1_000_000;

    private readonly Lock growing = new();
    private readonly object jobGate = new();
    private readonly object doneGate = new();
    private readonly bool spins;

    private int workers;
    private int sleepers;
    private int busy;

    private IParallelJob? job;
    private int parts;
    private int nextPart;
    private ExceptionDispatchInfo? failure;

    private int places;
    private int left;
    private int awaited;

    /// <summary>Makes a pool; its threads start when they are first needed.</summary>
    internal WorkerPool() => spins = Environment.ProcessorCount > 1;

    /// <summary>The pool that all training and prediction shares.</summary>
    public static WorkerPool Shared { get; } = new();

    /// <summary>How many threads work where nothing else is said: one a processor, or fewer where a CPU quota says so.</summary>
    public static int DefaultThreads => Environment.ProcessorCount;

    /// <summary>
    /// Runs all parts of a job, each once, and returns when all have ended. While the pool has a job, another caller (or a part of
    /// that job) runs its parts on its own thread.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="parts">How many parts it has.</param>
    /// <param name="threads">How many threads may work on it, the caller's included; more than there are processors is allowed.</param>
    /// <exception cref="Exception">The first exception that a part threw, after all parts have ended.</exception>
    public void Run(IParallelJob job, int parts, int threads)
    {
        ArgumentNullException.ThrowIfNull(job);
        var helpers = Math.Min(threads, parts) - 1;
        if (helpers <= 0 || Interlocked.CompareExchange(ref busy, 1, 0) != 0)
        {
            RunAlone(job, parts);
            return;
        }
        try
        {
            EnsureWorkers(helpers);
            RunTogether(job, parts, helpers);
        }
        finally
        {
            Volatile.Write(ref busy, 0);
        }
    }

    private static void RunAlone(IParallelJob job, int parts)
    {
        ExceptionDispatchInfo? failure = null;
        for (var part = 0; part < parts; part++) RunPart(job, part, ref failure);
        failure?.Throw();
    }

    private static void RunPart(IParallelJob job, int part, ref ExceptionDispatchInfo? failure)
    {
        try
        {
            job.Run(part);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
        }
    }

    private void RunTogether(IParallelJob job, int parts, int helpers)
    {
        this.job = job;
        this.parts = parts;
        nextPart = 0;
        left = 0;
        awaited = -1;
        Interlocked.Exchange(ref places, helpers);
        if (Volatile.Read(ref sleepers) > 0) Wake(helpers);

        RunParts();
        var joined = helpers - Interlocked.Exchange(ref places, 0);
        if (joined > 0) Await(joined);

        this.job = null;
        var thrown = failure;
        failure = null;
        thrown?.Throw();
    }

    /// <summary>Takes parts until there are no more.</summary>
    private void RunParts()
    {
        var current = job!;
        while (true)
        {
            var part = Interlocked.Increment(ref nextPart) - 1;
            if (part >= parts) return;
            RunPart(current, part, ref failure);
        }
    }

    private void Wake(int helpers)
    {
        lock (jobGate)
        {
            for (var i = Math.Min(helpers, sleepers); i > 0; i--) Monitor.Pulse(jobGate);
        }
    }

    /// <summary>Waits until so many workers have left the job.</summary>
    private void Await(int joined)
    {
        if (SpinUntil(static (pool, joined) => Volatile.Read(ref pool.left) == joined, joined)) return;
        Interlocked.Exchange(ref awaited, joined);
        lock (doneGate)
        {
            while (Volatile.Read(ref left) != joined) Monitor.Wait(doneGate);
        }
    }

    private void EnsureWorkers(int count)
    {
        if (Volatile.Read(ref workers) >= count) return;
        lock (growing)
        {
            for (; workers < count; workers++)
            {
                new Thread(Work) { IsBackground = true, Name = "LstmDsl worker" }.UnsafeStart();
            }
        }
    }

    private void Work()
    {
        while (true)
        {
            Join();
            RunParts();
            if (Interlocked.Increment(ref left) == Volatile.Read(ref awaited))
            {
                lock (doneGate) Monitor.Pulse(doneGate);
            }
        }
    }

    /// <summary>Waits for a job and takes a place in it.</summary>
    private void Join()
    {
        while (!TryJoin())
        {
            if (SpinUntil(static (pool, _) => Volatile.Read(ref pool.places) > 0, 0)) continue;
            lock (jobGate)
            {
                // A caller first opens its places and then looks for sleepers; so either it sees this one, or this one sees the places.
                Interlocked.Increment(ref sleepers);
                if (Volatile.Read(ref places) == 0) Monitor.Wait(jobGate);
                Interlocked.Decrement(ref sleepers);
            }
        }
    }

    private bool TryJoin()
    {
        var open = Volatile.Read(ref places);
        while (open > 0)
        {
            var seen = Interlocked.CompareExchange(ref places, open - 1, open);
            if (seen == open) return true;
            open = seen;
        }
        return false;
    }

    /// <summary>Looks at a condition for a bounded time; returns whether it came true.</summary>
    private bool SpinUntil(Func<WorkerPool, int, bool> condition, int argument)
    {
        if (condition(this, argument)) return true;
        if (!spins) return false;
        var until = Stopwatch.GetTimestamp() + SpinTicks;
        while (Stopwatch.GetTimestamp() < until)
        {
            Thread.SpinWait(8);
            if (condition(this, argument)) return true;
        }
        return false;
    }
}
