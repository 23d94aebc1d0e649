using LstmDsl;

namespace WeatherClasses;

/// <summary>
/// 20 days in, each with four measurements and its weather (a one among zeros); out comes how probable each kind of weather is on the next
/// day.
/// </summary>
[Input(20, 9)]
[Bidirectional, Gru(12, ReturnSequences = true, Dropout = 0.2)]
[Lstm(12, Dropout = 0.2, RecurrentDropout = 0.2)]
[Dense(5, Activation = Activation.Softmax)]
public sealed partial class WeatherClassifier;
