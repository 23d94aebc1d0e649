namespace LstmDsl;

/// <summary>By which forecasts a calibration was made.</summary>
/// <param name="Origins">From how many rows they were made.</param>
/// <param name="From">The first time that was forecast; null where rows have no times.</param>
/// <param name="Until">The last one.</param>
public sealed record CalibrationRows(int Origins, DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <summary>Their number and times.</summary>
    public override string ToString() => From is { } from && Until is { } until
        ? $"{Counted.Of(Origins, "origin")}, {TimeText.Of(from.DateTime)} to {TimeText.Of(until.DateTime)}"
        : Counted.Of(Origins, "origin");

    internal static CalibrationRows Of(IReadOnlyList<ForecastOutcome> outcomes) => new(
        outcomes.Count, outcomes.Min(outcome => outcome.Forecast.Times[0]), outcomes.Max(outcome => outcome.Forecast.Times[^1]));
}
