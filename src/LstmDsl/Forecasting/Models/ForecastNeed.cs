namespace LstmDsl;

/// <summary>What a forecast needs: which rows of the past, and which times of the known columns.</summary>
/// <param name="FirstRow">The first row that is read.</param>
/// <param name="LastRow">The last known row.</param>
/// <param name="FirstStep">The first time that is forecast.</param>
/// <param name="LastStep">The last time that is forecast.</param>
/// <param name="Columns">The columns that the rows have to have.</param>
/// <param name="KnownColumns">The columns that have to be known ahead.</param>
public sealed record ForecastNeed(
    DateTimeOffset FirstRow, DateTimeOffset LastRow, DateTimeOffset FirstStep, DateTimeOffset LastStep,
    IReadOnlyList<string> Columns, IReadOnlyList<string> KnownColumns)
{
    /// <summary>The first time at which known columns are needed: the first one forecast, or, beyond the horizon, that behind the last row.</summary>
    public DateTimeOffset FirstKnown { get; init; } = FirstStep;

    /// <summary>The last one: networks read whole horizons, so that it may lie behind the last time that is forecast.</summary>
    public DateTimeOffset LastKnown { get; init; } = LastStep;

    /// <summary>What is needed, in two lines.</summary>
    public override string ToString()
    {
        var rows = $"rows from {When(FirstRow)} to {When(LastRow)} of {ColumnNames.Listed(Columns)}";
        return KnownColumns.Count == 0
            ? rows
            : $"{rows}\nknown from {When(FirstKnown)} to {When(LastKnown)}: {ColumnNames.Listed(KnownColumns)}";

        static string When(DateTimeOffset time) => TimeText.Of(time, "", dateOnly: false);
    }
}
