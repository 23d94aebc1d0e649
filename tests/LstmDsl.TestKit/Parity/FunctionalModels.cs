namespace LstmDsl.Tests;

// The models of parity/functional, each under the name of its case.

[Input(6, 3, Name = "History"), Lstm(4, Name = "Encoder")]
[Input(4, 2, Name = "Plan"), Flatten]
[Concatenate("Encoder"), Dense(5, Activation = Activation.Relu), Dense(2)]
internal sealed partial class FunctionalTwoInputs;

[Input(6, 3, Name = "History"), Gru(4, Name = "Encoder")]
[Input(4, 2, Name = "Plan"), Flatten, Dense(3, Activation = Activation.Tanh, Name = "PlanCode")]
[Input(1, 3, Name = "Station"), Flatten]
[Concatenate("PlanCode", "Encoder"), Dense(2)]
internal sealed partial class FunctionalThreeInputs;

[Input(6, 3, Name = "Series"), Lstm(4, ReturnSequences = true, Name = "Fast")]
[From("Series"), Gru(3, ReturnSequences = true)]
[Concatenate("Fast"), SimpleRnn(3), Dense(2)]
internal sealed partial class FunctionalTwoEncoders;

[Input(5, 3, Name = "Past")]
[Input(2, 3, Name = "Future")]
[Concatenate("Past", Axis = 1), Lstm(4), Dense(1)]
internal sealed partial class FunctionalConcatenateTimesteps;

[Input(6, 3), Dense(4, Name = "Wide")]
[Lstm(4, ReturnSequences = true), Add("Wide"), LayerNormalization]
[Lstm(3), Dense(1)]
internal sealed partial class FunctionalSkipOneLayer;

[Input(6, 4, Name = "Series")]
[Gru(5, ReturnSequences = true), LayerNormalization, Dense(4, Activation = Activation.Relu)]
[Add("Series"), GlobalAveragePooling1D, Dense(2)]
internal sealed partial class FunctionalSkipThreeLayers;

[Input(5, 3, Name = "Series"), Dense(3, Name = "First")]
[Lstm(3, ReturnSequences = true), Add("First"), Dense(3), Add("Series")]
[Lstm(2)]
internal sealed partial class FunctionalSkipOverSkip;

[Input(5, 3, Name = "Series"), Dense(4, Activation = Activation.Sigmoid, Name = "Gate")]
[From("Series"), Dense(4)]
[Multiply("Gate"), Gru(3), Dense(1)]
internal sealed partial class FunctionalMultiplyGate;

[Input(6, 2, Name = "Series"), Lstm(3, Name = "A")]
[From("Series"), Gru(3, ResetAfter = false, Name = "B")]
[From("Series"), SimpleRnn(3)]
[Average("A", "B"), Dense(2)]
internal sealed partial class FunctionalAverageOfThree;

[Input(6, 2, Name = "Left"), Lstm(3, ReturnSequences = true, Name = "LeftStates")]
[Input(6, 3, Name = "Right"), Gru(3, ReturnSequences = true)]
[Maximum("LeftStates"), Flatten, Dense(1)]
internal sealed partial class FunctionalMaximum;

[Input(6, 2, Name = "Series"), Lstm(3, Name = "A")]
[From("Series"), Gru(3)]
[Subtract("A"), Dense(2)]
internal sealed partial class FunctionalSubtract;

[Input(6, 2, Name = "Series"), Lstm(3, Name = "A")]
[From("Series"), Gru(3, Name = "B")]
[Subtract("B", "A"), Dense(2)]
internal sealed partial class FunctionalSubtractCurrentFirst;

[Input(6, 3), Dense(4, Activation = Activation.Tanh, Name = "Shared")]
[Lstm(4, ReturnSequences = true, Name = "A")]
[From("Shared"), Gru(4, ReturnSequences = true), Multiply("Shared")]
[Add("A", "Shared"), Lstm(3), Dense(1)]
internal sealed partial class FunctionalReadByThree;

[Input(5, 2, Name = "Short"), Flatten, Dense(4, Name = "Late")]
[Input(5, 2, Name = "Long"), Dense(4), Dense(4), Flatten, Dense(4)]
[Add("Late"), Dense(1)]
internal sealed partial class FunctionalNumberedByDepth;

[Input(6, 4), Reshape(8, 3), Permute(2, 1), Lstm(4)]
[Reshape(2, 2), Gru(3, ReturnSequences = true), Reshape(6), Dense(2)]
internal sealed partial class FunctionalReshapePermute;

[Input(8, 3), Conv1D(4, 3, Padding = Padding.Causal, Name = "Wide")]
[Lstm(4, ReturnSequences = true), Add("Wide"), LayerNormalization]
[Lstm(4, ReturnSequences = true, Name = "States"), Lstm(4), Attention("States"), Dense(1)]
internal sealed partial class FunctionalResidualConvolution;

[Input(6, 3), Lstm(4, ReturnSequences = true, Name = "States"), Lstm(4)]
[Attention("States", UseScale = true), Dense(2)]
internal sealed partial class FunctionalAttentionVector;

[Input(6, 3), Masking, Lstm(4, ReturnSequences = true, Name = "States"), Lstm(4)]
[Attention("States", ScoreMode = ScoreMode.Concat), Dense(2)]
internal sealed partial class FunctionalAttentionVectorMasked;

[Input(5, 3, Name = "Memory"), Gru(4, ReturnSequences = true, Name = "Values")]
[Input(4, 2, Name = "Plan"), Dense(4)]
[Attention("Values"), Lstm(3), Dense(1)]
internal sealed partial class FunctionalAttentionSequences;

[Input(5, 3, Name = "Memory"), Dense(4, Name = "Keys")]
[From("Memory"), Dense(6, Name = "Values")]
[Input(4, 2, Name = "Plan"), Dense(4, Name = "Query"), Dense(6, Name = "Aside")]
[Attention("Values", Query = "Query", Keys = "Keys", UseScale = true), Add("Aside"), Flatten, Dense(1)]
internal sealed partial class FunctionalAttentionScaledKeys;

[Input(3, 2, Name = "Past"), Masking(Name = "PastKept")]
[Input(4, 2, Name = "Future"), Masking(Name = "FutureKept")]
[Input(2, 2, Name = "Last")]
[Concatenate("PastKept", "FutureKept", Axis = 1), Lstm(3), Dense(1)]
internal sealed partial class FunctionalMasksConcatenateTimesteps;

#pragma warning disable LSTM023 // Keras's masks end there, too
[Input(5, 3, Name = "Memory"), Masking, Gru(4, ReturnSequences = true, Name = "Values")]
[Input(4, 2, Name = "Plan"), Masking, Lstm(4, ReturnSequences = true)]
[Attention("Values", UseScale = true), Gru(3, ReturnSequences = true), Flatten, Dense(1)]
internal sealed partial class FunctionalAttentionMasked;
#pragma warning restore LSTM023

[Input(5, 3, Name = "Series"), Lstm(4, ReturnSequences = true, Name = "States")]
[Attention("States", UseScale = true, ScoreMode = ScoreMode.Concat), GlobalAveragePooling1D, Dense(1)]
internal sealed partial class FunctionalAttentionConcat;

[Input(5, 3), Masking, Lstm(4, ReturnSequences = true, Name = "States")]
[Dense(4), Attention("States", Causal = true), Lstm(3)]
internal sealed partial class FunctionalAttentionCausal;

[Input(5, 3, Name = "Memory"), Gru(4, ReturnSequences = true, Name = "Values")]
[Input(4, 2, Name = "Plan"), Lstm(4, ReturnSequences = true)]
[AdditiveAttention("Values"), Lstm(3), Dense(1)]
internal sealed partial class FunctionalAdditiveAttention;

[Input(6, 3), Masking, Lstm(4, ReturnSequences = true, Name = "States"), Gru(4)]
[AdditiveAttention("States", UseScale = false), Dense(2)]
internal sealed partial class FunctionalAdditiveAttentionMasked;

[Input(5, 4, Name = "Series"), MultiHeadAttention(2, 3), Add("Series"), LayerNormalization, GlobalAveragePooling1D, Dense(2)]
internal sealed partial class FunctionalHeadsSelf;

[Input(5, 4), Masking(Name = "Kept"), MultiHeadAttention(2, 3), Add("Kept"), LayerNormalization, Lstm(3), Dense(2)]
internal sealed partial class FunctionalHeadsSelfMasked;

[Input(5, 4), MultiHeadAttention(3, 2, Causal = true, UseBias = false), Flatten, Dense(2)]
internal sealed partial class FunctionalHeadsCausal;

[Input(5, 4), Masking, Dense(3), MultiHeadAttention(1, 4, Causal = true), Gru(3)]
internal sealed partial class FunctionalHeadsCausalMasked;

[Input(5, 3, Name = "Memory"), Gru(4, ReturnSequences = true, Name = "Encoded")]
[Input(4, 2, Name = "Plan"), Dense(6), MultiHeadAttention(2, 3, Values = "Encoded", ValueDim = 2), Lstm(3), Dense(1)]
internal sealed partial class FunctionalHeadsCross;

[Input(5, 1, Name = "Words"), Embedding(6, 4, MaskZero = true, Name = "Vectors")]
[Input(4, 2, Name = "Plan"), Masking, Dense(6), MultiHeadAttention(2, 3, Values = "Vectors"), Lstm(3), Dense(1)]
internal sealed partial class FunctionalHeadsCrossMasked;

#pragma warning disable LSTM023 // Keras's masks end there, too
[Input(5, 2, Name = "Left"), Masking(Name = "LeftKept")]
[Input(5, 3, Name = "Right"), Masking]
[Concatenate("LeftKept"), Lstm(3, ReturnSequences = true), Flatten, Dense(1)]
internal sealed partial class FunctionalMasksConcatenate;
#pragma warning restore LSTM023

#pragma warning disable LSTM023 // Keras's masks end there, too
[Input(5, 2, Name = "Left"), Masking(Name = "LeftKept")]
[Input(5, 3, Name = "Right")]
[Concatenate("LeftKept"), Gru(3), Dense(1)]
internal sealed partial class FunctionalMasksConcatenateOne;
#pragma warning restore LSTM023

[Input(5, 3, Name = "Left"), Masking, Lstm(3, ReturnSequences = true, Name = "LeftStates")]
[Input(5, 2, Name = "Right"), Masking, Gru(3, ReturnSequences = true)]
[Add("LeftStates"), Lstm(3), Dense(1)]
internal sealed partial class FunctionalMasksAdd;

#pragma warning disable LSTM023 // Keras's masks end there, too
[Input(5, 3, Name = "Left"), Masking, Lstm(3, ReturnSequences = true, Name = "LeftStates")]
[Input(5, 2, Name = "Right"), Gru(3, ReturnSequences = true)]
[Add("LeftStates"), Lstm(3), Dense(1)]
internal sealed partial class FunctionalMasksAddOne;
#pragma warning restore LSTM023

[Input(5, 3, Name = "Left"), Masking, Dense(3, Name = "LeftStates")]
[Input(5, 2, Name = "Right"), Masking, Dense(3)]
[Average("LeftStates"), Gru(3), Dense(1)]
internal sealed partial class FunctionalMasksAverage;

[Input(5, 3, Name = "Left"), Masking, Dense(3, Name = "LeftStates")]
[Input(5, 2, Name = "Right"), Masking, Dense(3)]
[Subtract("LeftStates"), SimpleRnn(3), Dense(1)]
internal sealed partial class FunctionalMasksSubtract;

[Input(6, 3, Name = "History"), Lstm(4, Name = "Encoder")]
[Input(5, 2, Name = "Plan"), Lstm(4, ReturnSequences = true, InitialState = "Encoder"), Dense(1)]
internal sealed partial class FunctionalInitialStateLstm;

[Input(6, 3, Name = "History"), Masking, Gru(4, ReturnSequences = true, Name = "Encoder")]
[Input(5, 2, Name = "Plan"), Gru(4, ReturnSequences = true, InitialState = "Encoder"), Attention("Encoder"), Dense(1)]
internal sealed partial class FunctionalInitialStateGru;

[Input(6, 3, Name = "History"), SimpleRnn(4, GoBackwards = true, Name = "Encoder")]
[Input(5, 2, Name = "Plan"), SimpleRnn(4, InitialState = "Encoder"), Add("Encoder"), Dense(1)]
internal sealed partial class FunctionalInitialStateSimpleRnn;

[Input(6, 3), Lstm(4, Name = "Encoder")]
[RepeatVector(3), Lstm(4, ReturnSequences = true, InitialState = "Encoder"), Dense(2)]
internal sealed partial class FunctionalInitialStateRepeated;

[Input(6, 3, Name = "History"), Bidirectional, Lstm(3, Name = "Encoder")]
[Input(5, 2, Name = "Plan"), Bidirectional, Lstm(3, InitialState = "Encoder"), Concatenate("Encoder"), Dense(1)]
internal sealed partial class FunctionalInitialStateBidirectional;

[Input(6, 3, Name = "History"), Lstm(4, Name = "Encoder", Trainable = false)]
[Input(4, 2, Name = "Plan"), Flatten, Dense(3, Trainable = false)]
[Concatenate("Encoder"), Dense(2)]
internal sealed partial class FunctionalFrozenEncoder;

[Input(5, 1, Name = "Words"), Embedding(6, 4, MaskZero = true, Name = "Vectors", Trainable = false)]
[Bidirectional, Gru(2, ReturnSequences = true, Trainable = false), MultiHeadAttention(2, 2, Values = "Vectors", Trainable = false)]
[TimeDistributed, Dense(3, Trainable = false), Lstm(3), Dense(1, Name = "Dense_1")]
internal sealed partial class FunctionalFrozenParts;

[Input(6, 3, Name = "Series"), BatchNormalization(Trainable = false), Gru(3, ReturnSequences = true, Name = "States")]
[BatchNormalization, Add("States"), GlobalAveragePooling1D, Dense(1)]
internal sealed partial class FunctionalFrozenNormalization;

[Input(5, 2, Name = "Short"), Flatten, Dense(4, Name = "First")]
[Input(5, 2, Name = "Long"), Lstm(3, ReturnSequences = true, Trainable = false), BatchNormalization, Gru(4, Name = "Late"), Dense(4)]
[Add("First"), Dense(1)]
internal sealed partial class FunctionalCompiledBranches;

[Input(4, 2, BatchSize = 3, Name = "Series"), Lstm(3, Stateful = true, ReturnSequences = true, Name = "A")]
[From("Series"), Gru(3, Stateful = true, ReturnSequences = true)]
[Add("A"), SimpleRnn(2, Stateful = true), Dense(1)]
internal sealed partial class FunctionalStatefulBranches;

[Input(6, 3, Name = "Series"), TimeDistributed, Dense(4, Activation = Activation.Relu, Name = "Each")]
[SpatialDropout1D(0.25), Lstm(4, ReturnSequences = true), Add("Each"), TimeDistributed, Dense(2)]
internal sealed partial class FunctionalTimeDistributed;

#pragma warning disable LSTM023 // Keras's masks end there, too
[Input(6, 4, Name = "Series"), Masking(Name = "Kept"), Reshape(4, 6), Lstm(3, Name = "Reshaped")]
[From("Kept"), Permute(2, 1), Gru(3, Name = "Turned")]
[From("Kept"), TimeDistributed, Dense(3), SpatialDropout1D(0.5), SimpleRnn(3), Add("Reshaped", "Turned"), Dense(1, Name = "Dense_1")]
internal sealed partial class FunctionalMasksDropped;

[Input(5, 3, Name = "Left"), Masking, Dense(3, Name = "LeftStates")]
[Input(5, 2, Name = "Right"), Masking, Dense(3)]
[Multiply("LeftStates"), Lstm(3, ReturnSequences = true), Flatten, Dense(1)]
internal sealed partial class FunctionalMasksMultiply;

[Input(5, 3, Name = "Left"), Masking, Dense(3, Name = "LeftStates")]
[Input(5, 2, Name = "Right"), Masking, Dense(3)]
[Multiply("LeftStates"), Flatten, Dense(1)]
internal sealed partial class FunctionalMasksMultiplyFlat;

[Input(5, 3, Name = "Left"), Masking, Dense(3, Name = "LeftStates")]
[Input(5, 2, Name = "Right"), Masking, Dense(3, Name = "RightStates")]
[Input(5, 2, Name = "Third"), Dense(3), Multiply("LeftStates", "RightStates"), Flatten, Dense(1)]
internal sealed partial class FunctionalMasksMultiplyThree;

[Input(5, 3, Name = "Left"), Masking, Dense(3, Name = "LeftStates")]
[Input(5, 2, Name = "Right"), Masking, Dense(3, Name = "RightStates")]
[Input(5, 2, Name = "Third"), Masking, Dense(3), Multiply("LeftStates", "RightStates"), Flatten, Dense(1)]
internal sealed partial class FunctionalMasksMultiplyThreeMasked;

[Input(5, 3, Name = "Left"), Masking, Dense(3, Name = "LeftStates")]
[Input(5, 2, Name = "Right"), Masking, Dense(3, Name = "RightStates")]
[Input(5, 2, Name = "Third"), Dense(3), Maximum("LeftStates", "RightStates"), Flatten, Dense(1)]
internal sealed partial class FunctionalMasksMaximumThree;

[Input(5, 3, Name = "Left"), Masking, Dense(3, Name = "LeftStates")]
[Input(5, 2, Name = "Right"), Masking, Dense(3)]
[Maximum("LeftStates"), Flatten, Dense(1)]
internal sealed partial class FunctionalMasksMaximum;

[Input(5, 3, Name = "Left"), Masking, Dense(3, Name = "LeftStates")]
[Input(5, 2, Name = "Right"), Dense(3)]
[Multiply("LeftStates"), Lstm(3), Dense(1)]
internal sealed partial class FunctionalMasksMultiplyOne;

[Input(5, 3, Name = "Left"), Masking, Dense(3, Name = "LeftStates")]
[Input(5, 2, Name = "Right"), Dense(3)]
[Maximum("LeftStates"), Lstm(3), Dense(1)]
internal sealed partial class FunctionalMasksMaximumOne;
#pragma warning restore LSTM023
