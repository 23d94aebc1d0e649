using System.Runtime.ExceptionServices;

namespace LstmDsl;

/// <summary>What a backtest's model forecast.</summary>
/// <param name="Name">The model.</param>
/// <param name="Description">What it says of its inside.</param>
/// <param name="Outcomes">Its forecasts, beside what came.</param>
internal sealed record Refit(string Name, string? Description, ForecastOutcome[] Outcomes);

/// <summary>
/// Makes a backtest's models on some threads, and hands them on in their order whatever the order in which they are ready: what is kept is
/// always a beginning of the whole.
/// </summary>
internal sealed class Refits : IParallelJob
{
    private readonly int first;
    private readonly Func<int, Refit> make;
    private readonly Action<int, Refit> keep;
    private readonly Lock keeping = new();
    private readonly SortedDictionary<int, Refit> ready = [];
    private readonly ExecutionContext? context = ExecutionContext.Capture();
    private int next, firstFailed = int.MaxValue;
    private ExceptionDispatchInfo? failure;

    /// <summary>Says what is done.</summary>
    /// <param name="first">The first model's number.</param>
    /// <param name="make">Makes a model and forecasts with it; on any thread.</param>
    /// <param name="keep">Takes what it forecast; one after the other.</param>
    public Refits(int first, Func<int, Refit> make, Action<int, Refit> keep) => (this.first, next, this.make, this.keep) = (first, first, make, keep);

    /// <summary>Makes so many.</summary>
    /// <param name="count">How many.</param>
    /// <param name="threads">How many at once. Each then trains on its own thread, since the pool has this job.</param>
    /// <exception cref="Exception">The first one's that failed, after all before it are kept; none behind it is begun.</exception>
    public void Run(int count, int threads)
    {
        WorkerPool.Shared.Run(this, count, threads);
        failure?.Throw();
    }

    void IParallelJob.Run(int part)
    {
        if (first + part > Volatile.Read(ref firstFailed))
            return;
        // What the caller has set, such as the culture, holds on other threads, too.
        if (context is null)
            Make(first + part);
        else
            ExecutionContext.Run(context, static state => ((Action)state!)(), (Action)(() => Make(first + part)));
    }

    private void Make(int number)
    {
        try
        {
            Keep(number, make(number));
        }
        catch (Exception fault)
        {
            lock (keeping)
            {
                if (number >= firstFailed)
                    return;
                firstFailed = number;
                failure = ExceptionDispatchInfo.Capture(fault);
            }
        }
    }

    private void Keep(int number, Refit made)
    {
        lock (keeping)
        {
            ready.Add(number, made);
            while (ready.Remove(next, out var following))
                keep(next++, following);
        }
    }
}
