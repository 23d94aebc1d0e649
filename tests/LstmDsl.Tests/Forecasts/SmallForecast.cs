namespace LstmDsl.Tests.Forecasts;

/// <summary>The network of a declared forecast, with a plan that a test chooses: 6 rows back, 3 ahead, one target of three levels.</summary>
[Input(6, 4, Name = "History")]
[Input(3, 3, Name = "Future")]
[Flatten(Name = "Ahead")]
[From("History")]
[Lstm(5)]
[Concatenate("Ahead")]
[Dense(9)]
[Reshape(3, 3)]
public sealed partial class SmallForecast : IDeclaredForecast<SmallForecast>
{
    private static readonly AsyncLocal<ForecastPlan?> Chosen = new();

    /// <inheritdoc/>
    public static ForecastPlan Forecasting => Chosen.Value ?? Plan(Scaling.Standard);

    /// <summary>Chooses what this test forecasts.</summary>
    public static void Choose(ForecastPlan plan) => Chosen.Value = plan;

    /// <summary>A target, a known column and the hour of the day; ahead, what the target was four hours before, too.</summary>
    public static ForecastPlan Plan(Scaling target, Scaling known = Scaling.Standard, int lead = 0) => new()
    {
        Window = 6,
        Horizon = 3,
        Lead = lead,
        Seasons = [4],
        MaseLag = 4,
        Columns =
        [
            new("load", ForecastRole.Target, target) { Unit = "MW" },
            new("warmth", ForecastRole.Known, known),
            new("HourOfDay", ForecastRole.Known, Scaling.None) { Part = DatePart.HourOfDay },
        ],
        Levels = [0.1, 0.5, 0.9],
        JoinsFuture = true,
    };

    /// <summary>The same with the lag; then the network reads five numbers a row ahead.</summary>
    public static ForecastPlan WithLag(int lag) => new()
    {
        Window = 6,
        Horizon = 3,
        Seasons = [4],
        Columns = [new("load", ForecastRole.Target), new("load", ForecastRole.Known) { Lag = lag }],
        JoinsFuture = true,
    };

    /// <summary>Hours of a load and a warmth, by the clocks of a zone.</summary>
    public static TimeSeries Series(int rows, int changedFrom = int.MaxValue, string start = "2014-04-05T18:00:00+11:00", string? zone = "Australia/Melbourne")
    {
        var values = new double[rows, 2];
        for (var row = 0; row < rows; row++)
        {
            var moved = row >= changedFrom ? 3.5 + (row % 7) : 0;
            values[row, 0] = 50 + (10 * Math.Sin(row * 0.7)) + (row % 5) + moved;
            values[row, 1] = 20 + (5 * Math.Cos(row * 0.3)) + moved;
        }

        var first = DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture);
        return zone is null
            ? TimeSeries.FromArrays(values, [new("load", "MW"), "warmth"], first.DateTime, TimeStep.Hours(1))
            : TimeSeries.FromArrays(values, [new("load", "MW"), "warmth"], first.UtcDateTime, TimeStep.Hours(1), zone: zone);
    }
}
