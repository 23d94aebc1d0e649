namespace LstmDsl.Tests;

// One unit of each kind, with the hard sigmoid of Keras 2 and of Keras 3.

[Input(1, 1), Lstm(1, RecurrentActivation = Activation.HardSigmoidKeras2)]
internal sealed partial class HardLstm2;

[Input(1, 1), Lstm(1, RecurrentActivation = Activation.HardSigmoid)]
internal sealed partial class HardLstm3;

[Input(1, 1), Gru(1, RecurrentActivation = Activation.HardSigmoidKeras2)]
internal sealed partial class HardGru2;

[Input(1, 1), SimpleRnn(1, Activation = Activation.HardSigmoidKeras2)]
internal sealed partial class HardRnn2;

[Input(1, 1), Conv1D(1, 1, Activation = Activation.HardSigmoidKeras2), Flatten]
internal sealed partial class HardConvolution2;

[Input(1, 1), Flatten, Dense(1, Activation = Activation.HardSigmoidKeras2)]
internal sealed partial class HardDense2;

// Every layer with an activation.

[Input(4, 2), Conv1D(3, 2, Activation = Activation.HardSigmoidKeras2)]
[Lstm(3, Activation = Activation.HardSigmoidKeras2, RecurrentActivation = Activation.HardSigmoidKeras2, ReturnSequences = true)]
[Bidirectional, Gru(2, Activation = Activation.HardSigmoidKeras2, RecurrentActivation = Activation.HardSigmoidKeras2, ReturnSequences = true)]
[SimpleRnn(2, Activation = Activation.HardSigmoidKeras2), Activation(Activation.HardSigmoidKeras2)]
[Dense(1, Activation = Activation.HardSigmoidKeras2)]
internal sealed partial class HardEverywhere;

// What g2nokey_*.h5 hold: x (3, 2), GRU(2), Dense(1).

[Input(3, 2), Gru(2, UseBias = false, ResetAfter = false), Dense(1)]
internal sealed partial class OldGruWithoutBias;

[Input(3, 2), Gru(2, UseBias = false), Dense(1)]
internal sealed partial class NewGruWithoutBias;

[Input(3, 2), Gru(2, ResetAfter = false), Dense(1)]
internal sealed partial class OldGru;

[Input(3, 2), Gru(2), Dense(1)]
internal sealed partial class NewGru;

[Input(3, 2), Gru(2, UseBias = false, ResetAfter = false, RecurrentActivation = Activation.HardSigmoidKeras2), Dense(1)]
internal sealed partial class OldHardGru;
