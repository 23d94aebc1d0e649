namespace LstmDsl.Generators.Tests;

public sealed class SnapshotTests
{
    [Fact]
    public void Last_step_model() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Input(20, 1)]
        [Lstm(20, Init.Zeros)]
        [Dense(1)]
        public sealed partial class JenaModel;
        """));

    [Fact]
    public void Sequence_model() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        namespace Oscillation;

        [Input(20, 1)]
        [Lstm(40, ReturnSequences = true)]
        [Dense(1)]
        public sealed partial class DampedLstm;
        """));

    [Fact]
    public void Simple_recurrent_model() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        namespace Oscillation;

        [Input(20, 1)]
        [SimpleRnn(40, ReturnSequences = true)]
        [Dense(1)]
        public sealed partial class DampedRnn;
        """));

    [Fact]
    public void Backwards_stack() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Input(7, 3)]
        [SimpleRnn(9, Init.Ones, UseBias = false, GoBackwards = true, ReturnSequences = true, Activation = Activation.Relu)]
        [RecurrentKernel(Init.Zeros)]
        [Lstm(6, GoBackwards = true)]
        [Dense(2)]
        public sealed partial class BackwardsModel;
        """));

    [Fact]
    public void Stateful_stack() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Input(8, 3, BatchSize = 16)]
        [Lstm(12, Stateful = true, ReturnSequences = true)]
        [Gru(9, Stateful = true)]
        [Dense(1)]
        public sealed partial class MeterModel;
        """));

    [Fact]
    public void Stack() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        namespace Stations;

        internal static partial class Networks
        {
            [Input(8, 3)]
            [Lstm(12, ReturnSequences = true, Activation = Activation.Relu, RecurrentActivation = Activation.HardSigmoid, Name = "Encoder")]
            [Kernel(Init.Constant, Value = 0.05)]
            [RecurrentKernel(Init.GlorotUniform)]
            [Bias(Init.Ones)]
            [Lstm(9, UnitForgetBias = false)]
            [Dense(8, Activation = Activation.Relu, UseBias = false)]
            [Dense(2)]
            [Bias(Init.Constant, Value = -1)]
            internal sealed partial class StationModel;
        }
        """));

    [Fact]
    public void Bidirectional_model() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Input(8, 3)]
        [Bidirectional]
        [Gru(6, ReturnSequences = true, ActivityL2 = 0.01)]
        [Bias(Init.Ones)]
        [Bidirectional(Merge.Ave)]
        [Lstm(9, Name = "Encoder")]
        [Dense(3)]
        public sealed partial class BothWays;
        """));

    [Fact]
    public void Two_inputs() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Input(168, 4, Name = "History")] [Lstm(64, Name = "Encoder")]
        [Input(24, 5, Name = "Plan")] [Flatten]
        [Concatenate("Encoder")] [Dense(64, Activation = Activation.Relu)] [Dense(24)]
        public sealed partial class DemandNetwork;
        """));

    [Fact]
    public void Skips_and_attention() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Input(96, 8)] [Conv1D(32, 5, Padding = Padding.Causal, Name = "Wide")]
        [Lstm(32, ReturnSequences = true)] [Add("Wide")] [LayerNormalization]
        [Lstm(32, ReturnSequences = true, Name = "States")] [Lstm(32)] [Attention("States")] [Dense(1)]
        public sealed partial class ResidualModel;
        """));

    [Fact]
    public void Encoder_and_decoders() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Input(168, 4, Name = "History")] [Lstm(64, Name = "Encoder")]
        [Input(24, 5, Name = "Plan")] [Lstm(64, ReturnSequences = true, InitialState = "Encoder", Name = "First")]
        [From("Plan")] [Lstm(64, ReturnSequences = true, InitialState = "Encoder")] [Add("First")] [Dense(1)]
        public sealed partial class DayAheadNetwork;
        """));

    [Fact]
    public void Several_heads() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Input(96, 8, Name = "Series")] [Masking] [Dense(32, Name = "Wide")] [MultiHeadAttention(4, 16, Causal = true, Dropout = 0.1)] [Add("Wide")]
        [LayerNormalization] [Lstm(32)] [Dense(1)]
        public sealed partial class Transformer;
        """));

    [Fact]
    public void Frozen_branch() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Input(6, 2, Name = "Raw")] [Masking] [Dense(3, Name = "Left", Trainable = false)]
        [From("Raw")] [Masking] [Gru(3, ReturnSequences = true, Name = "Right")]
        [Average("Left", "Right")] [Dense(4, Name = "Shared")] [LayerNormalization] [Subtract("Shared")] [Lstm(1)]
        public sealed partial class FrozenBranch;
        """));

    [Fact]
    public void Many_layers() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Input(24, 3)]
        [Masking(MaskValue = -1)]
        [BatchNormalization]
        [Gru(6, ReturnSequences = true, Dropout = 0.1, ResetAfter = false)]
        [Lstm(5, ReturnSequences = true, Dropout = 0.2, RecurrentDropout = 0.3)]
        [Conv1D(4, 3, Padding = Padding.Causal, DilationRate = 2, Activation = Activation.Silu)]
        [Kernel(Init.HeNormal, L2 = 0.001)]
        [MaxPooling1D(2)]
        [LayerNormalization]
        [Gamma(L2 = 0.01)]
        [Dropout(0.5)]
        [Flatten]
        [Dense(3)]
        [RepeatVector(7)]
        [SimpleRnn(2)]
        public sealed partial class ManyLayers;
        """));

    /// <summary>A slope is written where it is not the usual one, so that other models' code is what it was.</summary>
    [Theory]
    [InlineData("", false)]
    [InlineData(", NegativeSlope = 0.2", false)]
    [InlineData(", NegativeSlope = 0.3", true)]
    public void A_slope_of_its_own(string argument, bool isWritten)
    {
        var text = Compiler.GenerateText(
            $"using LstmDsl; [Input(6, 2), Lstm(4), Activation(Activation.LeakyRelu{argument}), Dense(2)] public sealed partial class Leaky;");
        Assert.Equal(isWritten, text.Contains("public static double NegativeSlope => 0.3;", StringComparison.Ordinal));
        Assert.Equal(isWritten, text.Contains("Slope", StringComparison.Ordinal) || text.Contains("slope", StringComparison.Ordinal));
    }

    [Fact]
    public void Raw_numbers() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Input(6, 3)]
        [Normalization(Mean = [0.1, 12.5, -1e6], Variance = [1.5, 0, 4e12])]
        [Normalization]
        [Lstm(4)]
        [Dense(1)]
        [Normalization(PerFeature = false, Invert = true)]
        [Rescaling(2, -0.5)]
        public sealed partial class RawNumbers;
        """));

    [Fact]
    public void Embedded_numbers() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Input(12, 1)]
        [Embedding(50, 8, MaskZero = true)]
        [Embeddings(Init.RandomNormal)]
        [Lstm(6, ReturnSequences = true)]
        [GlobalAveragePooling1D]
        [Dense(2)]
        public sealed partial class Words;
        """));

    [Fact]
    public void Classifier() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Input(20, 6)]
        [Lstm(16)]
        [Dense(12, Activation = Activation.Gelu)]
        [Dense(5)]
        [Activation(Activation.Softmax)]
        public sealed partial class WeatherClasses;
        """));

    /// <summary>The models of the samples, from the samples' own files.</summary>
    [Fact]
    public void Samples()
    {
        var sources = Directory
            .GetFiles(Path.Combine(AppContext.BaseDirectory, "samples"), "*.txt", SearchOption.AllDirectories).Order().Select(File.ReadAllText)
            .Where(source => source.Contains("[Input(", StringComparison.Ordinal) && !source.StartsWith("#:", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(sources);
        foreach (var (name, text) in sources.SelectMany(Compiler.GenerateTexts))
            Snapshot.Verify(text, test: $"Sample_{name}");
    }

    [Fact]
    public void Refined_weights() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Input(8, 3)]
        [Lstm(12, Init.HeNormal, ReturnSequences = true, ActivityL2 = 0.01)]
        [Kernel(L2 = 1e-4)]
        [RecurrentKernel(Gain = 0.5)]
        [Bias(Init.RandomUniform, MinValue = 0, MaxValue = 0.5)]
        [Dense(12, ActivityL1 = 0.001)]
        [Kernel(Init.Identity, Gain = 2, L1 = 0.01, L2 = 0.02)]
        [Dense(4)]
        [Kernel(Init.VarianceScaling, Scale = 2, Mode = FanMode.FanAvg, Distribution = WeightDistribution.Uniform)]
        [Bias(Init.TruncatedNormal, Mean = 0.5, StdDev = 0.1, L1 = 0.003)]
        public sealed partial class RefinedModel;
        """));

    [Fact]
    public void Wrong_declaration() => Snapshot.Verify(Compiler.GenerateText(
        """
        using LstmDsl;

        [Input(20, 1)]
        [Lstm(0)]
        [Dense(1)]
        public sealed partial class WrongModel;
        """));
}
