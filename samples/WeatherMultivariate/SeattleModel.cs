using LstmDsl;

namespace WeatherMultivariate;

/// <summary>
/// 20 days of four measurements in, those of the next day out. The first layer reads a window in both directions, the second what the
/// first says of each day.
/// </summary>
[Input(20, 4)]
[Bidirectional, Lstm(16, ReturnSequences = true)]
[Gru(16)]
[Dense(4)]
public sealed partial class SeattleModel;
