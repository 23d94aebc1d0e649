namespace LstmDsl.Tests;

[Input(5, 2), Masking, Bidirectional(Merge.Mul), Gru(3, ReturnSequences = true, ResetAfter = false)]
[LayerNormalization, Lstm(3, GoBackwards = true), Dense(2)]
internal sealed partial class MaskedMixture;

[Input(5, 2), Masking, SimpleRnn(3, ReturnSequences = true, Activation = Activation.Silu), Gru(3, ReturnSequences = true), Dense(2)]
internal sealed partial class MaskedSequences;

[Input(6, 2), Conv1D(3, 3, Strides = 2, Padding = Padding.Same, Activation = Activation.Mish), Lstm(4, ReturnSequences = true)]
[AveragePooling1D(2, Strides = 1, Padding = Padding.Same), Flatten, Dense(5, Activation = Activation.Softmax), RepeatVector(3)]
[Gru(3, ReturnSequences = true), MaxPooling1D(2, Padding = Padding.Same), GlobalAveragePooling1D]
internal sealed partial class ManyShapes;

[Input(4, 2), Dense(3), BatchNormalization, Lstm(3, ReturnSequences = true)]
[BatchNormalization(Scale = false), GlobalMaxPooling1D, Dense(2)]
internal sealed partial class NormalizedBatches;

[Input(4, 2), Dense(3), Normalization, Lstm(3, ReturnSequences = true), Normalization(Mean = [0.1, 0.2, 0.3], Variance = [0.5, 0.75, 2])]
[Gru(3, ReturnSequences = true), Normalization(PerFeature = false, Invert = true), SimpleRnn(3)]
[Normalization(Mean = [0.25], Variance = [0.5], Invert = true), Dense(2), Rescaling(1.5, -0.25)]
internal sealed partial class KnownMoments;

[Input(5, 1), Embedding(6, 3, MaskZero = true), Dropout(0.3), Bidirectional, Lstm(3, Dropout = 0.4), Dense(2)]
internal sealed partial class EmbeddedWords;

[Input(4, 3), Lstm(3, Dropout = 0.25, RecurrentDropout = 0.5, ReturnSequences = true)]
[Gru(3, RecurrentDropout = 0.4, ReturnSequences = true)]
[Gru(3, ResetAfter = false, Dropout = 0.3, RecurrentDropout = 0.4, ReturnSequences = true)]
[Bidirectional(Merge.Ave), SimpleRnn(4, RecurrentDropout = 0.3)]
[Dropout(0.2), Dense(2)]
internal sealed partial class DroppedStack;

[Input(4, 2), Masking, Gru(3, RecurrentDropout = 0.4, ReturnSequences = true), Lstm(3, RecurrentDropout = 0.3), Dense(1)]
internal sealed partial class MaskedDropout;

[Input(4, 2, BatchSize = 3), Lstm(3, Stateful = true, ReturnSequences = true), Gru(3, Stateful = true, ReturnSequences = true)]
[SimpleRnn(3, Stateful = true), Dense(2)]
internal sealed partial class StatefulMixture;

[Input(4, 2, BatchSize = 3), Gru(3, ResetAfter = false, Stateful = true, ReturnSequences = true)]
[Bidirectional(Merge.Ave), SimpleRnn(3, Stateful = true), Dense(2)]
internal sealed partial class StatefulDirections;

[Input(5, 2, BatchSize = 3), Masking, Lstm(3, Stateful = true, ReturnSequences = true), Gru(3, Stateful = true), Dense(2)]
internal sealed partial class MaskedStateful;

[Input(4, 3, BatchSize = 3), Lstm(3, Dropout = 0.25, RecurrentDropout = 0.5, Stateful = true, ReturnSequences = true)]
[Gru(3, RecurrentDropout = 0.4, Stateful = true, ReturnSequences = true)]
[Gru(3, ResetAfter = false, RecurrentDropout = 0.4, Stateful = true), Dense(2)]
internal sealed partial class DroppedStateful;

[Input(5, 2), Masking, Bidirectional(Merge.Mul), MinGru(3, ReturnSequences = true, Activation = Activation.Tanh)]
[MinGru(3, GoBackwards = true, Dropout = 0.3), Dense(2)]
internal sealed partial class MaskedMinimal;

[Input(4, 2, BatchSize = 3), MinGru(3, Stateful = true, ReturnSequences = true, UseBias = false), MinGru(3, Stateful = true), Dense(2)]
internal sealed partial class StatefulMinimal;

[Input(4, 2), Dense(3), Activation(Activation.LeakyRelu, NegativeSlope = 0.3), Lstm(3, ReturnSequences = true)]
[Activation(Activation.LeakyRelu, NegativeSlope = 0), Gru(3), Activation(Activation.LeakyRelu), Dense(2)]
[Activation(Activation.LeakyRelu, NegativeSlope = 1.75)]
internal sealed partial class LeakySlopes;

/// <summary>The gradients of programs of all kinds of layers.</summary>
public sealed class LayerGradientTests
{
    [Fact]
    public void PaddingIsSkippedWhereverItLies() => CentralDifferences.Check<MaskedMixture>(Padded);

    [Fact]
    public void PaddingIsSkippedInReturnedSequences() => CentralDifferences.Check<MaskedSequences>(Padded);

    [Fact]
    public void PaddingIsSkippedWithDropout() => CentralDifferences.Check<MaskedDropout>(Padded);

    [Fact]
    public void LayersThatChangeTheTimeAxis() => CentralDifferences.Check<ManyShapes>();

    [Fact]
    public void BatchNormalizationWithMovingAverages() => CentralDifferences.Check<NormalizedBatches>();

    [Fact]
    public void BatchNormalizationWithTheBatchsMoments() => CentralDifferences.Check<NormalizedBatches>(usesBatchStatistics: true);

    [Fact]
    public void NormalizationByKnownMomentsAndRescaling() => CentralDifferences.Check<KnownMoments>();

    [Fact]
    public void LeakyRelusWithSlopesOfTheirOwn() => CentralDifferences.Check<LeakySlopes>();

    [Fact]
    public void EmbeddingOfNumbersWithPadding() =>
        CentralDifferences.Check<EmbeddedWords>((sample, timestep, _) => (sample + (2 * timestep)) % 6);

    [Fact]
    public void MinimalLayersWithPaddingAndInBothDirections() => CentralDifferences.Check<MaskedMinimal>(Padded);

    [Fact]
    public void MinimalLayersThatGoOnFromTheBatchBefore() => CentralDifferences.Check<StatefulMinimal>();

    [Fact]
    public void DropoutOfInputsAndStates() => CentralDifferences.Check<DroppedStack>();

    [Fact]
    public void StatesThatTheBatchBeforeLeft() => CentralDifferences.Check<StatefulMixture>();

    [Fact]
    public void StatesThatTheBatchBeforeLeftInBothDirections() => CentralDifferences.Check<StatefulDirections>();

    [Fact]
    public void StatesThatTheBatchBeforeLeftWithPadding() => CentralDifferences.Check<MaskedStateful>(Padded);

    [Fact]
    public void StatesThatTheBatchBeforeLeftWithDropout() => CentralDifferences.Check<DroppedStateful>();

    /// <summary>At the end of the first sample, at the start of the second, all but one timestep of the third.</summary>
    private static float Padded(int sample, int timestep, float value) => (sample, timestep) switch
    {
        (0, >= 3) or (1, 0) => 0,
        (2, not 2) => 0,
        _ => value,
    };
}
