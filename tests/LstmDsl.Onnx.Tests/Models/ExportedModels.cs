// That masks end at layers that ignore them is part of what is exported.
#pragma warning disable LSTM023

namespace LstmDsl.Tests;

// What the networks that Keras computed do not have: other options of the layers that they have, and other layers.

[Input(7, 3), Lstm(5, Activation = Activation.LeakyRelu, RecurrentActivation = Activation.HardSigmoid), Dense(2)]
internal sealed partial class LstmTwoSlopes;

[Input(7, 3), Lstm(5, ReturnSequences = true), Activation(Activation.LeakyRelu, NegativeSlope = 0.3), Gru(4), Activation(Activation.LeakyRelu)]
[Dense(3), Activation(Activation.LeakyRelu, NegativeSlope = 1.5)]
internal sealed partial class SlopesOfLayers;

[Input(7, 3), Bidirectional, Lstm(4, Activation = Activation.Linear, RecurrentActivation = Activation.HardSigmoid), Dense(2)]
internal sealed partial class LstmAffineBothWays;

[Input(7, 3), Lstm(4, Activation = Activation.Softsign, RecurrentActivation = Activation.Softsign, UseBias = false), Dense(2)]
internal sealed partial class LstmSoftsign;

[Input(7, 3), Gru(4, Activation = Activation.Elu, RecurrentActivation = Activation.HardSigmoid), Dense(2)]
internal sealed partial class GruElu;

[Input(7, 3), Lstm(4, RecurrentActivation = Activation.HardSigmoidKeras2), Dense(2, Activation = Activation.HardSigmoidKeras2)]
internal sealed partial class LstmOfKeras2;

[Input(7, 3), Gru(4, Activation = Activation.Softplus, ResetAfter = false), Dense(2)]
internal sealed partial class GruSoftplus;

[Input(7, 3), Gru(4, Activation = Activation.Linear, RecurrentActivation = Activation.Softsign), Dense(2)]
internal sealed partial class GruAffine;

[Input(7, 3), SimpleRnn(4, Activation = Activation.Linear), Dense(2)]
internal sealed partial class RnnLinear;

[Input(7, 3), SimpleRnn(4, Activation = Activation.Celu, ReturnSequences = true), Dense(2)]
internal sealed partial class RnnCelu;

[Input(7, 3), Gru(4, GoBackwards = true, ReturnSequences = true), Dense(2)]
internal sealed partial class GruBackwards;

[Input(7, 3), Bidirectional, Gru(4, ResetAfter = false, ReturnSequences = true), Dense(2)]
internal sealed partial class GruResetBeforeBothWays;

[Input(7, 3), Bidirectional(Merge.Ave), Lstm(4), Dense(2)]
internal sealed partial class LstmMeanOfBothWays;

[Input(7, 3), Bidirectional(Merge.Mul), SimpleRnn(4, ReturnSequences = true, UseBias = false), Dense(2)]
internal sealed partial class RnnProductOfBothWays;

// Activations that the standard operators lack.

[Input(7, 3), Lstm(4, Activation = Activation.Silu), Dense(2)]
internal sealed partial class LstmSilu;

[Input(7, 3), Bidirectional, Lstm(4, Activation = Activation.Selu, ReturnSequences = true), Dense(2)]
internal sealed partial class LstmSeluBothWays;

[Input(7, 3), Gru(4, Activation = Activation.Gelu, ReturnSequences = true), Dense(2)]
internal sealed partial class GruGelu;

[Input(7, 3), Gru(4, Activation = Activation.Mish, ResetAfter = false, UseBias = false), Dense(2)]
internal sealed partial class GruMish;

[Input(7, 3), SimpleRnn(4, Activation = Activation.HardTanh, GoBackwards = true, ReturnSequences = true), Dense(2)]
internal sealed partial class RnnHardTanh;

// A layer that the standard operators do not have.

[Input(7, 3), Bidirectional, MinGru(4, ReturnSequences = true), MinGru(3, GoBackwards = true, UseBias = false), Dense(2)]
internal sealed partial class MinimalStack;

[Input(7, 3), Masking, MinGru(4, Activation = Activation.Tanh, RecurrentActivation = Activation.HardSigmoid), Dense(2)]
internal sealed partial class MaskedMinimal;

// Masks.

[Input(7, 3), Masking, Lstm(4, GoBackwards = true, ReturnSequences = true), Lstm(3), Dense(2)]
internal sealed partial class MaskedBackwards;

[Input(7, 3), Masking, Gru(4, ResetAfter = false, ReturnSequences = true), GlobalAveragePooling1D, Dense(2)]
internal sealed partial class MaskedAverage;

[Input(7, 3), Masking, Bidirectional(Merge.Sum), SimpleRnn(4, ReturnSequences = true), GlobalMaxPooling1D, Dense(2)]
internal sealed partial class MaskedMaximum;

[Input(7, 3), Masking(MaskValue = 0.5), Dense(4), Dropout(0.5), LayerNormalization, Activation(Activation.Tanh), Gru(3), Dense(2)]
internal sealed partial class MaskCarried;

[Input(7, 3), Masking, Conv1D(4, 2), Lstm(3, ReturnSequences = true), Flatten, Dense(2)]
internal sealed partial class MaskDropped;

// Layers without a recurrence.

[Input(9, 3), Conv1D(4, 3, Strides = 2, Padding = Padding.Causal, Activation = Activation.Silu), Flatten, Dense(2)]
internal sealed partial class CausalStrides;

[Input(10, 3), Conv1D(4, 4, Strides = 3, Padding = Padding.Same), MaxPooling1D(2, Strides = 1, Padding = Padding.Same), Flatten, Dense(2)]
internal sealed partial class SameStrides;

[Input(9, 3), AveragePooling1D(3, Strides = 2), BatchNormalization(Scale = false), GlobalMaxPooling1D, BatchNormalization]
internal sealed partial class PooledAndNormalized;

[Input(6, 3), LayerNormalization(Center = false), Dense(4, Activation = Activation.Softmax)]
[LayerNormalization(Scale = false, Epsilon = 0.1)]
internal sealed partial class NormalizedSequences;

[Input(6, 3), Normalization(Mean = [0.1, 0.2, 0.3], Variance = [0.5, 1, 2]), Lstm(4), Normalization(Invert = true), Dense(2), Rescaling(2, -1)]
internal sealed partial class RawNumbers;

[Input(6, 3), Masking, Normalization(PerFeature = false), Rescaling(0.5), Gru(4, ReturnSequences = true)]
[Normalization(Mean = [0.25], Variance = [0.5], Invert = true), Dense(2)]
internal sealed partial class MaskedNumbers;

[Input(5, 2), Flatten, Dense(4, UseBias = false), RepeatVector(3), Dense(2, Activation = Activation.LogSoftmax)]
internal sealed partial class Repeated;
