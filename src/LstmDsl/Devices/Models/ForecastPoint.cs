namespace LstmDsl;

/// <summary>One forecast value.</summary>
/// <param name="Time">When; null for a series without times.</param>
/// <param name="Value">The value, in the series' units; of several target columns the first.</param>
public readonly record struct ForecastPoint(DateTime? Time, double Value)
{
    /// <summary>All target columns' values, in the order of the pipeline's targets.</summary>
    public IReadOnlyList<double> Values { get; init; } = [Value];
}
