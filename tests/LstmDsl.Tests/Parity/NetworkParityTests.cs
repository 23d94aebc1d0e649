using System.Numerics;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>
/// Predictions, losses and every gradient of the networks that Keras computed, on each backend: double against Keras's float64, float
/// within four times the error that Keras's own float32 made.
/// </summary>
public sealed class NetworkParityTests
{
    /// <summary>The cases, by the model that declares them.</summary>
    public static TheoryData<string> Cases => [.. All.Keys];

    private static readonly Dictionary<string, Action<string>> All = new()
    {
        ["lstm20_dense1"] = Check<Lstm20Dense1>,
        ["lstm40_sequence_dense1"] = Check<Lstm40SequenceDense1>,
        ["lstm_units1"] = Check<LstmUnits1>,
        ["lstm_units6_features3"] = Check<LstmUnits6Features3>,
        ["lstm_units17_features5"] = Check<LstmUnits17Features5>,
        ["lstm_units64_features16"] = Check<LstmUnits64Features16>,
        ["lstm_one_step"] = Check<LstmOneStep>,
        ["lstm_one_sample"] = Check<LstmOneSample>,
        ["lstm_long"] = Check<LstmLong>,
        ["lstm_units128"] = Check<LstmUnits128>,
        ["lstm_relu"] = Check<LstmRelu>,
        ["lstm_hard_sigmoid"] = Check<LstmHardSigmoid>,
        ["lstm_no_bias"] = Check<LstmNoBias>,
        ["stacked_lstm"] = Check<StackedLstm>,
        ["dense_first"] = Check<DenseFirst>,
        ["rnn40_sequence_dense1"] = Check<Rnn40SequenceDense1>,
        ["rnn_last"] = Check<RnnLast>,
        ["rnn_relu"] = Check<RnnRelu>,
        ["rnn_no_bias_backwards"] = Check<RnnNoBiasBackwards>,
        ["lstm_go_backwards"] = Check<LstmGoBackwards>,
        ["lstm_go_backwards_sequence"] = Check<LstmGoBackwardsSequence>,
        ["lstm_regularized"] = Check<LstmRegularized>,
        ["lstm_activity_regularized"] = Check<LstmActivityRegularized>,
        ["lstm_elu_sigmoid"] = Check<LstmEluSigmoid>,
        ["activation_layer"] = Check<ActivationLayer>,
        ["dense_stack"] = Check<DenseStack>,
        ["gru_default"] = Check<GruDefault>,
        ["gru_reset_before"] = Check<GruResetBefore>,
        ["gru_sequence_units20"] = Check<GruSequenceUnits20>,
        ["gru_no_bias"] = Check<GruNoBias>,
        ["gru_relu_hard_sigmoid"] = Check<GruReluHardSigmoid>,
        ["bidirectional_concat"] = Check<BidirectionalConcat>,
        ["bidirectional_sum_sequence"] = Check<BidirectionalSumSequence>,
        ["bidirectional_mul_gru"] = Check<BidirectionalMulGru>,
        ["bidirectional_ave_rnn"] = Check<BidirectionalAveRnn>,
        ["stacked_mixed"] = Check<StackedMixed>,
        ["encoder_decoder"] = Check<EncoderDecoder>,
        ["layer_normalized"] = Check<LayerNormalized>,
        ["flatten_head"] = Check<FlattenHead>,
        ["masked_lstm"] = Check<MaskedLstm>,
        ["masked_lstm_sequence"] = Check<MaskedLstmSequence>,
        ["masked_gru_stack"] = Check<MaskedGruStack>,
        ["masked_bidirectional"] = Check<MaskedBidirectional>,
        ["masked_all_of_one"] = Check<MaskedAllOfOne>,
        ["conv_causal_lstm"] = Check<ConvCausalLstm>,
        ["conv_valid_stride_gru"] = Check<ConvValidStrideGru>,
        ["conv_same_dilated"] = Check<ConvSameDilated>,
        ["conv_causal_dilated_stack"] = Check<ConvCausalDilatedStack>,
        ["max_pool_lstm"] = Check<MaxPoolLstm>,
        ["average_pool_same"] = Check<AveragePoolSame>,
        ["global_average"] = Check<GlobalAverage>,
        ["global_max"] = Check<GlobalMax>,
        ["batch_normalized"] = Check<BatchNormalized>,
        ["embedding_lstm"] = Check<EmbeddingLstm>,
        ["embedding_mask_zero"] = Check<EmbeddingMaskZero>,
        ["binary_head"] = Check<BinaryHead>,
        ["huber_sequence"] = Check<HuberSequence>,
        ["weighted_samples"] = Check<WeightedSamples>,
        ["softmax_head"] = Check<SoftmaxHead>,
        ["sparse_logits"] = Check<SparseLogits>,
        ["weighted_sequence"] = Check<HuberSequence>,
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithKeras(string name) => All[name](name);

    private static void Check<TModel>(string name) where TModel : class, IModelProgram<TModel>
    {
        // Both sides are float64; what differs is the order of sums, over at most some thousand terms.
        Check<TModel, ReferenceBackend<double>, double>(name, tolerance: 1e-12);

        // Sums run in another order than TensorFlow's, hence four times its own error and a floor of some ulps.
        var error = ParityIndex.Case("networks", name).GetProperty("float32_error").GetDouble();
        var tolerance = Math.Max(4 * error, 1e-6);
        Check<TModel, ReferenceBackend<float>, float>(name, tolerance);
        Check<TModel, CpuBackend<Lanes128>, float>(name, tolerance);
        Check<TModel, CpuBackend<Lanes256>, float>(name, tolerance);
        Check<TModel, CpuBackend<Lanes512>, float>(name, tolerance);
    }

    private static void Check<TModel, TBackend, T>(string name, double tolerance)
        where TModel : class, IModelProgram<TModel>
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var fixture = SafetensorsFixture.Load("networks", name);
        var run = new ProgramRun<TModel, TBackend, T>();
        var paths = KerasPaths.Of(TModel.Plan);
        foreach (var (tensor, path) in paths)
        {
            Assert.Equal(tensor.Shape, fixture.Shape("w." + path));
            run.SetWeight(tensor, fixture.Floats("w." + path));
        }

        var x = fixture.Floats("x");
        var samples = fixture.Shape("x")[0];
        var hasLoss = ParityIndex.Case("networks", name).TryGetProperty("loss", out var spec);
        var function = hasLoss ? KerasLosses.Of(spec) : Loss.MeanSquaredError;
        float[] weights = fixture.Has("sample_weight") ? fixture.Floats("sample_weight") : [];
        var (prediction, loss, inputGradient) = run.Train(x, fixture.Floats("y"), samples, function, weights);
        Close.Relative(fixture.Doubles("pred"), prediction, tolerance, "prediction");
        Close.Relative(fixture.Doubles("pred"), run.Predict(x, samples), tolerance, "prediction with the inference plan");
        Close.Relative(fixture.Doubles("loss"), [loss], tolerance, "loss");
        if (fixture.Has("g.x"))
            Close.Relative(fixture.Doubles("g.x"), inputGradient, tolerance, "g.x");
        foreach (var (tensor, path) in paths.Where(entry => entry.Tensor.Momentum is null))
            Close.Relative(fixture.Doubles("g." + path), run.Gradient(tensor), tolerance, "g." + path);
    }
}
