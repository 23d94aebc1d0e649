namespace LstmDsl.Tests;

// The models of data/faults.

[Input(3, 2), Lstm(2), LayerNormalization(Epsilon = 1e-5), Dense(1)]
internal sealed partial class NormalizedAsInPyTorch;

[Input(3, 2), Lstm(2), LayerNormalization, Dense(1)]
internal sealed partial class NormalizedAsInKeras;

[Input(3, 2), BatchNormalization, Lstm(2), Dense(1)]
internal sealed partial class BatchNormalizedAsInKeras;

[Input(3, 2), Lstm(2), Dense(1)]
internal sealed partial class TwoUnits;

[Input(3, 2), Bidirectional, Gru(2), Dense(1)]
internal sealed partial class TwoUnitsBothWays;
