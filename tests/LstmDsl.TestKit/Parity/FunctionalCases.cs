namespace LstmDsl.Tests;

/// <summary>The cases of parity/functional that can be declared, by the model that declares each.</summary>
internal static class FunctionalCases
{
    public static IReadOnlyDictionary<string, Action<INetworkCheck, string>> All { get; } = new Dictionary<string, Action<INetworkCheck, string>>
    {
        ["two_inputs"] = (check, name) => check.Run<FunctionalTwoInputs>(name),
        ["three_inputs"] = (check, name) => check.Run<FunctionalThreeInputs>(name),
        ["two_encoders"] = (check, name) => check.Run<FunctionalTwoEncoders>(name),
        ["concatenate_timesteps"] = (check, name) => check.Run<FunctionalConcatenateTimesteps>(name),
        ["skip_one_layer"] = (check, name) => check.Run<FunctionalSkipOneLayer>(name),
        ["skip_three_layers"] = (check, name) => check.Run<FunctionalSkipThreeLayers>(name),
        ["skip_over_skip"] = (check, name) => check.Run<FunctionalSkipOverSkip>(name),
        ["multiply_gate"] = (check, name) => check.Run<FunctionalMultiplyGate>(name),
        ["average_of_three"] = (check, name) => check.Run<FunctionalAverageOfThree>(name),
        ["maximum"] = (check, name) => check.Run<FunctionalMaximum>(name),
        ["subtract"] = (check, name) => check.Run<FunctionalSubtract>(name),
        ["subtract_current_first"] = (check, name) => check.Run<FunctionalSubtractCurrentFirst>(name),
        ["read_by_three"] = (check, name) => check.Run<FunctionalReadByThree>(name),
        ["numbered_by_depth"] = (check, name) => check.Run<FunctionalNumberedByDepth>(name),
        ["reshape_permute"] = (check, name) => check.Run<FunctionalReshapePermute>(name),
        ["residual_convolution"] = (check, name) => check.Run<FunctionalResidualConvolution>(name),
        ["attention_vector"] = (check, name) => check.Run<FunctionalAttentionVector>(name),
        ["attention_vector_masked"] = (check, name) => check.Run<FunctionalAttentionVectorMasked>(name),
        ["attention_sequences"] = (check, name) => check.Run<FunctionalAttentionSequences>(name),
        ["attention_scaled_keys"] = (check, name) => check.Run<FunctionalAttentionScaledKeys>(name),
        ["attention_masked"] = (check, name) => check.Run<FunctionalAttentionMasked>(name),
        ["attention_concat"] = (check, name) => check.Run<FunctionalAttentionConcat>(name),
        ["attention_causal"] = (check, name) => check.Run<FunctionalAttentionCausal>(name),
        ["additive_attention"] = (check, name) => check.Run<FunctionalAdditiveAttention>(name),
        ["additive_attention_masked"] = (check, name) => check.Run<FunctionalAdditiveAttentionMasked>(name),
        ["masks_concatenate"] = (check, name) => check.Run<FunctionalMasksConcatenate>(name),
        ["masks_concatenate_one"] = (check, name) => check.Run<FunctionalMasksConcatenateOne>(name),
        ["masks_add"] = (check, name) => check.Run<FunctionalMasksAdd>(name),
        ["masks_add_one"] = (check, name) => check.Run<FunctionalMasksAddOne>(name),
        ["masks_average"] = (check, name) => check.Run<FunctionalMasksAverage>(name),
        ["masks_subtract"] = (check, name) => check.Run<FunctionalMasksSubtract>(name),
        ["initial_state_lstm"] = (check, name) => check.Run<FunctionalInitialStateLstm>(name),
        ["initial_state_gru"] = (check, name) => check.Run<FunctionalInitialStateGru>(name),
        ["initial_state_simple_rnn"] = (check, name) => check.Run<FunctionalInitialStateSimpleRnn>(name),
        ["initial_state_repeated"] = (check, name) => check.Run<FunctionalInitialStateRepeated>(name),
        ["initial_state_bidirectional"] = (check, name) => check.Run<FunctionalInitialStateBidirectional>(name),
        ["frozen_encoder"] = (check, name) => check.Run<FunctionalFrozenEncoder>(name),
        ["frozen_normalization"] = (check, name) => check.Run<FunctionalFrozenNormalization>(name),
        ["compiled_branches"] = (check, name) => check.Run<FunctionalCompiledBranches>(name),
        ["stateful_branches"] = (check, name) => check.Run<FunctionalStatefulBranches>(name),
    };
}
