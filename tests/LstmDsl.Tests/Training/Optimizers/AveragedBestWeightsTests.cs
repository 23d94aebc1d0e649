namespace LstmDsl.Tests;

/// <summary>Which weights the best epoch has where the optimizer averages them.</summary>
public sealed class AveragedBestWeightsTests
{
    private static readonly Dictionary<string, Optimizer> Optimizers = new()
    {
        ["growing"] = new Adam(0.01) { UseEma = true, EmaGrowth = 4 },
        ["momentum"] = new Sgd(0.1) { UseEma = true, EmaMomentum = 0.5, GradientAccumulationSteps = 2 },
        ["overwritten"] = new Adam(0.01) { UseEma = true, EmaMomentum = 0.8, EmaOverwriteFrequency = 3 },
        ["none"] = new Adam(0.01),
    };

    public static TheoryData<string> Names => [.. Optimizers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_best_epochs_weights_are_those_of_a_fit_of_so_many_epochs(string name)
    {
        foreach (var device in new Device[] { Device.Cpu, Device.ReferenceDouble })
        {
            var stopping = new EarlyStopping(Monitored.Loss, patience: 10, mode: Mode.Max, restoreBestWeights: true);
            var restored = Fit(device, epochs: 4, stopping);
            Assert.True(stopping.BestEpoch < 3);
            Assert.Equal(Fit(device, stopping.BestEpoch!.Value + 1), restored);
        }

        float[] Fit(Device device, int epochs, params Callback[] callbacks)
        {
            var (x, y) = RandomSamples.For(SmallStack.Shape, samples: 48);
            var trainer = new Trainer<SmallStack>(new(seed: 1), device) { Optimizer = Optimizers[name], Loss = Loss.MeanSquaredError };
            foreach (var callback in callbacks)
                trainer.Callbacks.Add(callback);
            // What is not trained has no average.
            trainer.Freeze(SmallStackLayer(trainer));
            trainer.Fit(x, y, batchSize: 16, epochs: epochs, verbose: 0);
            return ModelWeights.Of(trainer.Model);
        }

        static string SmallStackLayer(Trainer<SmallStack> trainer) => trainer.State.Plan.Layers.First(layer => layer.Name.Contains("lstm", StringComparison.Ordinal)).Name;
    }

    [Fact]
    public void A_checkpoint_of_the_best_weights_says_that_they_are_not_averaged()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("ModelCheckpoint keeps the best weights as they are trained with", Assert.Single(Warnings("growing", saveBestOnly: true)), StringComparison.Ordinal);
        Assert.Empty(Warnings("growing", saveBestOnly: false));
        Assert.Empty(Warnings("overwritten", saveBestOnly: true));
        Assert.Empty(Warnings("none", saveBestOnly: true));

        IReadOnlyList<string> Warnings(string name, bool saveBestOnly)
        {
            var (x, y) = RandomSamples.For(SmallStack.Shape, samples: 16);
            var trainer = new Trainer<SmallStack>(new(seed: 1))
            {
                Optimizer = Optimizers[name],
                Loss = Loss.MeanSquaredError,
                Callbacks = { new ModelCheckpoint(folder.File("best.safetensors"), Monitored.Loss, saveBestOnly: saveBestOnly) },
            };
            return trainer.Fit(x, y, batchSize: 8, verbose: 0).Warnings;
        }
    }
}
