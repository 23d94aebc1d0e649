namespace LstmDsl.Tests;

/// <summary>Forecasts whatever a test says: outputs of a target at a step from a last known row.</summary>
internal sealed class FakeForecaster(ForecastPlan plan, Func<int, int, int, double[]> outputs, DateTimeOffset? learntUntil = null) : IForecaster
{
    public string Name { get; init; } = "Fake";

    public ForecastPlan Declared => plan;

    public DateTimeOffset? LearntUntil => learntUntil;

    public string? Description { get; init; }

    /// <summary>How many origins each call had.</summary>
    public List<int> Calls { get; } = [];

    public IReadOnlyList<ForecastTable> ForecastFrom(TimeSeries series, ReadOnlySpan<int> lastRows)
    {
        Calls.Add(lastRows.Length);
        var tables = new List<ForecastTable>();
        foreach (var row in lastRows)
            tables.Add(ForecastTables.Of(plan, series, row, Values(row)));
        return tables;
    }

    /// <summary>A plan of one target named <c>y</c>, in MW.</summary>
    public static ForecastPlan Plan(int window, int horizon, double[]? levels = null, int lead = 0, int[]? seasons = null, bool hasMean = false) => new()
    {
        Window = window,
        Horizon = horizon,
        Lead = lead,
        Seasons = seasons ?? [],
        MaseLag = seasons is null ? 1 : seasons[0],
        Columns = [new("y", ForecastRole.Target) { Unit = "MW" }],
        Levels = levels ?? [],
        HasMean = hasMean,
    };

    /// <summary>A series of one column <c>y</c>, in hours by the clocks of a zone.</summary>
    public static TimeSeries Hourly(double[] values, DateTime? start = null, string zone = "UTC")
    {
        var rows = new double[values.Length, 1];
        for (var row = 0; row < values.Length; row++)
            rows[row, 0] = values[row];
        return TimeSeries.FromArrays(rows, ["y"], start ?? new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), TimeStep.Hours(1), Missing.Hole, zone: zone);
    }

    private double[] Values(int row)
    {
        var values = new List<double>();
        for (var step = 0; step < plan.Horizon; step++)
        {
            for (var target = 0; target < plan.Targets.Count(); target++)
                values.AddRange(outputs(row, step, target));
        }

        return [.. values];
    }
}
