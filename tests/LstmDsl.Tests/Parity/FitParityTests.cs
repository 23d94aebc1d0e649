namespace LstmDsl.Tests;

/// <summary>Whole training runs without shuffling, from Keras's own initial weights: history, files, final weights, predictions.</summary>
public sealed class FitParityTests
{
    private static readonly Device[] Devices = [Device.ReferenceDouble, Device.Reference, Device.Cpu];

    [Fact]
    public void WeatherOnTheCpu() => FitRun.Weather(Device.Cpu);

    [Fact]
    public void WeatherOnTheReferenceInDouble() => FitRun.Weather(Device.ReferenceDouble);

    [Fact]
    public void EarlyStoppingRestoresTheBestWeights() => Array.ForEach(Devices, FitRun.RestoringTheBest);

    [Fact]
    public void DampedOscillationOfAnLstmForAThousandEpochs() => FitRun.Damped<Lstm40SequenceDense1>("damped_lstm40_sgd", Device.Cpu);

    [Fact]
    public void DampedOscillationOfASimpleRnnForAThousandEpochs() => FitRun.Damped<Rnn40SequenceDense1>("damped_rnn40_sgd", Device.Cpu);

    [Fact]
    public void ValidationEveryOtherEpochFromTheFourthOn() => Array.ForEach(Devices, FitRun.SparseValidation);

    [Fact]
    public void SampleWeightsAreSplitWithTheirSamples() => Array.ForEach(Devices, FitRun.SampleWeights);

    [Fact]
    public void WeightedMetricsSeeWeightsAndOthersDoNot() => Array.ForEach(Devices, FitRun.WeightedMetrics);

    [Fact]
    public void AnEpochGoesOnWhereTheLastOneStopped() => Array.ForEach(Devices, FitRun.StepsPerEpoch);

    [Fact]
    public void SplitMetricsOfAGru() => Array.ForEach(Devices, FitRun.SplitMetrics);

    [Fact]
    public void ThePlateauLowersTheRate() => Array.ForEach(Devices, FitRun.Plateau);

    [Fact]
    public void TheSchedulerSetsTheRateOfEachEpoch() => Array.ForEach(Devices, FitRun.RateOfEachEpoch);

    [Fact]
    public void ACosineScheduleWithDecayAndClipping() => Array.ForEach(Devices, FitRun.CosineWithDecayAndClipping);

    [Fact]
    public void AConvolutionBeforeAnLstm() => Array.ForEach(Devices, FitRun.Convolution);

    [Fact]
    public void MovingAveragesFollowTheBatches() => Array.ForEach(Devices, FitRun.BatchNormalization);

    [Fact]
    public void PaddedTimestepsDoNotCount() => Array.ForEach(Devices, FitRun.MaskedSequences);

    [Fact]
    public void ClassWeightsWeighTrainingAlone() => Array.ForEach(Devices, FitRun.ClassWeights);
}
