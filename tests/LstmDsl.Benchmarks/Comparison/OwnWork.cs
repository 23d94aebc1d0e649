namespace LstmDsl.Benchmarks;

/// <summary>Work of this library, prepared for one device.</summary>
internal abstract class OwnWork
{
    /// <summary>Largest memory of the last run's process, in bytes; null for work inside this one.</summary>
    public virtual long? PeakBytes => null;

    /// <summary>Does so many units of work.</summary>
    public abstract void Run(int count);
}
