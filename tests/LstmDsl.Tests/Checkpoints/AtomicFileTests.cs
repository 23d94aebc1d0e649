using System.Text;

namespace LstmDsl.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_new_file_holds_what_was_written()
    {
        AtomicFile.Write(folder.File("weights"), Text("new"));
        Assert.Equal("new", File.ReadAllText(folder.File("weights")));
        Assert.Equal(["weights"], folder.Names);
    }

    [Fact]
    public void A_shorter_content_replaces_the_whole_of_a_longer_one()
    {
        File.WriteAllText(folder.File("weights"), "something long");
        AtomicFile.Write(folder.File("weights"), Text("short"));
        Assert.Equal("short", File.ReadAllText(folder.File("weights")));
        Assert.Equal(["weights"], folder.Names);
    }

    [Fact]
    public void A_path_without_a_folder_is_taken_from_the_current_one() =>
        Assert.StartsWith(
            $"Cannot write '{Path.GetFileName(folder.Path)}/x/y'",
            Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write($"{Path.GetFileName(folder.Path)}/x/y", Text(""))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_writer_that_fails_leaves_the_old_file_and_nothing_else()
    {
        File.WriteAllText(folder.File("weights"), "old");
        var cause = new InvalidOperationException("out of ideas");
        var thrown = Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder.File("weights"), stream =>
        {
            Text("half of the new")(stream);
            throw cause;
        }));
        Assert.Same(cause, thrown);
        Assert.Equal("old", File.ReadAllText(folder.File("weights")));
        Assert.Equal(["weights"], folder.Names);
    }

    [Fact]
    public void A_failure_of_the_system_names_target_and_cause()
    {
        var full = new IOException("No space left on device", hresult: 28);
        var thrown = Assert.Throws<IOException>(() => AtomicFile.Write(folder.File("weights"), _ => throw full));
        Assert.Equal($"Cannot write '{folder.File("weights")}'; what stood there before is unchanged. No space left on device", thrown.Message);
        Assert.Equal(28, thrown.HResult);
        Assert.Same(full, thrown.InnerException);
        Assert.Empty(folder.Names);
    }

    /// <summary>It differs each time, so a failure that comes again would look like another.</summary>
    [Fact]
    public void The_temporary_name_is_in_no_message()
    {
        var thrown = Assert.Throws<IOException>(() => AtomicFile.Write(
            folder.File("weights"), stream => throw new IOException($"No space left on device : '{((FileStream)stream).Name}'")));
        Assert.Equal(
            $"Cannot write '{folder.File("weights")}'; what stood there before is unchanged. No space left on device : '{folder.File("weights")}'",
            thrown.Message);
    }

    [Fact]
    public void A_refusal_of_the_system_stays_a_refusal()
    {
        var refusal = new UnauthorizedAccessException("Access denied.");
        var thrown = Assert.Throws<UnauthorizedAccessException>(() => AtomicFile.Write(folder.File("weights"), _ => throw refusal));
        Assert.Equal($"Cannot write '{folder.File("weights")}'; what stood there before is unchanged. Access denied.", thrown.Message);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_folder_is_not_replaced()
    {
        Directory.CreateDirectory(folder.File("weights"));
        var thrown = Assert.Throws<IOException>(() => AtomicFile.Write(folder.File("weights"), Text("new")));
        Assert.Equal($"Cannot write '{folder.File("weights")}': it is a folder.", thrown.Message);
        Assert.Equal(["weights"], folder.Names);
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var thrown = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(folder.File("missing/weights"), Text("new")));
        Assert.Contains($"the folder '{folder.File("missing")}' does not exist", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("folder/")]
    public void A_path_must_name_a_file(string path) => Assert.Throws<ArgumentException>(() => AtomicFile.Write(path, Text("new")));

    [UnixFact]
    public void A_file_keeps_its_permissions()
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.WriteAllText(folder.File("weights"), "old");
        SetMode(folder.File("weights"), Private);
        AtomicFile.Write(folder.File("weights"), Text("new"));
        Assert.Equal(Private, Mode(folder.File("weights")));
    }

    [UnixFact]
    public void A_symbolic_link_stays_and_its_file_is_replaced()
    {
        Directory.CreateDirectory(folder.File("disk"));
        File.WriteAllText(folder.File("disk/weights"), "old");
        File.CreateSymbolicLink(folder.File("link"), folder.File("disk/weights"));
        AtomicFile.Write(folder.File("link"), Text("new"));
        Assert.Equal(folder.File("disk/weights"), new FileInfo(folder.File("link")).LinkTarget);
        Assert.Equal("new", File.ReadAllText(folder.File("disk/weights")));
    }

    /// <summary>A folder that takes no new names even from root: the kernel's own. Where there is none, the folder is missing.</summary>
    [UnixFact]
    public void A_folder_that_takes_no_files_is_named()
    {
        var thrown = Record.Exception(() => AtomicFile.Write("/proc/self/weights", Text("new")));
        Assert.True(thrown is IOException or UnauthorizedAccessException, $"{thrown}");
        Assert.StartsWith("Cannot write '/proc/self/weights'", thrown.Message, StringComparison.Ordinal);
    }

    /// <summary>Windows lets nobody replace a file while another reads it.</summary>
    [UnixFact]
    public async Task Of_concurrent_writers_one_wins_whole()
    {
        const int Writers = 4, Rounds = 10, Length = 100_000;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                AtomicFile.Write(folder.File("weights"), stream => stream.Write(Enumerable.Repeat((byte)writer, Length).ToArray()));
                var seen = File.ReadAllBytes(folder.File("weights"));
                Assert.Equal(Length, seen.Length);
                Assert.Single(seen.Distinct());
            }
        })));
        Assert.Equal(["weights"], folder.Names);
    }

    [Fact]
    public void A_long_name_leaves_room_for_the_temporary_one()
    {
        var name = new string('n', 255);
        AtomicFile.Write(folder.File(name), Text("new"));
        Assert.Equal([name], folder.Names);
    }

    public void Dispose() => folder.Dispose();

    private static Action<Stream> Text(string text) => stream => stream.Write(Encoding.UTF8.GetBytes(text));

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
