namespace LstmDsl.Tests;

public sealed class CsvLoggerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Writes_the_columns_of_Keras_line_by_line()
    {
        var path = folder.File("new/log.csv");
        var logger = new CsvLogger(path);
        var training = new FakeTraining("loss", "mean_absolute_error", "val_loss", "accuracy");
        logger.OnTrainBegin(training);
        Assert.False(File.Exists(path));
        training.RunEpoch(logger, 0, new Dictionary<string, double>
        {
            ["loss"] = 0.1,
            ["mean_absolute_error"] = double.NaN,
            ["accuracy"] = 1e-20,
        });
        Assert.Equal("epoch,accuracy,loss,mean_absolute_error,val_loss\n0,1E-20,0.1,NaN,NA\n", File.ReadAllText(path));
        training.RunEpoch(logger, 1, new Dictionary<string, double>
        {
            ["loss"] = 1.0 / 3,
            ["mean_absolute_error"] = double.PositiveInfinity,
            ["accuracy"] = 1,
            ["val_loss"] = 12345678901234567,
        });
        Assert.Equal(
            "epoch,accuracy,loss,mean_absolute_error,val_loss\n0,1E-20,0.1,NaN,NA\n1,1,0.3333333333333333,Infinity,12345678901234568\n",
            File.ReadAllText(path));
    }

    [Fact]
    public void Appending_continues_a_file_even_one_cut_off()
    {
        var path = folder.File("log.csv");
        new FakeTraining("loss").Run(new CsvLogger(path, ";", append: true), "loss", 1, 0.5);
        File.WriteAllText(path, File.ReadAllText(path).TrimEnd('\n'));
        var logger = new CsvLogger(path, ";", append: true);
        var training = new FakeTraining("loss");
        logger.OnTrainBegin(training);
        training.RunEpoch(logger, 2, new Dictionary<string, double> { ["loss"] = 0.25 });
        Assert.Equal("epoch;loss\n0;1\n1;0.5\n2;0.25\n", File.ReadAllText(path));
    }

    [Fact]
    public void Without_appending_a_file_is_replaced()
    {
        var path = folder.File("log.csv");
        File.WriteAllText(path, "something else that is longer than what comes\n");
        var logger = new CsvLogger(path);
        logger.OnTrainBegin(new FakeTraining("loss"));
        Assert.StartsWith("something", File.ReadAllText(path), StringComparison.Ordinal);
        new FakeTraining("loss").Run(logger, "loss", 1);
        Assert.Equal("epoch,loss\n0,1\n", File.ReadAllText(path));
    }

    [Fact]
    public void A_file_with_other_columns_is_left_as_it_was()
    {
        var path = folder.File("log.csv");
        File.WriteAllText(path, "epoch,loss\n0,1\n");
        var training = new FakeTraining("loss", "val_loss");
        var problem = Assert.Throws<InvalidDataException>(() => new CsvLogger(path, append: true).OnTrainBegin(training));
        Assert.Contains("\"epoch,loss\"", problem.Message, StringComparison.Ordinal);
        Assert.Contains("\"epoch,loss,val_loss\"", problem.Message, StringComparison.Ordinal);
        Assert.Equal("epoch,loss\n0,1\n", File.ReadAllText(path));
    }

    [Fact]
    public void What_cannot_be_written_is_refused_before_the_first_batch()
    {
        File.WriteAllText(folder.File("file"), "");
        var problem = Assert.Throws<IOException>(() => new CsvLogger(folder.File("file/log.csv")).OnTrainBegin(new FakeTraining("loss")));
        Assert.Contains("log.csv", problem.Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => new CsvLogger(folder.File(".")).OnTrainBegin(new FakeTraining("loss")));
    }

    /// <summary>A folder that takes no new names even from root: the kernel's own.</summary>
    [UnixFact]
    public void A_folder_that_takes_no_file_is_named_and_what_to_write_instead()
    {
        var problem = Assert.Throws<IOException>(() => new CsvLogger("/proc/self/log.csv").OnTrainBegin(new FakeTraining("loss")));
        Assert.StartsWith(
            "CsvLogger cannot write \"/proc/self/log.csv\": the folder \"/proc/self\" takes no new file. ", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            " Give a path in a folder that this program may write to, on a disk with room.", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Before_the_first_row_a_run_that_goes_on_leaves_the_old_file()
    {
        var path = folder.File("log.csv");
        File.WriteAllText(path, "epoch,loss\n0,9\n1,8\n");
        var (logger, training) = (new CsvLogger(path), new FakeTraining("loss"));
        logger.OnTrainBegin(training);
        logger.Restore(new() { Numbers = new Dictionary<string, double> { ["length"] = 0 } });
        Assert.Equal("epoch,loss\n0,9\n1,8\n", File.ReadAllText(path));
        training.RunEpoch(logger, 0, new Dictionary<string, double> { ["loss"] = 1 });
        Assert.Equal("epoch,loss\n0,1\n", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData(", ")]
    [InlineData(".")]
    [InlineData("1")]
    [InlineData("e")]
    [InlineData("\"")]
    [InlineData("_")]
    public void A_separator_that_values_hold_is_refused(string separator) =>
        Assert.Throws<ArgumentException>(() => new CsvLogger("log.csv", separator));
}
