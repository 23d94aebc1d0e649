namespace LstmDsl.Tests;

// The models of parity/files that PyTorch wrote.

[Input(12, 3), Lstm(8), Dense(2)]
internal sealed partial class TorchLstm;

[Input(12, 3), Gru(8), Dense(2)]
internal sealed partial class TorchGru;

[Input(12, 3), SimpleRnn(8, ReturnSequences = true), Dense(1)]
internal sealed partial class TorchRnn;

[Input(12, 3), Lstm(6, ReturnSequences = true), Lstm(6), Dense(1)]
internal sealed partial class TorchTwoLayers;

[Input(12, 3), Bidirectional, Lstm(6, ReturnSequences = true), Dense(1)]
internal sealed partial class TorchBidirectional;

// What PyTorch has beside: a convolution, norms, numbers to embed, and two dense layers of one shape.

[Input(9, 1), Embedding(7, 5), Conv1D(5, 3), BatchNormalization, LayerNormalization, Gru(4), Dense(4), Dense(4)]
internal sealed partial class TorchOthers;

[Input(5, 2), Normalization, Lstm(3), Dense(1)]
internal sealed partial class AdaptedToSamples;

[Input(5, 2), Normalization(Mean = [1, 2], Variance = [3, 4]), Lstm(3), Dense(1), Rescaling(2)]
internal sealed partial class DeclaredMoments;

[Input(5, 2), Gru(3, ResetAfter = false), Dense(1)]
internal sealed partial class ResetBefore;

[Input(5, 2), Lstm(3, RecurrentActivation = Activation.HardSigmoid), Dense(1)]
internal sealed partial class HardGates;
