using LstmDsl;

namespace DampedOscillation;

/// <summary>A simple recurrent network, sequence to sequence: each timestep's output is the curve's next value.</summary>
[Input(20, 1)]
[SimpleRnn(40, ReturnSequences = true)]
[Dense(1)]
public sealed partial class DampedRnn;

/// <summary>The same with an LSTM.</summary>
[Input(20, 1)]
[Lstm(40, ReturnSequences = true)]
[Dense(1)]
public sealed partial class DampedLstm;
