using LstmDsl;

namespace DemandForecast;

/// <summary>The hours of the next day from three days back: what the day will be like is known, and what the same hours were before.</summary>
[Forecast(72, 24, Seasons = [24, 168])]
[Target("Demand", Unit = "MW")]
[Known("Temperature", Unit = "°C")]
[Known("Holiday", Scaling.None)]
[Known(DatePart.HourOfDay)]
[Known(DatePart.DayOfWeek)]
[Known(DatePart.DayOfYear)]
[Known("Demand", Lag = 24)]
[Known("Demand", Lag = 168)]
[Known("Temperature", Lag = 24)]
[Known("Temperature", Lag = 168)]
[Known("Holiday", Lag = 24)]
[Known("Holiday", Lag = 168)]
[Quantiles(0.1, 0.5, 0.9)]
[Lstm(64)]
[RepeatVector(24)]
[Future]
[Bidirectional]
[Lstm(32, ReturnSequences = true)]
[Dense(64, Activation = Activation.Relu)]
public sealed partial class DemandModel;
