using System.Text;

namespace LstmDsl.Tests;

public sealed class TensorBoardTests
{
    /// <summary>The check value of CRC-32C, and the ones of RFC 3720, B.4.</summary>
    [Fact]
    public void TheChecksumIsCastagnolis()
    {
        Assert.Equal(0xE3069283u, Checksum.Crc32C(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x8A9136AAu, Checksum.Crc32C(new byte[32]));
        Assert.Equal(EventReader.Crc(new byte[32]), Checksum.Crc32C(new byte[32]));
    }

    [Fact]
    public void EachEpochsValuesAreScalarsOfTrainingAndValidation()
    {
        using var folder = new TemporaryFolder();
        var board = new TensorBoard(folder.Path);
        var training = new FakeTraining("loss", "mean_absolute_error", "val_loss");
        board.OnTrainBegin(training);
        training.RunEpoch(board, 0, new Dictionary<string, double> { ["loss"] = 0.5, ["mean_absolute_error"] = 0.25 });
        training.RunEpoch(
            board, 300, new Dictionary<string, double> { ["loss"] = 0.1, ["mean_absolute_error"] = double.NaN, ["val_loss"] = 2 });
        board.OnTrainEnd(training);

        var trained = EventReader.Read(File_("train"));
        Assert.Equal("brain.Event:2", trained[0].Version);
        Assert.All(trained.Skip(1), one => Assert.Equal("scalars", one.Plugin));
        Assert.Equal(
            [
                (0, "epoch_loss", 0.5f),
                (0, "epoch_mean_absolute_error", 0.25f),
                (300, "epoch_loss", 0.1f),
                (300, "epoch_mean_absolute_error", float.NaN),
            ],
            trained.Skip(1).Select(one => (one.Step, one.Tag!, one.Value!.Value)));
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Assert.All(trained, one => Assert.InRange(one.Time, now - 3600, now + 3600));

        var validated = EventReader.Read(File_("validation"));
        Assert.Equal([(300, "epoch_loss", 2f)], validated.Skip(1).Select(one => (one.Step, one.Tag!, one.Value!.Value)));

        string File_(string part) => Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, part), "events.out.tfevents.*.v2"));
    }

    [Fact]
    public void EachRunHasFilesOfItsOwnAndASchedulesRateIsShown()
    {
        using var folder = new TemporaryFolder();
        var (x, y) = RandomSamples.For(SmallStack.Shape, samples: 20);
        var trainer = new SmallStack.Trainer(new SmallStack(seed: 1))
        {
            Optimizer = new Sgd(Schedule.InverseTimeDecay(0.1, decaySteps: 2, decayRate: 1)),
            Loss = Loss.MeanSquaredError,
            Callbacks = { new TensorBoard(folder.Path) },
        };
        var history = trainer.Fit(x, y, batchSize: 10, epochs: 2, verbose: 0);
        trainer.Fit(x, y, batchSize: 10, epochs: 1, verbose: 0);
        var files = Directory.GetFiles(Path.Combine(folder.Path, "train")).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(2, files.Length);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "validation")));
        Assert.Equal(
            [
                ("epoch_loss", (float)history["loss"][0]),
                ("epoch_learning_rate", 0.05f),
                ("epoch_loss", (float)history["loss"][1]),
                ("epoch_learning_rate", 0.1f / 3),
            ],
            EventReader.Read(files[0]).Skip(1).Select(one => (one.Tag!, one.Value!.Value)));
    }

    [Fact]
    public void AFolderThatCannotBeMadeIsFoundBeforeTheFirstBatch()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("taken");
        File.WriteAllText(file, "");
        var problem = Assert.Throws<IOException>(() => new TensorBoard(file).OnTrainBegin(new FakeTraining("loss")));
        Assert.StartsWith("TensorBoard cannot write", problem.Message, StringComparison.Ordinal);
    }
}
