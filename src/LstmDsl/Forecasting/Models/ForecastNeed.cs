namespace LstmDsl;

/// <summary>What a forecast needs: which rows of the past, and which times of the known columns.</summary>
/// <param name="FirstRow">The first row that is read.</param>
/// <param name="LastRow">The last known row.</param>
/// <param name="FirstStep">The first time that is forecast: from here on known columns are needed.</param>
/// <param name="LastStep">The last time that is forecast.</param>
/// <param name="Columns">The columns that the rows have to have.</param>
/// <param name="KnownColumns">The columns that have to be known at the times that are forecast.</param>
public sealed record ForecastNeed(
    DateTimeOffset FirstRow, DateTimeOffset LastRow, DateTimeOffset FirstStep, DateTimeOffset LastStep,
    IReadOnlyList<string> Columns, IReadOnlyList<string> KnownColumns);
