namespace LstmDsl;

/// <summary>By which forecasts a calibration was made.</summary>
/// <param name="Origins">From how many rows they were made.</param>
/// <param name="From">The first time that was forecast; null where rows have no times.</param>
/// <param name="Until">The last one.</param>
public sealed record CalibrationRows(int Origins, DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <summary>The zone by whose clocks the times are; null where it is not known.</summary>
    public string? Zone { get; init; }

    /// <summary>Their number, and when what they forecast was.</summary>
    public override string ToString() => From is { } from && Until is { } until
        ? $"{Counted.Of(Origins, "origin")}, whose steps ahead go from {Text(from)} to {Text(until)}"
        : Counted.Of(Origins, "origin");

    /// <summary>A time by the clocks of the zone.</summary>
    internal string Text(DateTimeOffset time) => TimeText.Of(time, Zone, dateOnly: false);

    internal static CalibrationRows Of(IReadOnlyList<ForecastOutcome> outcomes, string? zone) =>
        new(outcomes.Count, outcomes.Min(outcome => outcome.Forecast.Times[0]), outcomes.Max(outcome => outcome.Forecast.Times[^1])) { Zone = zone };
}
