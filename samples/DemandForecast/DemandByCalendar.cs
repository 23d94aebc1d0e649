using LstmDsl;

namespace DemandForecast;

/// <summary>
/// The same where nobody knows tomorrow's weather: the temperature is read until now only, and a whole week of it, since the window is all that
/// tells of the weather.
/// </summary>
[Forecast(168, 24, Seasons = [24, 168])]
[Target("Demand", Unit = "MW")]
[Past("Temperature", Unit = "°C")]
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
public sealed partial class DemandByCalendar;
