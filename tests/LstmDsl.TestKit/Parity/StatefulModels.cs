namespace LstmDsl.Tests;

// The models of parity/stateful.

[Input(4, 2, BatchSize = 3), Lstm(5, Stateful = true), Dense(1)]
internal sealed partial class StatefulLstm;

[Input(4, 2, BatchSize = 3), Gru(5, Stateful = true, ReturnSequences = true), Dense(1)]
internal sealed partial class StatefulGruSequence;

[Input(4, 2, BatchSize = 3), SimpleRnn(5, Stateful = true, ReturnSequences = true), Lstm(4, Stateful = true), Dense(1)]
internal sealed partial class StatefulStack;
