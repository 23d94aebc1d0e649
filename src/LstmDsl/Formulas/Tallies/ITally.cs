using System.Numerics;

namespace LstmDsl.CompilerServices;

/// <summary>
/// Counts over rows, in double: what a metric needs that is no mean of a function. A backend on another device brings predictions and
/// targets back, since the counting is little work with much branching.
/// </summary>
internal interface ITally
{
    /// <summary>Columns of a target that belongs to so many outputs.</summary>
    int TargetColumns(int outputs);

    /// <summary>How many sums it keeps.</summary>
    int Sums(int outputs);

    /// <summary>Adds a row.</summary>
    void Add<T>(ReadOnlySpan<T> target, ReadOnlySpan<T> prediction, double weight, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The metric, from the sums over everything added so far.</summary>
    double Result(ReadOnlySpan<double> sums, int outputs);
}
