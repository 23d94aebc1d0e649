using LstmDsl;

namespace DemandForecast;

/// <summary>
/// The hours of the next day. Read are three days back; known are the weather and the calendar of the day that is forecast, and what the same
/// hours were a day and a week before. After the step where these join, a layer reads the day's hours forwards and backwards.
/// </summary>
[Forecast(72, 24, Seasons = [24, 168])]      // hours back, hours ahead, after how many hours things repeat
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
