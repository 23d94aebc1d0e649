using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LstmDsl.Tests;

/// <summary>Wherever a run stops, the one that goes on from its checkpoint ends with the same bits, history and files.</summary>
public sealed class ExactResumeTests
{
    private const int Epochs = 30;

    private static readonly (Samples X, Samples Y) Data = RandomSamples.For(Wandering.Shape, samples: 44);

    [Theory]
    [InlineData(".safetensors", 1)]
    [InlineData(".keras", 4)]
    public void Every_moment_of_a_run_leads_to_the_same_end(string extension, int every)
    {
        using var folder = new TemporaryFolder();
        var saver = new SaveAtEachMoment(folder, extension);
        var whole = new Run(folder, extension, saver);
        whole.Fit();
        var end = whole.End();
        Assert.True(saver.Paths.Count > 40, "The run was to have more moments.");
        Assert.Contains("EarlyStopping", whole.History.StoppedBy!, StringComparison.Ordinal);

        // What the run has written stays there, as it does where a run is killed after its checkpoint.
        foreach (var path in saver.Paths.Where((_, index) => index % every == 0))
        {
            var again = new Run(folder, extension, new SaveAtEachMoment(folder, extension, isSilent: true));
            again.Trainer.Resume(path);
            again.Fit();
            AssertSame(end, again.End(), path);
        }
    }

    [Fact]
    public void The_reference_goes_on_too_and_ignores_the_first_epoch_given()
    {
        using var folder = new TemporaryFolder();
        var saver = new SaveAtEachMoment(folder, ".safetensors");
        var whole = new Run(folder, ".safetensors", saver, Device.Reference);
        whole.Fit();
        var end = whole.End();
        foreach (var path in saver.Paths.Where((_, index) => index % 9 == 0))
        {
            var again = new Run(folder, ".safetensors", new SaveAtEachMoment(folder, ".safetensors", isSilent: true), Device.Reference);
            again.Trainer.Resume(path);
            again.Fit();
            AssertSame(end, again.End(), path);
        }
    }

    [Fact]
    public void Between_fits_a_run_may_be_made_longer()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("between.safetensors");
        var whole = Plain();
        var expected = whole.Fit(Data.X, Data.Y, epochs: 5, verbose: 0);

        var half = Plain();
        half.Fit(Data.X, Data.Y, epochs: 2, verbose: 0);
        half.Save(path);
        var resumed = Plain();
        resumed.Resume(path);
        var history = resumed.Fit(Data.X, Data.Y, epochs: 5, verbose: 0);
        Assert.Equal(expected.Epochs, history.Epochs);
        Assert.Equal(expected[Monitored.Loss], history[Monitored.Loss]);
        Assert.Equal(ModelWeights.Of(whole.Model), ModelWeights.Of(resumed.Model));
        Assert.Equal(TimeSpan.Zero, history.Durations[0]);
        Assert.NotEqual(TimeSpan.Zero, history.Durations[4]);
    }

    [Fact]
    public void A_cancelled_fit_goes_on_by_its_backup()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("backup.keras");
        var whole = Plain();
        var expected = whole.Fit(Data.X, Data.Y, epochs: 5, verbose: 0);

        using var cancellation = new CancellationTokenSource();
        var batches = 0;
        var cancelled = Plain();
        cancelled.Callbacks.Add(new BackupAndRestore(path));
        cancelled.Callbacks.Add(new LambdaCallback(onBatchEnd: _ =>
        {
            if (++batches == 5)
                cancellation.Cancel();
        }));
        Assert.StartsWith(
            "cancelled in epoch 3, after batch 1 of 2",
            cancelled.Fit(Data.X, Data.Y, epochs: 5, verbose: 0, cancellation: cancellation.Token).StoppedBy,
            StringComparison.Ordinal);
        Assert.True(File.Exists(path));

        var resumed = Plain();
        resumed.Callbacks.Add(new BackupAndRestore(path));
        resumed.Callbacks.Add(new LambdaCallback());
        var history = resumed.Fit(Data.X, Data.Y, epochs: 5, verbose: 0);
        Assert.Equal(expected[Monitored.Loss], history[Monitored.Loss]);
        Assert.Equal(ModelWeights.Of(whole.Model), ModelWeights.Of(resumed.Model));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Another_run_is_refused_by_what_differs()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("within.safetensors");
        var first = Plain();
        first.Callbacks.Add(new LambdaCallback(onBatchEnd: context => context.Save(path, weightsOnly: false)));
        first.Fit(Data.X, Data.Y, verbose: 0);

        Refused("batches of 32, this one has 16", trainer => trainer.Fit(Data.X, Data.Y, batchSize: 16, verbose: 0));
        Refused("44 samples, this one has 33", trainer => trainer.Fit(Data.X, Data.Y, validationSplit: 0.25, verbose: 0));
        Refused("2 batches an epoch, this one has 1", trainer => trainer.Fit(Data.X, Data.Y, stepsPerEpoch: 1, verbose: 0));
        Refused("shuffled samples, this one does not", trainer => trainer.Fit(Data.X, Data.Y, shuffle: false, verbose: 0));
        Refused("the seed 3, this one has 9", trainer => trainer.Fit(Data.X, Data.Y, seed: 9, verbose: 0));
        foreach (var (loss, text) in new[]
        {
            (Loss.Huber(2), "huber (delta 2)"), (Loss.MeanSquaredError with { Reduction = Reduction.Sum }, "mean_squared_error (reduction sum)"),
        })
        {
            var other = new Wandering.Trainer(new Wandering(seed: 3)) { Optimizer = new Adam(0.01), Loss = loss };
            other.Callbacks.Add(new LambdaCallback());
            other.Resume(path);
            Assert.Contains(
                $"the loss mean_squared_error, this one has {text}",
                Assert.Throws<InvalidOperationException>(() => other.Fit(Data.X, Data.Y, verbose: 0)).Message, StringComparison.Ordinal);
        }

        void Refused(string difference, Action<Wandering.Trainer> fit)
        {
            var trainer = Plain();
            trainer.Callbacks.Add(new LambdaCallback());
            trainer.Resume(path);
            var refusal = Assert.Throws<InvalidOperationException>(() => fit(trainer));
            Assert.Contains(difference, refusal.Message, StringComparison.Ordinal);

            // Nothing is lost: with the right arguments it still goes on.
            Assert.Equal([0], trainer.Fit(Data.X, Data.Y, verbose: 0).Epochs);
        }
    }

    [Fact]
    public void Another_optimizer_or_weights_alone_are_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("between.safetensors");
        Plain().Save(path);
        var slower = new Wandering.Trainer(new Wandering(seed: 3)) { Optimizer = new Adam(0.01, beta1: 0.8), Loss = Loss.MeanSquaredError };
        Assert.Contains(
            "beta_1 = 0.9, this trainer's has 0.8",
            Assert.Throws<InvalidDataException>(() => slower.Resume(path)).Message,
            StringComparison.Ordinal);

        new Wandering(seed: 3).Save(path);
        Assert.Contains("weights alone", Assert.Throws<InvalidDataException>(() => Plain().Resume(path)).Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_backup_that_cannot_be_written_warns_and_training_goes_on()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("backup.safetensors");
        var trainer = Plain();
        trainer.Callbacks.Add(new BackupAndRestore(path, deleteCheckpoint: false));
        var lastGood = Array.Empty<byte>();
        trainer.Callbacks.Add(new LambdaCallback(onEpochEnd: context =>
        {
            // From the second epoch on a folder stands where the file should.
            if (context.Epoch != 0)
                return;
            lastGood = File.ReadAllBytes(path);
            File.Move(path, path + ".kept");
            Directory.CreateDirectory(path);
        }));
        var history = trainer.Fit(Data.X, Data.Y, epochs: 3, verbose: 0);
        Assert.Equal(3, history.Epochs.Count);
        Assert.Contains(history.Warnings, warning => warning.Contains("BackupAndRestore could not write", StringComparison.Ordinal));
        Assert.Equal(lastGood, File.ReadAllBytes(path + ".kept"));
    }

    [Fact]
    public void Leftovers_of_killed_writers_go()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(".backup.safetensors.abcdefgh.ijk.tmp"), "half a file");
        File.WriteAllText(folder.File(".another.safetensors.abcdefgh.ijk.tmp"), "not ours");
        var trainer = Plain();
        trainer.Callbacks.Add(new BackupAndRestore(folder.File("backup.safetensors")));
        trainer.Fit(Data.X, Data.Y, verbose: 0);
        Assert.Equal([".another.safetensors.abcdefgh.ijk.tmp"], folder.Names);
    }

    private static void AssertSame(string[] expected, string[] actual, string path)
    {
        var differences = expected.Zip(actual).Where(pair => pair.First != pair.Second).Select(pair => $"{pair.Second}\nbut was\n{pair.First}");
        Assert.True(expected.SequenceEqual(actual), $"Going on from {path} led to\n{string.Join('\n', differences)}");
    }

    private static Wandering.Trainer Plain() =>
        new(new Wandering(seed: 3)) { Optimizer = new Adam(0.01), Loss = Loss.MeanSquaredError };

    /// <summary>A run with everything that has a state: masks, averages, half-accumulated gradients, two of a kind of callback.</summary>
    private sealed class Run
    {
        private readonly TemporaryFolder folder;
        private readonly string extension;
        private readonly EarlyStopping patient = new(Monitored.ValLoss, patience: 3, restoreBestWeights: true);
        private readonly ModelCheckpoint best;

        public Run(TemporaryFolder folder, string extension, SaveAtEachMoment saver, Device? device = null)
        {
            this.folder = folder;
            this.extension = extension;
            best = new(folder.File("best-{epoch:02d}" + extension), saveBestOnly: true);
            Trainer = new(new Wandering(seed: 3), device ?? Device.Cpu)
            {
                Optimizer = new Adam(0.05) { UseEma = true, GradientAccumulationSteps = 3 },
                Loss = Loss.MeanSquaredError,
                Metrics = { Metric.MeanAbsoluteError, Metric.R2Score },
                Callbacks =
                {
                    new CsvLogger(folder.File("log.csv")),
                    new EarlyStopping(Monitored.ValLoss, patience: 50),
                    patient,
                    saver,
                    new ModelCheckpoint(folder.File("last" + extension), saveFrequency: 3),
                    best,
                    new ReduceLROnPlateau(Monitored.Loss, patience: 1, factor: 0.5),
                },
            };
        }

        public Wandering.Trainer Trainer { get; }

        public History History { get; private set; } = null!;

        // Batches of 8: five an epoch, of which three are a step's; the order of one pass goes on in the next epoch.
        public void Fit() => History = Trainer.Fit(
            Data.X, Data.Y, batchSize: 8, epochs: Epochs, validationSplit: 0.1, stepsPerEpoch: 3, validationFreq: 2, verbose: 0, seed: 11);

        public string[] End() =>
            [
                Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(ModelWeights.Of(Trainer.Model)))),
                .. History.Names.Select(name => $"{name}: {string.Join(' ', History[new(name)])} at {string.Join(' ', History.EpochsOf(new(name)))}"),
                History.StoppedBy!,
                $"{Trainer.Iteration} {Trainer.NextEpoch} {Trainer.LearningRate:R}",
                $"{patient.Best:R} {patient.BestEpoch} {patient.StoppedEpoch} {best.Best:R} {best.BestPath} {best.LastPath}",
                .. File.ReadLines(folder.File("log.csv")),
                .. folder.Names.Where(name => name.EndsWith(extension, StringComparison.Ordinal) && !name.StartsWith("moment", StringComparison.Ordinal))
                    .Select(name => name + " " + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(folder.File(name))))),
            ];
    }
}

/// <summary>Draws masks and moves averages in each step.</summary>
[Input(5, 2)]
[Lstm(6, ReturnSequences = true, Dropout = 0.2, RecurrentDropout = 0.1)]
[BatchNormalization]
[Dropout(0.3)]
[Gru(4)]
[Dense(1)]
internal sealed partial class Wandering;
