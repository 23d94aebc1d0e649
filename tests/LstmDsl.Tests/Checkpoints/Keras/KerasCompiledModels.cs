namespace LstmDsl.Tests;

// The models of parity/compiled; of the last two what can be declared.

[Input(8, 2), Lstm(5, Init.HeNormal, ReturnSequences = true, UnitForgetBias = false)]
[Gru(4, Activation = Activation.Relu, RecurrentActivation = Activation.HardSigmoid, ResetAfter = false)]
[Dense(3, Activation = Activation.Softmax)]
internal sealed partial class CompiledK01;

[Input(7, 1), Bidirectional(Merge.Ave), Lstm(4, ReturnSequences = true, Dropout = 0.2, RecurrentDropout = 0.1)]
[Bidirectional, Gru(3), Dropout(0.4), Dense(2)]
internal sealed partial class CompiledK02;

[Input(9, 1), Embedding(15, 6, MaskZero = true), Lstm(5, ReturnSequences = true), Lstm(3), Dense(1, Activation = Activation.Sigmoid)]
internal sealed partial class CompiledK03;

[Input(6, 3), Masking(MaskValue = -2), SimpleRnn(5, ReturnSequences = true), Bidirectional, Lstm(4), Dense(1)]
internal sealed partial class CompiledK04;

[Input(12, 2), Conv1D(5, 3, Padding = Padding.Causal, DilationRate = 2, Activation = Activation.Relu), BatchNormalization, MaxPooling1D(3)]
[Gru(4), LayerNormalization(Epsilon = 0.01), Dense(2)]
internal sealed partial class CompiledK05;

[Input(11, 2), Conv1D(4, 4, Strides = 2, Padding = Padding.Same, UseBias = false), Activation(Activation.Gelu)]
[AveragePooling1D(2, Strides = 1, Padding = Padding.Same), Flatten, Dense(3, Activation = Activation.LeakyRelu)]
internal sealed partial class CompiledK06;

[Input(5, 2), Gru(6), RepeatVector(4), Lstm(5, ReturnSequences = true), Dense(2)]
internal sealed partial class CompiledK07;

[Input(6, 2), Lstm(4, ReturnSequences = true, GoBackwards = true), GlobalMaxPooling1D, Dense(2, Activation = Activation.Silu)]
internal sealed partial class CompiledK09;

[Input(6, 2), Dense(4, Activation = Activation.Elu), SimpleRnn(4, UseBias = false, ReturnSequences = true), GlobalAveragePooling1D, Dense(2)]
internal sealed partial class CompiledK10;

[Input(6, 2), Bidirectional, Lstm(4, ReturnSequences = true), Lstm(3, Name = "top"), Dense(1, Name = "head")]
internal sealed partial class CompiledK11;

[Input(6, 2), Lstm(4), Activation(Activation.LeakyRelu, NegativeSlope = 0.3), Dense(2), Activation(Activation.Softmax)]
internal sealed partial class CompiledK12;

[Input(6, 2), Lstm(4), Dense(2)]
internal sealed partial class CompiledK13;

[Input(6, 4), Lstm(4), Dense(1)]
internal sealed partial class CompiledK17;
