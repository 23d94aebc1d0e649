namespace LstmDsl.Tests;

/// <summary>Whole training runs without shuffling, from Keras's own initial weights: history, files, final weights, predictions.</summary>
public sealed class FitParityTests
{
    [Fact]
    public void WeatherOnTheCpu() => FitRun.Weather(Device.Cpu);

    [Fact]
    public void WeatherOnTheReferenceInDouble() => FitRun.Weather(Device.ReferenceDouble);

    [Fact]
    public void EarlyStoppingRestoresTheBestWeights()
    {
        foreach (var device in new[] { Device.ReferenceDouble, Device.Reference, Device.Cpu })
            FitRun.RestoringTheBest(device);
    }

    [Fact]
    public void DampedOscillationOfAnLstmForAThousandEpochs() => FitRun.Damped<Lstm40SequenceDense1>("damped_lstm40_sgd", Device.Cpu);

    [Fact]
    public void DampedOscillationOfASimpleRnnForAThousandEpochs() => FitRun.Damped<Rnn40SequenceDense1>("damped_rnn40_sgd", Device.Cpu);
}
