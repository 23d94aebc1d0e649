namespace LstmDsl.Generators.Tests;

public sealed class ForecastSnapshotTests
{
    [Fact]
    public void Demand() => Snapshot.Verify(Compiler.GenerateText(ForecastSamples.Demand));

    [Fact]
    public void Steps() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        namespace Bikes;

        [Forecast(336, 24, Seasons = [24, 168], Lead = 2)]
        [Target("cnt", Property = "Rides", Scaling = Scaling.Log1p, NonNegative = true)]
        [Known("weathersit", Categories = ["clear", "mist", "rain or \"snow\""], Property = "Weather")] [Known("cnt", Lag = 168)]
        [Past("wind speed", Unit = "km/h")]
        [Gru(32)] [RepeatVector(24)] [Future] [Gru(16, ReturnSequences = true)]
        internal sealed partial class BikeModel;
        """));

    [Fact]
    public void Past_alone() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Forecast(52, 1)]
        [Target("T (degC)", Unit = "°C", Scaling = Scaling.WindowLast)]
        [Lstm(8)]
        public sealed partial class Weekly;
        """));

    [Fact]
    public void Several_targets() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Forecast(96, 12, Seasons = [24])]
        [Target("low", Unit = "°C")] [Target("high", Unit = "°C", Scaling = Scaling.Seasonal)]
        [Known("low", Lag = 24)] [Known("2m wind", Scaling.MinMax)] [Known(DatePart.DayOfYear)]
        [Past("sky", Categories = ["blue", "grey"])]
        [Quantiles(0.025, 0.5, 0.975)] [Mean]
        [Bidirectional] [Lstm(16, ReturnSequences = true)] [Lstm(16)] [Future]
        public sealed partial class Temperatures;
        """));

    /// <summary>What is there of a wrong declaration, so that nothing but its mistake is reported.</summary>
    [Fact]
    public void Wrong_declaration() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Forecast(48, 24)]
        [Target("Demand", Unit = "MW")]
        [Quantiles(0.1, 0.5, 0.9)]
        [Lstm(0)]
        public sealed partial class WrongForecast;
        """));
}
