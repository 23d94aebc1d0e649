namespace LstmDsl.Benchmarks;

/// <summary>Who takes part: this library or a peer, with one number of threads.</summary>
/// <param name="name">The library, with its version where it is a peer.</param>
/// <param name="threads">Threads it works with.</param>
internal abstract class Contender(string name, int threads) : IDisposable
{
    /// <summary>The library.</summary>
    public string Name { get; } = name;

    /// <summary>Threads it works with.</summary>
    public int Threads { get; } = threads;

    /// <summary>Whether it takes part in a row.</summary>
    public abstract bool Runs(ComparisonRow row);

    /// <summary>
    /// Measures one round of a row. The first call for a row prepares it, warms up, and finds how often the work must be repeated; what
    /// the row before needed is given up.
    /// </summary>
    /// <exception cref="Exception">The work failed; what is thrown is the work's own.</exception>
    public abstract Measurement Measure(ComparisonRow row);

    /// <inheritdoc/>
    public abstract void Dispose();
}
