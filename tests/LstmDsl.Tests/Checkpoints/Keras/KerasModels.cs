namespace LstmDsl.Tests;

// The models of parity/files, each under the name of its case.

[Input(20, 1), Lstm(20, Init.Zeros), Dense(1)]
internal sealed partial class JenaLstmFile;

[Input(20, 1), SimpleRnn(40, ReturnSequences = true), Dense(1)]
internal sealed partial class DampedRnnFile;

[Input(20, 1), Lstm(40, ReturnSequences = true), Dense(1)]
internal sealed partial class DampedLstmFile;

[Input(8, 3), Gru(6, ReturnSequences = true), Gru(5), Dense(4, Activation = Activation.Relu), Dense(2)]
internal sealed partial class GruStackFile;

[Input(8, 3), Bidirectional, Lstm(6), Dense(1)]
internal sealed partial class BidirectionalFile;

[Input(8, 3), Lstm(4, ReturnSequences = true), Lstm(4), Dense(3), Dense(1)]
internal sealed partial class NamedTwiceFile;

[Input(8, 3), Gru(6, ReturnSequences = true), Gru(5), Dense(2, Activation = Activation.Tanh)]
internal sealed partial class Keras2GruFile;

// Between them every kind of layer, for which Keras's files are not at hand.

[Input(12, 3), Masking(MaskValue = -1)]
[Bidirectional(Merge.Sum), Gru(5, ReturnSequences = true)]
[Bidirectional, SimpleRnn(4, ReturnSequences = true)]
[LayerNormalization(Epsilon = 0.01), Dropout(0.25), GlobalAveragePooling1D, RepeatVector(3)]
[Lstm(4, GoBackwards = true), Dense(3, Activation = Activation.Softmax)]
internal sealed partial class SequenceLayersFile;

[Input(10, 1), Embedding(20, 6), Conv1D(5, 3, Padding = Padding.Causal, DilationRate = 2, Activation = Activation.Relu)]
[BatchNormalization(Momentum = 0.9), MaxPooling1D(2), AveragePooling1D(2, Strides = 1, Padding = Padding.Same)]
[Activation(Activation.Tanh), Flatten, Dense(2, UseBias = false)]
internal sealed partial class WindowLayersFile;

[Input(6, 2), Conv1D(4, 2), GlobalMaxPooling1D, Dense(1)]
internal sealed partial class HighestFile;

[Input(7, 2)]
[Lstm(8, Init.Zeros, Activation = Activation.Relu, UnitForgetBias = false, Dropout = 0.1, ActivityL2 = 0.01)]
[RecurrentKernel(Init.Orthogonal, Gain = 0.5)]
[Bias(Init.Constant, Value = 0.25, L1 = 0.5)]
[Dense(2, Name = "head")]
[Kernel(Init.VarianceScaling, Scale = 2, Mode = FanMode.FanAvg, Distribution = WeightDistribution.Uniform, L2 = 0.125)]
internal sealed partial class RefinedFile;

[Input(6, 2), Lstm(4), Activation(Activation.LeakyRelu, NegativeSlope = 0.3, ActivityL2 = 0.5), Dense(3), Activation(Activation.LeakyRelu)]
internal sealed partial class SlopesFile;

// What stands in front of and behind a network that takes and gives raw numbers.

[Input(6, 2), Normalization(Mean = [0.1, 0.2], Variance = [1.5, 2.0]), Lstm(4), Dense(1), Rescaling(2, 1)]
internal sealed partial class RawNumbersFile;

[Input(6, 2), Normalization, Lstm(4), Normalization(PerFeature = false, Invert = true), Dense(1)]
internal sealed partial class AdaptedFile;

[Input(6, 3), Normalization(Mean = [0.5], Variance = [4], Invert = true), Normalization(Mean = [1], Variance = [2], PerFeature = false), Gru(2)]
internal sealed partial class SharedNumbersFile;

// Tensors whose shapes tell them apart: (3, 4), (4), (4, 5), (5).
[Input(2, 3), Dense(4), GlobalMaxPooling1D, Dense(5)]
internal sealed partial class TwoMatricesFile;
