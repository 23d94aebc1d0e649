namespace LstmDsl.Tests;

/// <summary>A file that cannot be written ends a fit, or is a warning that later files do not hold.</summary>
public sealed class OnWriteErrorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_model_is_what_a_fit_is_for_and_all_else_is_not()
    {
        Assert.Equal(OnWriteError.Throw, new ModelCheckpoint("model.keras").OnWriteError);
        Assert.Equal(OnWriteError.Warn, new CsvLogger("log.csv").OnWriteError);
        Assert.Equal(OnWriteError.Warn, new TensorBoard("logs").OnWriteError);
        Assert.Equal(OnWriteError.Warn, new BackupAndRestore("backup.keras").OnWriteError);
    }

    [Fact]
    public void A_log_goes_on_where_it_can_and_lacks_nothing()
    {
        var path = folder.File("log.csv");
        var (logger, training) = (new CsvLogger(path), new FakeTraining("loss"));
        logger.OnTrainBegin(training);
        Epoch(training, logger, 0);
        Hide(path);
        Epoch(training, logger, 1);
        Epoch(training, logger, 2);
        Assert.Equal(2, training.Warnings.Count);
        Assert.All(training.Warnings, warning => Assert.StartsWith(
            $"CsvLogger could not write \"{path}\", and training goes on without. ", warning, StringComparison.Ordinal));
        Show(path);
        Epoch(training, logger, 3);
        Assert.Equal("epoch,loss\n0,0.5\n1,0.5\n2,0.5\n3,0.5\n", File.ReadAllText(path));
    }

    [Fact]
    public void Rows_that_are_not_written_yet_travel_in_checkpoints()
    {
        var path = folder.File("log.csv");
        var (logger, training) = (new CsvLogger(path), new FakeTraining("loss"));
        logger.OnTrainBegin(training);
        Epoch(training, logger, 0);
        Assert.Empty(logger.Saved().Texts);
        Hide(path);
        Epoch(training, logger, 1);
        Show(path);
        var state = logger.Saved();
        Assert.Equal(new FileInfo(path).Length, state.Numbers["length"]);
        Assert.Equal("1,0.5\n", state.Texts["rows"]);

        var next = new CsvLogger(path);
        next.OnTrainBegin(training);
        next.Restore(state);
        Epoch(training, next, 2);
        Assert.Equal("epoch,loss\n0,0.5\n1,0.5\n2,0.5\n", File.ReadAllText(path));
    }

    [Fact]
    public void TensorBoard_goes_on_where_it_can_and_lacks_nothing()
    {
        var (board, training) = (new TensorBoard(folder.Path), new FakeTraining("loss"));
        board.OnTrainBegin(training);
        var path = Assert.Single(Directory.GetFiles(folder.File("train")));
        Hide(path);
        Epoch(training, board, 0);
        Assert.StartsWith($"TensorBoard could not write \"{path}\"", Assert.Single(training.Warnings), StringComparison.Ordinal);
        Show(path);
        Epoch(training, board, 1);
        Assert.Equal([0, 1], EventReader.Read(path).Skip(1).Select(one => one.Step));
    }

    [Fact]
    public void Logs_throw_where_that_is_asked_for()
    {
        var (logger, board) = (new CsvLogger(folder.File("log.csv"), onWriteError: OnWriteError.Throw), new TensorBoard(folder.Path, OnWriteError.Throw));
        var training = new FakeTraining("loss");
        logger.OnTrainBegin(training);
        board.OnTrainBegin(training);
        Directory.CreateDirectory(folder.File("log.csv"));
        Hide(Assert.Single(Directory.GetFiles(folder.File("train"))));
        Assert.Throws<IOException>(() => Epoch(training, logger, 0));
        Assert.True(Record.Exception(() => Epoch(training, board, 0)) is IOException or UnauthorizedAccessException);
        Assert.Empty(training.Warnings);
    }

    [Fact]
    public void The_best_model_is_tried_again()
    {
        var full = new IOException("No space left on device");
        var checkpoint = new ModelCheckpoint(folder.File("best.keras"), "loss", saveBestOnly: true, onWriteError: OnWriteError.Warn);
        var training = new FakeTraining("loss") { WhileSaving = () => throw full, Directions = { ["loss"] = Direction.Minimize } };
        checkpoint.OnTrainBegin(training);
        Epoch(training, checkpoint, 0);
        Assert.Null(checkpoint.Best);
        Assert.Null(checkpoint.BestPath);
        Assert.EndsWith("and training goes on without. No space left on device", Assert.Single(training.Warnings), StringComparison.Ordinal);
        training.WhileSaving = null;
        Epoch(training, checkpoint, 1);
        Assert.Equal(0.5, checkpoint.Best);

        var strict = new ModelCheckpoint(folder.File("best.keras"));
        training.WhileSaving = () => throw full;
        strict.OnTrainBegin(training);
        Assert.Same(full, Assert.Throws<IOException>(() => Epoch(training, strict, 0)));
    }

    [Fact]
    public void A_backup_that_cannot_be_written_ends_a_fit_where_that_is_asked_for()
    {
        var full = new IOException("No space left on device");
        var backup = new BackupAndRestore(folder.File("backup.keras"), onWriteError: OnWriteError.Throw);
        var training = new FakeTraining("loss") { WhileSaving = () => throw full };
        backup.OnTrainBegin(training);
        Assert.Same(full, Assert.Throws<IOException>(() => Epoch(training, backup, 0)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_warning_of_a_disk_is_given_once_and_no_checkpoint_holds_it(bool deletesAtTheEnd)
    {
        var undisturbed = Train(isDisturbed: false, deletesAtTheEnd);
        Assert.Empty(undisturbed.History.Warnings);
        var disturbed = Train(isDisturbed: true, deletesAtTheEnd);
        var warnings = disturbed.History.Warnings;
        Assert.StartsWith("BackupAndRestore could not write", warnings[0], StringComparison.Ordinal);
        Assert.Equal(deletesAtTheEnd ? 2 : 1, warnings.Count);
        Assert.All(warnings, warning => Assert.DoesNotContain(".tmp", warning, StringComparison.Ordinal));
        Assert.Equal(undisturbed.Checkpoint, disturbed.Checkpoint);
    }

    private (History History, byte[] Checkpoint) Train(bool isDisturbed, bool deletesAtTheEnd)
    {
        var backup = folder.File("backup.safetensors");
        var last = folder.File("last.safetensors");
        var (x, y) = RandomSamples.For(SmallStack.Shape, samples: 20);
        var trainer = new SmallStack.Trainer(new SmallStack(seed: 1))
        {
            Loss = Loss.MeanSquaredError,
            Callbacks =
            {
                new LambdaCallback(onEpochBegin: _ =>
                {
                    if (isDisturbed)
                        Directory.CreateDirectory(backup);
                }),
                new BackupAndRestore(backup, saveFrequency: 1, deleteCheckpoint: deletesAtTheEnd),
                new ModelCheckpoint(last),
            },
        };
        var history = trainer.Fit(x, y, batchSize: 5, epochs: 6, verbose: 0);
        if (Directory.Exists(backup))
            Directory.Delete(backup);
        File.Delete(backup);
        return (history, File.ReadAllBytes(last));
    }

    private static void Epoch(FakeTraining training, Callback callback, int index) =>
        training.RunEpoch(callback, index, new Dictionary<string, double> { ["loss"] = 0.5 });

    // A folder takes the file's place: nobody writes that, not even root.
    private static void Hide(string path)
    {
        File.Move(path, path + ".kept");
        Directory.CreateDirectory(path);
    }

    private static void Show(string path)
    {
        Directory.Delete(path);
        File.Move(path + ".kept", path);
    }
}
