// That masks end at layers that ignore them is part of what is exported.
#pragma warning disable LSTM023

namespace LstmDsl.Tests;

// Models with branches: several inputs, each way of putting outputs together, skips, masks, layers that are not trained.

[Input(8, 3, Name = "History"), Lstm(4, Name = "Encoder")]
[Input(3, 5, Name = "Plan"), Flatten]
[Concatenate("Encoder"), Dense(4, Activation = Activation.Relu), Dense(2)]
internal sealed partial class HistoryAndPlan;

[Input(7, 3), Conv1D(4, 3, Padding = Padding.Causal, Name = "Wide")]
[Lstm(4, ReturnSequences = true), Add("Wide"), LayerNormalization, Gru(3), Dense(2)]
internal sealed partial class SkipOfOne;

[Input(7, 3), Dense(4, Name = "Start"), Lstm(4, ReturnSequences = true), Dense(4, Activation = Activation.Tanh), Gru(4, ReturnSequences = true)]
[Subtract("Start"), GlobalMaxPooling1D, Dense(2)]
internal sealed partial class SkipOfThree;

[Input(6, 3, Name = "Left"), Gru(4, Name = "One")]
[Input(7, 2, Name = "Right"), Bidirectional(Merge.Sum), Lstm(4, Name = "Two")]
[Multiply("One"), Dense(2)]
internal sealed partial class TwoEncoders;

[Input(6, 3), Dense(3, Name = "One"), Dense(3, Name = "Two"), SimpleRnn(3, ReturnSequences = true), Average("One", "Two"), Dense(2)]
internal sealed partial class MeanOfThree;

[Input(6, 2, Name = "Raw"), Dense(2, Name = "Row")]
[From("Raw"), Conv1D(2, 2, Padding = Padding.Same, Name = "Windows")]
[From("Raw"), Gru(2, ReturnSequences = true), Maximum("Row", "Windows"), Concatenate("Raw", "Row"), Lstm(3), Dense(1)]
internal sealed partial class InputReadByMany;

[Input(3, 4), Dense(4, Name = "Start"), Permute(2, 1), Conv1D(3, 2, Name = "Turned"), Reshape(9), Dense(6), Reshape(3, 2), Reshape(2, 3)]
[Concatenate("Turned", Axis = 1), SimpleRnn(3, Name = "End"), Concatenate("End", "End"), RepeatVector(3), Dense(4), Permute(1, 2)]
[Add("Start", "Start"), Gru(2)]
internal sealed partial class OtherOrders;

[Input(7, 3), Masking, Dense(3, Name = "Padded"), Lstm(3, ReturnSequences = true), Add("Padded"), Gru(3), Dense(2)]
internal sealed partial class MaskOnTwoWays;

[Input(5, 2, Name = "One"), Masking, Dense(3, Name = "First")]
[Input(5, 2, Name = "Two"), Masking(MaskValue = 0.5), Dense(3, Name = "Second")]
[Average("First", "Second"), Lstm(3, ReturnSequences = true), GlobalAveragePooling1D, Dense(2)]
internal sealed partial class TwoMasksMerged;

[Input(5, 2, Name = "One"), Masking, Dense(3, Name = "First")]
[Input(4, 2, Name = "Two"), Masking(MaskValue = 0.5), Dense(3)]
[Concatenate("First", Axis = 1), Gru(3, ReturnSequences = true), GlobalAveragePooling1D, Dense(2)]
internal sealed partial class TwoMasksInTurn;

[Input(5, 2, Name = "One"), Masking, Dense(3, Name = "First")]
[From("One"), Dense(3), Add("First"), Lstm(3), Dense(2)]
internal sealed partial class MaskOfOneBranch;

[Input(6, 3), Lstm(4, ReturnSequences = true, Trainable = false, Name = "Encoder"), BatchNormalization(Trainable = false)]
[SpatialDropout1D(0.5), Maximum("Encoder"), Gru(3), Dense(2)]
internal sealed partial class FrozenEncoder;

[Input(6, 2, Name = "Output"), Lstm(3, Name = "Input")]
[Input(2, 2, Name = "Other"), Flatten, Concatenate("Input"), Dense(2, Name = "Batch")]
internal sealed partial class NamesOfTheFile;

[Input(4, 3, Name = "Only"), Gru(3, ReturnSequences = true), Concatenate("Only", "Only"), Dense(2)]
internal sealed partial class SequencesOfSkips;

[Input(5, 2, Name = "Past"), Lstm(3, ReturnSequences = true, Name = "Encoder"), GlobalMaxPooling1D(Name = "Largest")]
[Input(3, 2, Name = "Plan"), Lstm(3, ReturnSequences = true, InitialState = "Encoder"), SimpleRnn(2, UseBias = false, Name = "First")]
[From("Plan"), SimpleRnn(2, UseBias = false, InitialState = "First"), Concatenate("Largest"), Dense(2)]
internal sealed partial class StatesOfTwoCells;

[Input(5, 2, Name = "Past"), Bidirectional, Gru(3, Name = "Encoder")]
[Input(3, 2, Name = "Plan"), Bidirectional(Merge.Sum), Gru(3, ReturnSequences = true, InitialState = "Encoder"), Flatten, Dense(2)]
internal sealed partial class StatesOfBothWays;

[Input(5, 2, Name = "Past"), Masking, Lstm(3, GoBackwards = true, Name = "Encoder")]
[Input(3, 2, Name = "Plan"), Lstm(3, GoBackwards = true, InitialState = "Encoder"), Dense(2)]
internal sealed partial class StatesOfPaddedSequences;

[Input(5, 2, Name = "Past"), MinGru(3, Name = "Encoder")]
[Input(3, 2, Name = "Plan"), MinGru(3, ReturnSequences = true, InitialState = "Encoder"), Dense(3), Lstm(3, Activation = Activation.Gelu, Name = "Free")]
[From("Plan"), Lstm(3, Activation = Activation.Gelu, InitialState = "Free"), Add("Encoder"), Dense(2)]
internal sealed partial class StatesOfLoops;

[Input(5, 3), Masking, Gru(3, ReturnSequences = true, Name = "States"), Attention("States", UseScale = true, Name = "Own"), Lstm(3), Attention("States")]
[Dense(2)]
internal sealed partial class AttentionOfStates;

[Input(5, 3, Name = "Memory"), Masking, Dense(4, Name = "Values"), Dense(3, Name = "Keys")]
[Input(4, 3, Name = "Plan"), Attention("Values", Keys = "Keys", ScoreMode = ScoreMode.Concat, Causal = true), AdditiveAttention("Values", UseScale = false, Name = "Plain")]
[AdditiveAttention("Values", Causal = true), Attention("Plain", ScoreMode = ScoreMode.Concat, UseScale = true), Flatten, Dense(2)]
internal sealed partial class AttentionOfAllScores;

[Input(5, 3, Name = "Memory"), Masking, Dense(4, Name = "Kept"), MultiHeadAttention(2, 3, Causal = true, ValueDim = 2), Add("Kept"), LayerNormalization(Name = "First")]
[Input(4, 2, Name = "Plan"), Masking, MultiHeadAttention(3, 2, Values = "First", Keys = "Kept", UseBias = false), Lstm(3), MultiHeadAttention(1, 2, Values = "First")]
[Dense(2)]
internal sealed partial class HeadsInTurn;
