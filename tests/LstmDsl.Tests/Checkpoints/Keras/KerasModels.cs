namespace LstmDsl.Tests;

// The models of parity/files, each under the name of its case.

[Input(20, 1), Lstm(20, Init.Zeros), Dense(1)]
internal sealed partial class JenaLstmFile;

[Input(20, 1), SimpleRnn(40, ReturnSequences = true), Dense(1)]
internal sealed partial class DampedRnnFile;

[Input(20, 1), Lstm(40, ReturnSequences = true), Dense(1)]
internal sealed partial class DampedLstmFile;

[Input(8, 3), Gru(6, ReturnSequences = true), Gru(5), Dense(4, Activation = Activation.Relu), Dense(2)]
internal sealed partial class GruStackFile;

[Input(8, 3), Bidirectional, Lstm(6), Dense(1)]
internal sealed partial class BidirectionalFile;

[Input(8, 3), Lstm(4, ReturnSequences = true), Lstm(4), Dense(3), Dense(1)]
internal sealed partial class NamedTwiceFile;

[Input(8, 3), Gru(6, ReturnSequences = true), Gru(5), Dense(2, Activation = Activation.Tanh)]
internal sealed partial class Keras2GruFile;
