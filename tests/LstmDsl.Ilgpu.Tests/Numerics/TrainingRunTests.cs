namespace LstmDsl.Tests;

/// <summary>Whole training runs of Keras's, on every device.</summary>
public sealed class TrainingRunTests
{
    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpuAtLength]
    [OnCuda]
    [OnOpenCl]
    public void Weather_with_early_stopping_and_checkpoints(string device) => FitRun.Weather(TestDevices.Get(device));

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void Early_stopping_restores_the_best_weights(string device) => FitRun.RestoringTheBest(TestDevices.Get(device));

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void Weights_of_samples_and_classes(string device)
    {
        FitRun.SampleWeights(TestDevices.Get(device));
        FitRun.WeightedMetrics(TestDevices.Get(device));
        FitRun.ClassWeights(TestDevices.Get(device));
    }

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void Validation_and_epochs_of_some_steps(string device)
    {
        FitRun.SparseValidation(TestDevices.Get(device));
        FitRun.StepsPerEpoch(TestDevices.Get(device));
    }

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void Rates_that_change_with_decay_and_clipping(string device)
    {
        FitRun.Plateau(TestDevices.Get(device));
        FitRun.RateOfEachEpoch(TestDevices.Get(device));
        FitRun.CosineWithDecayAndClipping(TestDevices.Get(device));
    }

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void Other_layers_than_recurrent_ones(string device)
    {
        FitRun.SplitMetrics(TestDevices.Get(device));
        FitRun.Convolution(TestDevices.Get(device));
        FitRun.BatchNormalization(TestDevices.Get(device));
        FitRun.MaskedSequences(TestDevices.Get(device));
    }

    // A thousand epochs take minutes on ILGPU's CPU accelerator.
    [Theory]
    [OnCuda]
    public void Damped_oscillation_for_a_thousand_epochs(string device)
    {
        FitRun.Damped<Lstm40SequenceDense1>("damped_lstm40_sgd", TestDevices.Get(device));
        FitRun.Damped<Rnn40SequenceDense1>("damped_rnn40_sgd", TestDevices.Get(device));
    }
}
