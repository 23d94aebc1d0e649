using System.Collections;

namespace LstmDsl;

/// <summary>A forecast, step by step, with a property for each target: what a declared model's <c>Forecast</c> gives.</summary>
/// <typeparam name="TPoint">The model's own point.</typeparam>
public sealed class DatedForecast<TPoint> : IReadOnlyList<TPoint>
{
    private readonly Func<ForecastTable, int, TPoint> pointAt;

    /// <summary>Gives a table's steps names.</summary>
    /// <param name="table">The forecast.</param>
    /// <param name="pointAt">A step's point.</param>
    public DatedForecast(ForecastTable table, Func<ForecastTable, int, TPoint> pointAt) => (Table, this.pointAt) = (table, pointAt);

    /// <summary>The same forecast by numbers, for code that is written for any model.</summary>
    public ForecastTable Table { get; }

    /// <summary>Number of steps ahead.</summary>
    public int Count => Table.Steps;

    /// <summary>A step ahead, from 0.</summary>
    public TPoint this[int step] => step >= 0 && step < Count
        ? pointAt(Table, step)
        : throw new ArgumentOutOfRangeException(nameof(step), step, $"The forecast has {Count} steps.");

    /// <inheritdoc/>
    public IEnumerator<TPoint> GetEnumerator()
    {
        for (var step = 0; step < Count; step++)
            yield return this[step];
    }

    /// <summary>All steps, a line each.</summary>
    public override string ToString() => Table.ToString();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
