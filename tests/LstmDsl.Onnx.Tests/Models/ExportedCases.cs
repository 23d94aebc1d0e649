namespace LstmDsl.Tests;

/// <summary>The models of <c>ExportedModels.cs</c> and <c>GraphModels.cs</c>, by name.</summary>
internal static class ExportedCases
{
    public static IReadOnlyDictionary<string, Action<INetworkCheck, string>> All { get; } = Make().ToDictionary();

    private static IEnumerable<KeyValuePair<string, Action<INetworkCheck, string>>> Make() =>
    [
        Of<LstmTwoSlopes>(), Of<LstmAffineBothWays>(), Of<LstmSoftsign>(), Of<GruElu>(), Of<GruSoftplus>(), Of<GruAffine>(), Of<RnnLinear>(),
        Of<LstmOfKeras2>(), Of<RnnCelu>(), Of<GruBackwards>(), Of<GruResetBeforeBothWays>(), Of<LstmMeanOfBothWays>(), Of<RnnProductOfBothWays>(),
        Of<LstmSilu>(), Of<LstmSeluBothWays>(), Of<GruGelu>(), Of<GruMish>(), Of<RnnHardTanh>(),
        Of<MinimalStack>(), Of<MaskedMinimal>(),
        Of<MaskedBackwards>(), Of<MaskedAverage>(), Of<MaskedMaximum>(), Of<MaskCarried>(), Of<MaskDropped>(),
        Of<CausalStrides>(), Of<SameStrides>(), Of<PooledAndNormalized>(), Of<NormalizedSequences>(), Of<Repeated>(),
        Of<RawNumbers>(), Of<MaskedNumbers>(), Of<SlopesOfLayers>(),
        Of<HistoryAndPlan>(), Of<SkipOfOne>(), Of<SkipOfThree>(), Of<TwoEncoders>(), Of<MeanOfThree>(), Of<InputReadByMany>(), Of<OtherOrders>(),
        Of<MaskOnTwoWays>(), Of<TwoMasksMerged>(), Of<TwoMasksInTurn>(), Of<MaskOfOneBranch>(), Of<FrozenEncoder>(), Of<NamesOfTheFile>(),
        Of<SequencesOfSkips>(), Of<StatesOfTwoCells>(), Of<StatesOfBothWays>(), Of<StatesOfPaddedSequences>(), Of<StatesOfLoops>(),
        Of<AttentionOfStates>(), Of<AttentionOfAllScores>(), Of<HeadsInTurn>(),
    ];

    private static KeyValuePair<string, Action<INetworkCheck, string>> Of<TModel>() where TModel : class, IRecurrentModel<TModel> =>
        new(typeof(TModel).Name, (check, name) => check.Run<TModel>(name));
}
