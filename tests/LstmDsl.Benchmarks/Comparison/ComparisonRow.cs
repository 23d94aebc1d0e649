namespace LstmDsl.Benchmarks;

/// <summary>Which numbers of threads a row is measured with.</summary>
internal enum RowThreads
{
    /// <summary>One, and as many as are asked for.</summary>
    Any,

    /// <summary>One: the work has nothing to share.</summary>
    One,

    /// <summary>Whatever a process takes by itself.</summary>
    All,
}

/// <summary>One line of the comparison: the same work for everybody.</summary>
/// <param name="Name">What options and peers call it.</param>
/// <param name="Title">What the report calls it.</param>
/// <param name="Operations">
/// Floating-point operations of the matrix products in one unit of work, two a multiply-add; 0 where they say nothing.
/// </param>
/// <param name="Threads">With which numbers of threads.</param>
/// <param name="Work">Prepares the library's own work for a device; null while only peers can do it.</param>
internal sealed record ComparisonRow(
    string Name, string Title, double Operations, RowThreads Threads, Func<Device, OwnWork>? Work)
{
    /// <summary>Name of the row of an LSTM of the same size, whose time per operation this one's is set against; null for none.</summary>
    public string? Lstm { get; init; }
}
