using LstmDsl;

namespace TemperatureForecast;

/// <summary>How much of a result is luck: the same training with other seeds.</summary>
internal static class SeedStudy
{
    public static void Run(SampleOptions options)
    {
        var (training, validation, test) = options.ReadSeries()
            .Split(0.70, 0.15)
            .Standardize()
            .Windows(timesteps: JenaModel.Timesteps, batchSize: 32);
        var device = options.FindDevice();
        Console.WriteLine($"running on {device}");
        using var folder = new CheckpointFolder();
        var measured = new List<double>();
        for (var seed = 0; seed < options.Seeds; seed++)
        {
            var checkpoint = new ModelCheckpoint(Path.Combine(folder.Path, $"seed{seed}.safetensors"), saveBestOnly: true);
            var trainer = new JenaModel.Trainer(new JenaModel(seed), device)
            {
                Optimizer = new RmsProp(),
                Loss = Loss.MeanSquaredError,
                Metrics = { Metric.MeanAbsoluteError },
                Callbacks = { new EarlyStopping(Monitored.ValLoss, patience: options.Patience), checkpoint },
            };
            var history = trainer.Fit(training, validation, options.Epochs, verbose: 0);
            var best = JenaModel.Load(checkpoint.BestPath!);
            var errors = new JenaModel.Trainer(best, device) { Loss = Loss.MeanSquaredError }.Evaluate(test).InUnits!;
            measured.Add(errors.MeanAbsoluteError);
            Console.WriteLine(FormattableString.Invariant(
                $"seed {seed,3}: {history.Epochs.Count,2} epochs, test MAE {errors.MeanAbsoluteError:0.00} {errors.Unit} (same as the day before: {errors.NaiveMeanAbsoluteError:0.00})"));
        }

        measured.Sort();
        var median = (measured[(measured.Count - 1) / 2] + measured[measured.Count / 2]) / 2;
        Console.WriteLine(FormattableString.Invariant($"median of {measured.Count} seeds: {median:0.00} {options.Unit}"));
    }

    private sealed class CheckpointFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("temperature-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
