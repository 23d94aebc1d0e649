namespace LstmDsl.Tests;

// The models of parity/networks, each under the name of its case.

[Input(20, 1), Lstm(20), Dense(1)]
internal sealed partial class Lstm20Dense1;

[Input(20, 1), Lstm(40, ReturnSequences = true), Dense(1)]
internal sealed partial class Lstm40SequenceDense1;

[Input(5, 1), Lstm(1), Dense(1)]
internal sealed partial class LstmUnits1;

[Input(7, 3), Lstm(6), Dense(2)]
internal sealed partial class LstmUnits6Features3;

[Input(9, 5), Lstm(17), Dense(3)]
internal sealed partial class LstmUnits17Features5;

[Input(6, 16), Lstm(64), Dense(1)]
internal sealed partial class LstmUnits64Features16;

[Input(1, 2), Lstm(8), Dense(1)]
internal sealed partial class LstmOneStep;

[Input(12, 2), Lstm(8), Dense(1)]
internal sealed partial class LstmOneSample;

[Input(150, 2), Lstm(12), Dense(1)]
internal sealed partial class LstmLong;

[Input(10, 20), Lstm(128), Dense(1)]
internal sealed partial class LstmUnits128;

[Input(7, 3), Lstm(6, Activation = Activation.Relu), Dense(1)]
internal sealed partial class LstmRelu;

[Input(7, 3), Lstm(6, RecurrentActivation = Activation.HardSigmoid), Dense(1)]
internal sealed partial class LstmHardSigmoid;

[Input(7, 3), Lstm(6, UseBias = false), Dense(1, UseBias = false)]
internal sealed partial class LstmNoBias;

[Input(8, 2), Lstm(10, ReturnSequences = true), Lstm(7, ReturnSequences = true), Lstm(5), Dense(1)]
internal sealed partial class StackedLstm;

[Input(6, 3), Dense(5, Activation = Activation.Tanh), Lstm(4), Dense(1)]
internal sealed partial class DenseFirst;

[Input(20, 1), SimpleRnn(40, ReturnSequences = true), Dense(1)]
internal sealed partial class Rnn40SequenceDense1;

[Input(7, 3), SimpleRnn(6), Dense(2)]
internal sealed partial class RnnLast;

[Input(7, 3), SimpleRnn(6, Activation = Activation.Relu), Dense(2)]
internal sealed partial class RnnRelu;

[Input(7, 3), SimpleRnn(9, UseBias = false, GoBackwards = true, ReturnSequences = true), Dense(2)]
internal sealed partial class RnnNoBiasBackwards;

[Input(7, 3), Lstm(6, GoBackwards = true), Dense(1)]
internal sealed partial class LstmGoBackwards;

[Input(7, 3), Lstm(6, GoBackwards = true, ReturnSequences = true), Dense(2)]
internal sealed partial class LstmGoBackwardsSequence;

[Input(7, 3)]
[Lstm(6), Kernel(L2 = 0.02), RecurrentKernel(L1 = 0.01), Bias(L1 = 0.003, L2 = 0.004)]
[Dense(2), Kernel(L1 = 0.01)]
internal sealed partial class LstmRegularized;

[Input(7, 3), Lstm(6, ActivityL2 = 0.02), Dense(2)]
internal sealed partial class LstmActivityRegularized;

[Input(7, 3), Lstm(6, Activation = Activation.Elu), Dense(1)]
internal sealed partial class LstmEluSigmoid;

[Input(6, 3), Lstm(4), Dense(3), Activation(Activation.Softplus)]
internal sealed partial class ActivationLayer;

[Input(6, 3), Lstm(4), Dense(7, Activation = Activation.Gelu)]
[Dense(7, Activation = Activation.Silu), Dense(2, Activation = Activation.Sigmoid)]
internal sealed partial class DenseStack;

[Input(7, 3), Gru(6), Dense(2)]
internal sealed partial class GruDefault;

[Input(7, 3), Gru(6, ResetAfter = false), Dense(2)]
internal sealed partial class GruResetBefore;

[Input(20, 1), Gru(20, ReturnSequences = true), Dense(1)]
internal sealed partial class GruSequenceUnits20;

[Input(7, 3), Gru(5, UseBias = false), Dense(2)]
internal sealed partial class GruNoBias;

[Input(7, 3), Gru(5, Activation = Activation.Relu, RecurrentActivation = Activation.HardSigmoid), Dense(2)]
internal sealed partial class GruReluHardSigmoid;

[Input(7, 3), Bidirectional, Lstm(6), Dense(2)]
internal sealed partial class BidirectionalConcat;

[Input(7, 3), Bidirectional(Merge.Sum), Lstm(6, ReturnSequences = true), Dense(2)]
internal sealed partial class BidirectionalSumSequence;

[Input(7, 3), Bidirectional(Merge.Mul), Gru(5, ReturnSequences = true), Dense(2)]
internal sealed partial class BidirectionalMulGru;

[Input(7, 3), Bidirectional(Merge.Ave), SimpleRnn(5), Dense(2)]
internal sealed partial class BidirectionalAveRnn;

[Input(8, 2), Bidirectional, Gru(6, ReturnSequences = true), Lstm(9), Dense(8, Activation = Activation.Relu), Dense(3)]
internal sealed partial class StackedMixed;

[Input(6, 2), Lstm(9), RepeatVector(4), Lstm(9, ReturnSequences = true), Dense(2)]
internal sealed partial class EncoderDecoder;

[Input(6, 3), Lstm(8, ReturnSequences = true), LayerNormalization, Lstm(5), Dense(1)]
internal sealed partial class LayerNormalized;

[Input(6, 3), Lstm(4, ReturnSequences = true), Flatten, Dense(3)]
internal sealed partial class FlattenHead;

[Input(6, 2), Masking, Lstm(5), Dense(1)]
internal sealed partial class MaskedLstm;

[Input(6, 2), Masking, Lstm(5, ReturnSequences = true), Dense(2)]
internal sealed partial class MaskedLstmSequence;

[Input(6, 2), Masking(MaskValue = -9), Gru(5, ReturnSequences = true), Gru(4), Dense(1)]
internal sealed partial class MaskedGruStack;

[Input(6, 2), Masking, Bidirectional, Lstm(4), Dense(1)]
internal sealed partial class MaskedBidirectional;

[Input(4, 2), Masking, SimpleRnn(5), Dense(1)]
internal sealed partial class MaskedAllOfOne;

[Input(9, 3), Conv1D(5, 3, Padding = Padding.Causal, Activation = Activation.Relu), Lstm(4), Dense(1)]
internal sealed partial class ConvCausalLstm;

[Input(11, 2), Conv1D(4, 4, Strides = 2), Gru(5), Dense(1)]
internal sealed partial class ConvValidStrideGru;

[Input(9, 2), Conv1D(4, 3, Padding = Padding.Same, DilationRate = 2, UseBias = false), Lstm(4, ReturnSequences = true), Dense(2)]
internal sealed partial class ConvSameDilated;

[Input(12, 2)]
[Conv1D(4, 2, Padding = Padding.Causal), Conv1D(4, 2, Padding = Padding.Causal, DilationRate = 4), SimpleRnn(3), Dense(1)]
internal sealed partial class ConvCausalDilatedStack;

[Input(9, 3), MaxPooling1D(2), Lstm(4), Dense(1)]
internal sealed partial class MaxPoolLstm;

[Input(9, 3), Lstm(4, ReturnSequences = true), AveragePooling1D(4, Strides = 2, Padding = Padding.Same), Dense(1)]
internal sealed partial class AveragePoolSame;

[Input(6, 3), Lstm(4, ReturnSequences = true), GlobalAveragePooling1D, Dense(2)]
internal sealed partial class GlobalAverage;

[Input(6, 3), Gru(4, ReturnSequences = true), GlobalMaxPooling1D, Dense(2)]
internal sealed partial class GlobalMax;

[Input(6, 3)]
[BatchNormalization, Lstm(5, ReturnSequences = true), BatchNormalization(Epsilon = 0.01, Center = false), Lstm(3), Dense(1)]
internal sealed partial class BatchNormalized;

[Input(7, 1), Embedding(11, 4), Lstm(5), Dense(2)]
internal sealed partial class EmbeddingLstm;

[Input(7, 1), Embedding(5, 4, MaskZero = true), Gru(5), Dense(2)]
internal sealed partial class EmbeddingMaskZero;

[Input(6, 3), Lstm(5), Dense(1, Activation = Activation.Sigmoid)]
internal sealed partial class BinaryHead;

[Input(6, 3), Lstm(5, ReturnSequences = true), Dense(2)]
internal sealed partial class HuberSequence;

[Input(6, 3), Lstm(5), Dense(2)]
internal sealed partial class WeightedSamples;

[Input(6, 3), Lstm(5), Dense(4, Activation = Activation.Softmax)]
internal sealed partial class SoftmaxHead;

[Input(6, 3), Gru(5), Dense(4)]
internal sealed partial class SparseLogits;
