namespace LstmDsl.Tests;

// Two inputs, a mask, a skip, and a layer that is not trained.
[Input(12, 2, Name = "History"), Masking, Lstm(20, ReturnSequences = true, Name = "States"), Dense(20), Add("States"), Gru(13, Name = "Encoder")]
[Input(4, 3, Name = "Plan"), Dense(5, Trainable = false), Flatten, Concatenate("Encoder"), Dense(3)]
internal sealed partial class BranchedStack;

// Large enough that its weights' gradients are summed by tiles of the result rather than by block.
[Input(6, 16, Name = "Series"), Lstm(128, ReturnSequences = true, Name = "First"), Gru(128, ReturnSequences = true), Maximum("First")]
[Concatenate("Series"), SimpleRnn(64), Dense(1)]
internal sealed partial class LargeBranches;

// All that is drawn or kept from step to step, in branches: dropout, moving averages, layers that are not trained between others.
[Input(5, 2, Name = "History"), Lstm(6, ReturnSequences = true, Dropout = 0.2, RecurrentDropout = 0.1, Name = "States")]
[BatchNormalization, SpatialDropout1D(0.3), Average("States"), Gru(4, Name = "Encoder")]
[Input(3, 2, Name = "Plan"), Dense(3, Trainable = false), Gru(4, Dropout = 0.2, Name = "Other")]
[Concatenate("Encoder"), LayerNormalization(Trainable = false), Dense(1)]
internal sealed partial class WanderingBranches;
