namespace LstmDsl.Tests;

[Input(4, 3, Name = "History"), Lstm(4, Name = "Encoder")]
[Input(2, 5, Name = "Plan"), Flatten]
[Concatenate("Encoder"), Dense(3, Activation = Activation.Tanh), Dense(2)]
internal sealed partial class TwoInputs;

[Input(5, 2), Conv1D(3, 3, Padding = Padding.Causal, Name = "Wide")]
[Lstm(3, ReturnSequences = true), Add("Wide"), LayerNormalization, Gru(3), Dense(2)]
internal sealed partial class ResidualStack;

[Input(4, 2), Dense(3, Activation = Activation.Tanh, Name = "Shared")]
[From("Shared"), Dense(3, Name = "One")]
[From("Shared"), LayerNormalization(Name = "Two")]
[From("Shared"), SimpleRnn(3, ReturnSequences = true, Name = "Three")]
[Average("One", "Two", "Three"), Multiply("Shared"), Lstm(3), Dense(1)]
internal sealed partial class ReadByFour;

[Input(4, 2, Name = "Raw"), Dense(2, Name = "Row")]
[From("Raw"), Conv1D(2, 2, Padding = Padding.Same, Name = "Windows")]
[From("Raw"), Gru(2, ReturnSequences = true), Subtract("Raw"), Maximum("Row", "Windows"), Concatenate("Raw", "Row"), Lstm(3), Dense(1)]
internal sealed partial class InputReadByAll;

[Input(3, 4), Dense(4, Name = "Start"), Permute(2, 1), Conv1D(3, 2, Name = "Turned"), Reshape(9), Dense(6), Reshape(3, 2), Reshape(2, 3)]
[Concatenate("Turned", Axis = 1), SimpleRnn(3, Name = "End"), Concatenate("End", "End"), RepeatVector(3), Dense(4), Add("Start", "Start"), Gru(2)]
internal sealed partial class ManyOrders;

[Input(5, 2), Masking, Dense(3, Name = "Padded"), Lstm(3, ReturnSequences = true), Add("Padded"), Gru(3), Dense(2)]
internal sealed partial class MaskedSkip;

[Input(5, 1, Name = "One"), Masking, Dense(2, Name = "Left")]
[Input(5, 1, Name = "Two"), Masking, Dense(2, Name = "Right")]
[Average("Left", "Right"), Lstm(3, ReturnSequences = true, Name = "Middle")]
[From("Left"), Concatenate("Right", Axis = 1), Gru(3, Name = "Long")]
[From("Middle"), SimpleRnn(3), Concatenate("Long"), Dense(2)]
internal sealed partial class TwoMasks;

#pragma warning disable LSTM023 // masks of one of two outputs end there
[Input(5, 2, Name = "One"), Masking, Dense(3, Name = "Left")]
[Input(5, 2, Name = "Two"), Masking, Lstm(3, ReturnSequences = true, Name = "Right")]
[Input(5, 2, Name = "Three"), Dense(3, Name = "Whole")]
[From("Left"), Multiply("Right", Name = "Product")]
[Maximum("Left", "Right", Name = "Largest"), Concatenate("Whole", Axis = 1), Gru(3, ReturnSequences = true), Flatten, Dense(3, Name = "Long")]
[From("Product"), Maximum("Largest", "Whole", Name = "Mixed")]
[From("Right"), Multiply("Whole", "Left"), Add("Mixed"), SimpleRnn(3), Concatenate("Long"), Dense(2)]
internal sealed partial class PaddingLeftOut;
#pragma warning restore LSTM023

[Input(4, 2), Dense(3), Lstm(3, ReturnSequences = true, Trainable = false, Name = "Middle"), BatchNormalization(Trainable = false), Gru(3), Dense(1)]
internal sealed partial class FrozenMiddle;

[Input(4, 2), Lstm(3, ReturnSequences = true, Trainable = false, Name = "Encoder"), Dense(3, Trainable = false), Add("Encoder")]
[LayerNormalization(Trainable = false, Name = "Frozen"), Gru(3, ReturnSequences = true), Add("Frozen"), SimpleRnn(3), Dense(1)]
internal sealed partial class FrozenBelow;

[Input(6, 1, Name = "Words"), Embedding(5, 3, MaskZero = true), Lstm(3, Name = "Text")]
[Input(2, 2, Name = "Numbers"), Dense(3), Gru(3), Concatenate("Text"), Dense(2)]
internal sealed partial class WordsAndNumbers;

[Input(5, 3), Conv1D(4, 3, Padding = Padding.Causal, Name = "Wide")]
[Lstm(4, ReturnSequences = true), Add("Wide"), LayerNormalization]
[Lstm(3, ReturnSequences = true, Name = "States"), Lstm(3), Attention("States"), Dense(1)]
internal sealed partial class ResidualModel;

[Input(4, 3, Name = "Raw"), Masking, Gru(3, ReturnSequences = true, Name = "Asking"), Attention("Asking", UseScale = true, Name = "Own")]
[From("Raw"), Dense(3, Name = "Values"), Attention("Values", Query = "Own", Keys = "Raw", Causal = true, ScoreMode = ScoreMode.Concat)]
[AdditiveAttention("Values", Name = "Last"), Attention("Values", ScoreMode = ScoreMode.Concat, UseScale = true)]
[Attention("Last", Query = "Last", Keys = "Attention1"), Lstm(3), AdditiveAttention("Own", UseScale = false), Dense(2)]
internal sealed partial class AttentionOfAllKinds;

[Input(4, 2), Bidirectional(Merge.Mul), Lstm(3, ReturnSequences = true, Trainable = false), Bidirectional, Gru(2, Trainable = false)]
[Dense(2)]
internal sealed partial class FrozenDirections;

[Input(4, 2, Name = "Series"), Lstm(3, Name = "Encoder")]
[From("Series"), Conv1D(2, 2), Lstm(3, ReturnSequences = true, InitialState = "Encoder"), Dense(2)]
internal sealed partial class StatesAlone;

[Input(4, 2, Name = "Past"), Masking, Gru(3, ReturnSequences = true, Name = "Encoder")]
[Input(3, 2, Name = "Plan"), Gru(3, ReturnSequences = true, InitialState = "Encoder", Name = "First")]
[From("Plan"), Gru(3, GoBackwards = true, ReturnSequences = true, InitialState = "First", Name = "Second")]
[From("Plan"), Gru(3, InitialState = "Encoder", Name = "Third")]
[From("Second"), Attention("Encoder"), Gru(3, InitialState = "Encoder"), Add("Third"), Dense(1)]
internal sealed partial class StatesOfOneForMany;

[Input(4, 2, Name = "Series"), Masking(Name = "Kept"), Bidirectional(Merge.Sum), Lstm(2, Name = "Both")]
[From("Series"), Bidirectional, Lstm(2, ReturnSequences = true, InitialState = "Both"), Flatten, Dense(1)]
internal sealed partial class StatesOfBothDirections;

[Input(4, 2, Name = "Series"), Gru(3, ResetAfter = false, Name = "A")]
[From("Series"), Gru(3, ResetAfter = false, ReturnSequences = true, InitialState = "A", Name = "B")]
[From("Series"), MinGru(2, ReturnSequences = true, Name = "C")]
[From("B"), MinGru(2, InitialState = "C", Name = "D")]
[From("C"), SimpleRnn(2, Name = "E")]
[From("Series"), SimpleRnn(2, InitialState = "E", GoBackwards = true), Concatenate("D"), Dense(2)]
internal sealed partial class StatesOfEveryKind;

[Input(4, 2, Name = "Series"), Dense(2, Trainable = false), Lstm(3, Trainable = false, Name = "Encoder")]
[From("Series"), Lstm(3, InitialState = "Encoder"), Dense(2)]
internal sealed partial class StatesOfAFrozenLayer;

[Input(4, 3, Name = "Raw"), Masking, Dense(4, Name = "Kept"), MultiHeadAttention(2, 3, ValueDim = 2, Causal = true), Add("Kept")]
[LayerNormalization, MultiHeadAttention(1, 2, Values = "Raw", UseBias = false, Name = "Second"), Gru(3, ReturnSequences = true, Name = "Keys")]
[MultiHeadAttention(3, 2, Query = "Kept", Values = "Second", Keys = "Keys"), Lstm(3), MultiHeadAttention(2, 2, Values = "Keys"), Dense(2)]
internal sealed partial class HeadsOfAllKinds;

[Input(4, 3), Lstm(4, ReturnSequences = true, Name = "States"), MultiHeadAttention(2, 2, Dropout = 0.3), Add("States")]
[Attention("States", Dropout = 0.4, UseScale = true), AdditiveAttention("States", Dropout = 0.2), Dense(1)]
internal sealed partial class DroppedAttention;

/// <summary>The gradients of programs in which outputs are read more than once, put together, or not trained.</summary>
public sealed class BranchGradientTests
{
    [Fact]
    public void TwoInputsInOneVector() => CentralDifferences.Check<TwoInputs>();

    [Fact]
    public void AConnectionThatSkipsALayer() => CentralDifferences.Check<ResidualStack>();

    [Fact]
    public void AnOutputThatFourLayersRead() => CentralDifferences.Check<ReadByFour>();

    [Fact]
    public void AnInputThatManyLayersRead() => CentralDifferences.Check<InputReadByAll>();

    [Fact]
    public void ValuesInAnotherOrder() => CentralDifferences.Check<ManyOrders>();

    [Fact]
    public void PaddingThatIsLeftOut() =>
        CentralDifferences.Check<PaddingLeftOut>((sample, _, value) => MathF.Abs(value) < 0.35f && sample != 2 ? 0 : value);

    [Fact]
    public void OneMaskOnTwoWays() => CentralDifferences.Check<MaskedSkip>(Padded);

    [Fact]
    public void TwoMasksThatAreMadeOne() =>
        CentralDifferences.Check<TwoMasks>((sample, _, value) => MathF.Abs(value) < 0.35f && sample != 2 ? 0 : value);

    [Fact]
    public void AttentionOfTheLastStateToAllStates() => CentralDifferences.Check<ResidualModel>();

    [Fact]
    public void AttentionOfAllKindsWithPadding() => CentralDifferences.Check<AttentionOfAllKinds>(Padded);

    [Fact]
    public void LayersThatAreNotTrainedBetweenOthers() => CentralDifferences.Check<FrozenMiddle>(usesBatchStatistics: true);

    [Fact]
    public void LayersThatAreNotTrainedBelowOthers() => CentralDifferences.Check<FrozenBelow>();

    [Fact]
    public void LayersThatRunBothWaysAndAreNotTrained() => CentralDifferences.Check<FrozenDirections>();

    [Fact]
    public void NumbersOfWordsBesideNumbers() =>
        CentralDifferences.Check<WordsAndNumbers>((sample, place, value) => place < 6 ? (sample + (2 * place)) % 5 : value);

    [Fact]
    public void StatesOfALayerWhoseOutputNobodyReads() => CentralDifferences.Check<StatesAlone>();

    [Fact]
    public void StatesThatSeveralLayersBeginWith() =>
        CentralDifferences.Check<StatesOfOneForMany>((sample, place, value) => place < 8 && place / 2 > sample ? 0 : value);

    [Fact]
    public void StatesOfBothDirectionsOfALayerWhoseOutputNobodyReads() => CentralDifferences.Check<StatesOfBothDirections>(Padded);

    [Fact]
    public void StatesOfEveryKindOfLayer() => CentralDifferences.Check<StatesOfEveryKind>();

    [Fact]
    public void StatesOfALayerThatIsNotTrained() => CentralDifferences.Check<StatesOfAFrozenLayer>();

    [Fact]
    public void HeadsOfAllKindsWithPadding() => CentralDifferences.Check<HeadsOfAllKinds>(Padded);

    [Fact]
    public void AttentionWhoseWeightsAreDropped() => CentralDifferences.Check<DroppedAttention>();

    private static float Padded(int sample, int timestep, float value) => (sample, timestep) switch
    {
        (0, >= 3) or (1, 0) => 0,
        (2, not 2) => 0,
        _ => value,
    };
}
