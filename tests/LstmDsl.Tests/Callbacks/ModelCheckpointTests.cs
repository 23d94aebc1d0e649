namespace LstmDsl.Tests;

public sealed class ModelCheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_best_survives_from_one_run_to_the_next()
    {
        var checkpoint = new ModelCheckpoint(folder.File("m.safetensors"), saveBestOnly: true);
        var first = new FakeTraining("loss", "val_loss");
        first.Run(checkpoint, "val_loss", 1, 0.5);
        Assert.Equal(2, first.Saved.Count);
        var second = new FakeTraining("loss", "val_loss");
        second.Run(checkpoint, "val_loss", 0.9, 0.5, 0.4);
        Assert.Single(second.Saved);
        Assert.Equal(0.4, checkpoint.Best);
        Assert.Equal(folder.File("m.safetensors"), checkpoint.BestPath);
    }

    [Fact]
    public void NaN_never_improves()
    {
        var training = new FakeTraining("val_loss");
        var checkpoint = new ModelCheckpoint(folder.File("e{epoch}.st"), saveBestOnly: true);
        training.Run(checkpoint, "val_loss", double.NaN, 3, double.NaN, 2);
        Assert.Equal(["e2.st", "e4.st"], training.Saved.Select(Path.GetFileName));
    }

    [Fact]
    public void Without_the_value_nothing_is_written_as_best()
    {
        var training = new FakeTraining("loss", "val_loss");
        var checkpoint = new ModelCheckpoint(folder.File("m.st"), saveBestOnly: true);
        checkpoint.OnTrainBegin(training);
        training.RunEpoch(checkpoint, 0, new Dictionary<string, double> { ["loss"] = 1 });
        Assert.Empty(training.Saved);
    }

    [Fact]
    public void Saving_every_epoch_needs_no_validation()
    {
        var training = new FakeTraining("loss");
        training.Run(new ModelCheckpoint(folder.File("m.st"), saveWeightsOnly: true), "loss", 1, 2);
        Assert.Equal(2, training.Saved.Count);
        Assert.All(training.SavedWeightsOnly, Assert.True);
    }

    [Theory]
    [InlineData("{epoch}-{val_los}.st", "val_los")]
    [InlineData("{epoch}-{batch}.st", "batch")]
    public void An_unknown_name_in_the_path_is_refused_with_the_known_ones(string name, string unknown)
    {
        var training = new FakeTraining("loss", "val_loss");
        var problem = Assert.Throws<InvalidOperationException>(() => new ModelCheckpoint(folder.File(name)).OnTrainBegin(training));
        Assert.Contains($"\"{unknown}\"", problem.Message, StringComparison.Ordinal);
        Assert.Contains("epoch, loss, val_loss", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void By_batches_validation_values_are_not_known()
    {
        var training = new FakeTraining("loss", "val_loss");
        var named = new ModelCheckpoint(folder.File("{val_loss:.2f}.st"), saveFrequency: 2);
        var monitored = new ModelCheckpoint(folder.File("m.st"), saveBestOnly: true, saveFrequency: 2);
        var fitting = new ModelCheckpoint(folder.File("{epoch}-{batch}-{loss:.2f}.st"), "loss", saveBestOnly: true, saveFrequency: 2);
        Assert.Throws<InvalidOperationException>(() => named.OnTrainBegin(training));
        Assert.Throws<InvalidOperationException>(() => monitored.OnTrainBegin(training));
        fitting.OnTrainBegin(training);
    }

    [Fact]
    public void An_explicit_monitor_that_is_never_produced_is_refused()
    {
        var training = new FakeTraining("loss");
        Assert.Throws<InvalidOperationException>(() => new ModelCheckpoint(folder.File("m.st"), Monitored.ValLoss).OnTrainBegin(training));
        Assert.Throws<InvalidOperationException>(() => new ModelCheckpoint(folder.File("m.st"), saveBestOnly: true).OnTrainBegin(training));
    }

    [Fact]
    public void The_folder_is_made_before_the_first_batch()
    {
        new ModelCheckpoint(folder.File("a/b/m.st")).OnTrainBegin(new FakeTraining("loss"));
        Assert.True(Directory.Exists(folder.File("a/b")));
        Assert.Empty(Directory.GetFiles(folder.File("a/b")));
        new ModelCheckpoint(folder.File("c/{epoch}/m.st")).OnTrainBegin(new FakeTraining("loss"));
        Assert.True(Directory.Exists(folder.File("c")));
        Assert.Empty(Directory.GetFileSystemEntries(folder.File("c")));
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_refused_before_the_first_batch()
    {
        File.WriteAllText(folder.File("file"), "");
        Directory.CreateDirectory(folder.File("taken.st"));
        var training = new FakeTraining("loss");
        var inFile = Assert.Throws<IOException>(() => new ModelCheckpoint(folder.File("file/m.st")).OnTrainBegin(training));
        Assert.Contains("m.st", inFile.Message, StringComparison.Ordinal);
        var isFolder = Assert.Throws<IOException>(() => new ModelCheckpoint(folder.File("taken.st")).OnTrainBegin(training));
        Assert.Contains("folder", isFolder.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_new_best_stands_while_its_file_is_written_and_goes_where_that_fails()
    {
        var checkpoint = new ModelCheckpoint(folder.File("m.st"), saveBestOnly: true);
        var training = new FakeTraining("val_loss");
        var states = new List<double>();
        training.WhileSaving = () => states.Add(checkpoint.Saved().Numbers["best"]);
        training.Run(checkpoint, "val_loss", 0.5);
        Assert.Equal([0.5], states);
        training.WhileSaving = () => throw new IOException("disk full");
        Assert.Throws<IOException>(() => training.RunEpoch(checkpoint, 1, new Dictionary<string, double> { ["val_loss"] = 0.1 }));
        Assert.Equal(0.5, checkpoint.Best);
    }

    [Fact]
    public void A_resumed_run_knows_the_best_and_the_batches()
    {
        var before = new ModelCheckpoint(folder.File("{epoch}-{batch}.st"), "loss", saveBestOnly: true, saveFrequency: 4);
        var first = new FakeTraining("loss") { BatchesInEpoch = 6 };
        first.Run(before, "loss", 0.5);
        var after = new ModelCheckpoint(folder.File("{epoch}-{batch}.st"), "loss", saveBestOnly: true, saveFrequency: 4);
        var second = new FakeTraining("loss") { BatchesInEpoch = 6 };
        after.OnTrainBegin(second);
        after.Restore(before.Saved());
        second.RunEpoch(after, 1, new Dictionary<string, double> { ["loss"] = 0.6 });
        Assert.Empty(second.Saved);
        second.RunEpoch(after, 2, new Dictionary<string, double> { ["loss"] = 0.4 });
        Assert.Equal(["3-4.st"], second.Saved.Select(Path.GetFileName));
    }

    [Fact]
    public void Verbose_says_what_it_did()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var path = folder.File("m.st");
        var checkpoint = new ModelCheckpoint(path, verbose: 1, saveBestOnly: true, initialValueThreshold: 2) { Output = output };
        new FakeTraining("val_loss").Run(checkpoint, "val_loss", 1, 3);
        Assert.Equal(
            $"Epoch 1: val_loss improved from 2.00000 to 1.00000, saving model to {path}\nEpoch 2: val_loss did not improve from 1.00000\n",
            output.ToString());
    }
}
