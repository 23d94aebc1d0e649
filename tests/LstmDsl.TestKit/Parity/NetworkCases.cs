namespace LstmDsl.Tests;

/// <summary>What is done with a case of parity/networks.</summary>
internal interface INetworkCheck
{
    void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel>;
}

/// <summary>The cases of parity/networks, by the model that declares each.</summary>
internal static class NetworkCases
{
    public static IReadOnlyDictionary<string, Action<INetworkCheck, string>> All { get; } = new Dictionary<string, Action<INetworkCheck, string>>
    {
        ["lstm20_dense1"] = (check, name) => check.Run<Lstm20Dense1>(name),
        ["lstm40_sequence_dense1"] = (check, name) => check.Run<Lstm40SequenceDense1>(name),
        ["lstm_units1"] = (check, name) => check.Run<LstmUnits1>(name),
        ["lstm_units6_features3"] = (check, name) => check.Run<LstmUnits6Features3>(name),
        ["lstm_units17_features5"] = (check, name) => check.Run<LstmUnits17Features5>(name),
        ["lstm_units64_features16"] = (check, name) => check.Run<LstmUnits64Features16>(name),
        ["lstm_one_step"] = (check, name) => check.Run<LstmOneStep>(name),
        ["lstm_one_sample"] = (check, name) => check.Run<LstmOneSample>(name),
        ["lstm_long"] = (check, name) => check.Run<LstmLong>(name),
        ["lstm_units128"] = (check, name) => check.Run<LstmUnits128>(name),
        ["lstm_relu"] = (check, name) => check.Run<LstmRelu>(name),
        ["lstm_hard_sigmoid"] = (check, name) => check.Run<LstmHardSigmoid>(name),
        ["lstm_no_bias"] = (check, name) => check.Run<LstmNoBias>(name),
        ["stacked_lstm"] = (check, name) => check.Run<StackedLstm>(name),
        ["dense_first"] = (check, name) => check.Run<DenseFirst>(name),
        ["rnn40_sequence_dense1"] = (check, name) => check.Run<Rnn40SequenceDense1>(name),
        ["rnn_last"] = (check, name) => check.Run<RnnLast>(name),
        ["rnn_relu"] = (check, name) => check.Run<RnnRelu>(name),
        ["rnn_no_bias_backwards"] = (check, name) => check.Run<RnnNoBiasBackwards>(name),
        ["lstm_go_backwards"] = (check, name) => check.Run<LstmGoBackwards>(name),
        ["lstm_go_backwards_sequence"] = (check, name) => check.Run<LstmGoBackwardsSequence>(name),
        ["lstm_regularized"] = (check, name) => check.Run<LstmRegularized>(name),
        ["lstm_activity_regularized"] = (check, name) => check.Run<LstmActivityRegularized>(name),
        ["lstm_elu_sigmoid"] = (check, name) => check.Run<LstmEluSigmoid>(name),
        ["activation_layer"] = (check, name) => check.Run<ActivationLayer>(name),
        ["dense_stack"] = (check, name) => check.Run<DenseStack>(name),
        ["gru_default"] = (check, name) => check.Run<GruDefault>(name),
        ["gru_reset_before"] = (check, name) => check.Run<GruResetBefore>(name),
        ["gru_sequence_units20"] = (check, name) => check.Run<GruSequenceUnits20>(name),
        ["gru_no_bias"] = (check, name) => check.Run<GruNoBias>(name),
        ["gru_relu_hard_sigmoid"] = (check, name) => check.Run<GruReluHardSigmoid>(name),
        ["bidirectional_concat"] = (check, name) => check.Run<BidirectionalConcat>(name),
        ["bidirectional_sum_sequence"] = (check, name) => check.Run<BidirectionalSumSequence>(name),
        ["bidirectional_mul_gru"] = (check, name) => check.Run<BidirectionalMulGru>(name),
        ["bidirectional_ave_rnn"] = (check, name) => check.Run<BidirectionalAveRnn>(name),
        ["stacked_mixed"] = (check, name) => check.Run<StackedMixed>(name),
        ["encoder_decoder"] = (check, name) => check.Run<EncoderDecoder>(name),
        ["layer_normalized"] = (check, name) => check.Run<LayerNormalized>(name),
        ["flatten_head"] = (check, name) => check.Run<FlattenHead>(name),
        ["masked_lstm"] = (check, name) => check.Run<MaskedLstm>(name),
        ["masked_lstm_sequence"] = (check, name) => check.Run<MaskedLstmSequence>(name),
        ["masked_gru_stack"] = (check, name) => check.Run<MaskedGruStack>(name),
        ["masked_bidirectional"] = (check, name) => check.Run<MaskedBidirectional>(name),
        ["masked_all_of_one"] = (check, name) => check.Run<MaskedAllOfOne>(name),
        ["conv_causal_lstm"] = (check, name) => check.Run<ConvCausalLstm>(name),
        ["conv_valid_stride_gru"] = (check, name) => check.Run<ConvValidStrideGru>(name),
        ["conv_same_dilated"] = (check, name) => check.Run<ConvSameDilated>(name),
        ["conv_causal_dilated_stack"] = (check, name) => check.Run<ConvCausalDilatedStack>(name),
        ["max_pool_lstm"] = (check, name) => check.Run<MaxPoolLstm>(name),
        ["average_pool_same"] = (check, name) => check.Run<AveragePoolSame>(name),
        ["global_average"] = (check, name) => check.Run<GlobalAverage>(name),
        ["global_max"] = (check, name) => check.Run<GlobalMax>(name),
        ["batch_normalized"] = (check, name) => check.Run<BatchNormalized>(name),
        ["embedding_lstm"] = (check, name) => check.Run<EmbeddingLstm>(name),
        ["embedding_mask_zero"] = (check, name) => check.Run<EmbeddingMaskZero>(name),
        ["binary_head"] = (check, name) => check.Run<BinaryHead>(name),
        ["huber_sequence"] = (check, name) => check.Run<HuberSequence>(name),
        ["weighted_samples"] = (check, name) => check.Run<WeightedSamples>(name),
        ["softmax_head"] = (check, name) => check.Run<SoftmaxHead>(name),
        ["sparse_logits"] = (check, name) => check.Run<SparseLogits>(name),
        ["weighted_sequence"] = (check, name) => check.Run<HuberSequence>(name),
    };
}
