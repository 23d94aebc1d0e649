using LstmDsl;

namespace TemperatureForecast;

/// <summary>20 days of one temperature in, the next day's out; named after the climate series that made this network known.</summary>
[Input(20, 1)]
[Lstm(20, Init.Zeros)]
[Dense(1)]
public sealed partial class JenaModel;
