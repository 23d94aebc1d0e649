namespace LstmDsl.Benchmarks;

// The models of the comparison; the peers' programs build the same ones.

[Input(20, 1)]
[Lstm(40, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm40Sequence;

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

[Input(100, 64)]
[Lstm(512)]
[Dense(1)]
internal sealed partial class Lstm512;
