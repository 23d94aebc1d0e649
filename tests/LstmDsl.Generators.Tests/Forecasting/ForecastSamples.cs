namespace LstmDsl.Generators.Tests;

/// <summary>Declarations that several tests look at.</summary>
internal static class ForecastSamples
{
    /// <summary>A day of hourly demand from a week before it, with weather and calendar known.</summary>
    public const string Demand =
        """
        using LstmDsl;

        [Forecast(168, 24, Seasons = [24, 168])]
        [Target("Demand", Unit = "MW")]
        [Known("Temperature", Unit = "°C")] [Known("Holiday", Scaling.None)]
        [Known(DatePart.HourOfDay)] [Known(DatePart.DayOfWeek)] [Known(DatePart.DayOfYear)]
        [Quantiles(0.1, 0.5, 0.9)]
        [Lstm(64)] [Future] [Dense(64, Activation = Activation.Relu)]
        public sealed partial class DemandModel;
        """;
}
