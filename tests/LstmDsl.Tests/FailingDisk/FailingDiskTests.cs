namespace LstmDsl.Tests;

/// <summary>
/// What a disk refuses, be it only as it is flushed, leaves the old file in place, and the user is told. strace lets the calls fail.
/// </summary>
public sealed class FailingDiskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [StraceTheory]
    [InlineData("EIO", "Input/output error")]
    [InlineData("ENOSPC", "No space left on device")]
    [InlineData("EDQUOT", "Disk quota exceeded")]
    public void A_checkpoint_that_the_disk_refuses_leaves_the_old_one(string error, string message)
    {
        var old = OldCheckpoint();
        var printed = Strace.Run($"fsync:error={error}:when=1+", folder.Path, FailingDiskRun.Command, "model.safetensors", "Throw");
        Assert.Equal(
            [$"Cannot write 'model.safetensors'; what stood there before is unchanged. {message}: '{folder.File("model.safetensors")}'"],
            printed);
        Assert.Equal(old, File.ReadAllBytes(folder.File("model.safetensors")));
        Assert.Equal(["model.safetensors"], folder.Names);
    }

    [StraceFact]
    public void Where_warnings_are_asked_for_training_goes_on_and_says_so_once()
    {
        var old = OldCheckpoint();
        var printed = Strace.Run("fsync:error=EIO:when=1+", folder.Path, FailingDiskRun.Command, "model.safetensors", "Warn");
        Assert.Equal(
            [
                "3 epochs",
                "ModelCheckpoint could not write \"model.safetensors\", and training goes on without. Cannot write 'model.safetensors'; "
                    + $"what stood there before is unchanged. Input/output error: '{folder.File("model.safetensors")}'",
            ],
            printed);
        Assert.Equal(old, File.ReadAllBytes(folder.File("model.safetensors")));
    }

    [StraceFact]
    public void A_folder_that_the_disk_refuses_is_told()
    {
        var old = OldCheckpoint();
        var printed = Strace.Run("fsync:error=EIO:when=2", folder.Path, FailingDiskRun.Command, "model.safetensors", "Throw");
        Assert.Equal(
            [
                "'model.safetensors' was written, but its folder could not be flushed to disk, so a loss of power may undo it. "
                    + $"Input/output error: '{folder.Path}'",
            ],
            printed);
        Assert.NotEqual(old, File.ReadAllBytes(folder.File("model.safetensors")));
        Assert.Equal(["model.safetensors"], folder.Names);
    }

    [StraceFact]
    public void A_call_that_a_signal_ended_is_made_again()
    {
        OldCheckpoint();
        Assert.Equal(
            ["3 epochs"],
            Strace.Run("fsync:error=EINTR:when=1..2", folder.Path, FailingDiskRun.Command, "model.safetensors", "Throw"));
    }

    [StraceTheory]
    [InlineData("Throw")]
    [InlineData("Warn")]
    public void A_log_that_cannot_be_replaced_keeps_the_rows_of_the_last_fit(string onWriteError)
    {
        FailingDiskRun.Train(new CsvLogger(folder.File("log.csv")));
        var old = File.ReadAllLines(folder.File("log.csv"));
        Assert.Equal(1 + FailingDiskRun.Epochs, old.Length);

        var printed = Strace.Run("pwrite64:error=ENOSPC:when=1+", folder.Path, FailingDiskRun.Command, "log.csv", onWriteError);
        Assert.Contains(
            "Cannot write 'log.csv'; what stood there before is unchanged. No space left on device",
            printed[^1],
            StringComparison.Ordinal);
        Assert.Equal(onWriteError == "Throw" ? 1 : 2, printed.Length);
        Assert.Equal(old, File.ReadAllLines(folder.File("log.csv")));
        Assert.Equal(["log.csv"], folder.Names);
    }

    [StraceFact]
    public void Rows_that_the_disk_refuses_are_taken_back_and_told()
    {
        var printed = Strace.Run("fdatasync:error=EIO:when=1+", folder.Path, FailingDiskRun.Command, "log.csv", "Warn");
        Assert.Equal(
            ["3 epochs", "CsvLogger could not write \"log.csv\", and training goes on without. Input/output error: 'log.csv'"],
            printed);
        var lines = File.ReadAllLines(folder.File("log.csv"));
        Assert.Equal("epoch,loss", lines[0]);
        Assert.StartsWith("0,", Assert.Single(lines[1..]), StringComparison.Ordinal);
    }

    [StraceFact]
    public void Rows_that_the_disk_refused_once_come_with_the_next()
    {
        var printed = Strace.Run("fdatasync:error=EIO:when=1", folder.Path, FailingDiskRun.Command, "log.csv", "Warn");
        Assert.Equal(2, printed.Length);
        FailingDiskRun.Train(new CsvLogger(folder.File("expected.csv")));
        Assert.Equal(File.ReadAllText(folder.File("expected.csv")), File.ReadAllText(folder.File("log.csv")));
    }

    private byte[] OldCheckpoint()
    {
        new Killed(seed: 1).Save(folder.File("model.safetensors"));
        return File.ReadAllBytes(folder.File("model.safetensors"));
    }
}
