namespace LstmDsl;

/// <summary>
/// What forecasts a series from any of its rows: a declared model or a baseline. Backtests, reports and calibrations take any.
/// </summary>
public interface IForecaster
{
    /// <summary>What it is called in tables.</summary>
    string Name { get; }

    /// <summary>What is forecast from what.</summary>
    ForecastPlan Declared { get; }

    /// <summary>The time of the last row that it learnt from; null where it learnt from none, or that is not known.</summary>
    DateTimeOffset? LearntUntil { get; }

    /// <summary>What a report says of its inside, in lines; null where there is nothing to say.</summary>
    string? Description { get; }

    /// <summary>
    /// Forecasts once from each of these last known rows; known columns are taken as they stand in the series behind them, and nothing else.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="lastRows">The last known rows, rising.</param>
    /// <returns>A forecast for each, whose bits do not depend on the others.</returns>
    IReadOnlyList<ForecastTable> ForecastFrom(TimeSeries series, ReadOnlySpan<int> lastRows);
}
