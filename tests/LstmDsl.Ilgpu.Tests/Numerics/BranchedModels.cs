namespace LstmDsl.Tests;

[Input(5, 3, Name = "History"), Lstm(6, ReturnSequences = true, Name = "States"), Dense(6), Add("States"), Gru(4, Name = "Encoder")]
[Input(2, 4, Name = "Plan"), Flatten, Dense(4, Name = "Planned")]
[From("Encoder"), Multiply("Planned", Name = "Product")]
[From("Planned"), Maximum("Encoder"), Concatenate("Product", "Encoder"), Dense(2)]
internal sealed partial class TwoInputsOnDevices;

[Input(5, 3, Name = "Raw"), Masking, Dense(4, Name = "One")]
[From("Raw"), Masking, Lstm(4, ReturnSequences = true), Average("One", Name = "Both")]
[From("One"), Concatenate("Both", Axis = 1), Gru(5, ReturnSequences = true), GlobalAveragePooling1D, Dense(2)]
internal sealed partial class MasksOnDevices;

#pragma warning disable LSTM023 // masks of one of two outputs end there
[Input(5, 3, Name = "Raw"), Masking, Dense(4, Name = "One")]
[From("Raw"), Masking, Lstm(4, ReturnSequences = true), Multiply("One", Name = "Product")]
[From("One"), Maximum("Product"), Gru(4, ReturnSequences = true, Name = "States")]
[From("Raw"), Dense(4, Name = "Whole"), Maximum("One", "Whole", Name = "Mixed")]
[From("Whole"), Multiply("One"), Concatenate("States", "Mixed", Axis = 1), Gru(3), Dense(2)]
internal sealed partial class PaddingLeftOutOnDevices;
#pragma warning restore LSTM023

[Input(4, 6), Permute(2, 1), Dense(3, Name = "Turned"), Reshape(9, 2), Gru(3, ReturnSequences = true), Reshape(27), Dense(18), Reshape(6, 3)]
[Subtract("Turned"), SpatialDropout1D(0.3), SimpleRnn(3), Dense(2)]
internal sealed partial class OrdersOnDevices;

[Input(5, 3), Bidirectional(Merge.Sum), Lstm(4, ReturnSequences = true, Trainable = false, Name = "Encoder"), BatchNormalization(Trainable = false)]
[Dense(4), Add("Encoder"), LayerNormalization(Trainable = false), Gru(3), Dense(2)]
internal sealed partial class FrozenOnDevices;

[Input(5, 3, Name = "Raw"), Masking, Gru(4, ReturnSequences = true, Name = "States"), Attention("States", UseScale = true, Name = "Own")]
[From("Raw"), Dense(4, Name = "Values"), Attention("Values", Query = "Own", Causal = true, ScoreMode = ScoreMode.Concat, UseScale = true)]
[Lstm(4), AdditiveAttention("States"), Dense(2)]
internal sealed partial class AttentionOnDevices;

[Input(5, 3, Name = "Past"), Masking, Lstm(4, Name = "Encoder")]
[Input(3, 2, Name = "Plan"), Lstm(4, ReturnSequences = true, InitialState = "Encoder", Name = "First"), Gru(3, ResetAfter = false, Name = "Second")]
[From("Plan"), Lstm(4, RecurrentDropout = 0.2, InitialState = "Encoder", Name = "Third")]
[From("First"), Gru(3, ResetAfter = false, InitialState = "Second"), Concatenate("Third"), Dense(2)]
internal sealed partial class StatesOnDevices;

[Input(3, 3, Name = "Past"), Bidirectional, Gru(3, Name = "Encoder"), Dense(3, Name = "Encoded")]
[Input(2, 2, Name = "Plan"), Bidirectional, Gru(3, InitialState = "Encoder", Name = "Both")]
[From("Past"), Lstm(130, ReturnSequences = true, Name = "Wide"), MinGru(130, Name = "Minimal")]
[From("Plan"), Lstm(130, InitialState = "Wide", Name = "Second")]
[From("Wide"), MinGru(130, InitialState = "Minimal"), Concatenate("Encoded", "Both", "Second"), Dense(2)]
internal sealed partial class WideStatesOnDevices;

[Input(5, 3, Name = "Raw"), Masking, Dense(4, Name = "Kept"), MultiHeadAttention(2, 3, Causal = true, Dropout = 0.25, UseBias = false), Add("Kept", Name = "First")]
[Attention("Kept", Dropout = 0.3, Name = "Second"), MultiHeadAttention(3, 2, Values = "First", Keys = "Raw", UseBias = false, ValueDim = 1), Lstm(3), Dense(2)]
internal sealed partial class HeadsOnDevices;
