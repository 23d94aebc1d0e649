namespace LstmDsl.Benchmarks;

// The models of the comparison, which the peers' programs build too.

[Input(20, 1)]
[Lstm(40, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm40Sequence;

[Input(20, 1)]
[SimpleRnn(40, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class SimpleRnn40Sequence;

[Input(20, 1)]
[Lstm(40)]
[Dense(1)]
internal sealed partial class Lstm40;

[Input(20, 1)]
[Lstm(20)]
[Dense(1)]
internal sealed partial class Lstm20;

[Input(120, 14)]
[Lstm(32)]
[Dense(1)]
internal sealed partial class Lstm32;

[Input(100, 16)]
[Lstm(128)]
[Dense(1)]
internal sealed partial class Lstm128;

[Input(120, 14)]
[Gru(32)]
[Dense(1)]
internal sealed partial class Gru32;

[Input(100, 16)]
[Gru(128)]
[Dense(1)]
internal sealed partial class Gru128;

[Input(120, 14)]
[Bidirectional, Lstm(32)]
[Dense(1)]
internal sealed partial class BidirectionalLstm32;

[Input(100, 16)]
[Bidirectional, Lstm(128)]
[Dense(1)]
internal sealed partial class BidirectionalLstm128;

[Input(100, 64)]
[Lstm(512)]
[Dense(1)]
internal sealed partial class Lstm512;

[Input(100, 16)]
[Lstm(128, ReturnSequences = true)]
[Lstm(128, ReturnSequences = true)]
[Lstm(128)]
[Dense(1)]
internal sealed partial class DeepLstm128;

[Input(1000, 16)]
[Lstm(64)]
[Dense(1)]
internal sealed partial class LongLstm64;

// For the kernels' benchmarks alone: a dense layer of a square kernel on every timestep.
[Input(16, 128)]
[Dense(128)]
internal sealed partial class SquareDense;

[Input(20, 1)]
[Lstm(64)]
[Dense(1)]
internal sealed partial class Lstm64;

// For the benchmark of growth alone: the second system with ten times its timesteps.
[Input(200, 1)]
[Lstm(40, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm40LongSequence;
