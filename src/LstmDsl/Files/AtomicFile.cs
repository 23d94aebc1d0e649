namespace LstmDsl;

/// <summary>
/// Replaces a file as a whole or leaves it as it was, also where the machine loses power: the new content goes to a temporary name in the
/// same folder, is flushed to disk, and then takes the target's name in one step.
/// </summary>
internal static class AtomicFile
{
    /// <summary>How much of the target's name a temporary name repeats: file systems limit a name's length.</summary>
    private const int LongestNameInTemporary = 40;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; its folder must exist. A symbolic link stays, and the file that it leads to is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="ArgumentException">The path names no file.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The path is a folder, or the system refused; the target is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written; the target is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var target = Target(path);
        var folder = Path.GetDirectoryName(target)!;
        if (Directory.Exists(target))
        {
            throw new IOException($"Cannot write '{path}': it is a folder.");
        }

        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"Cannot write '{path}': the folder '{folder}' does not exist.");
        }

        var temporary = TemporaryPath(folder, Path.GetFileName(target));
        try
        {
            WriteTemporary(temporary, target, write);
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception exception)
        {
            Discard(temporary);
            // The temporary name says nothing to whoever reads this, and another one would make the same failure look new each time.
            var cause = exception.Message.Replace(temporary, target, StringComparison.Ordinal);
            var message = $"Cannot write '{path}'; what stood there before is unchanged. {cause}";
            switch (exception)
            {
                case UnauthorizedAccessException:
                    throw new UnauthorizedAccessException(message, exception);
                case IOException:
                    throw new IOException(message, exception) { HResult = exception.HResult };
                default:
                    throw;
            }
        }

        FlushFolder(folder, path);
    }

    /// <summary>A path in a folder that nothing else has, for a file that is to become another or to go at once.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The other file's name.</param>
    public static string TemporaryPath(string folder, string name) => Path.Combine(folder, TemporaryName(name, Path.GetRandomFileName()));

    /// <summary>Deletes what writers of a file left behind that were killed; nobody may be writing it.</summary>
    /// <param name="path">The file.</param>
    public static void DiscardLeftovers(string path)
    {
        var target = Target(path);
        var pattern = TemporaryName(Path.GetFileName(target), "????????.???");
        if (Path.GetDirectoryName(target) is { } folder && Directory.Exists(folder))
        {
            foreach (var leftover in Directory.EnumerateFiles(folder, pattern))
                Discard(leftover);
        }
    }

    /// <summary>The full path of the file to replace: a symbolic link's own target.</summary>
    private static string Target(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Path.EndsInDirectorySeparator(path))
        {
            throw new ArgumentException($"'{path}' names a folder; a file name is expected.", nameof(path));
        }

        var file = new FileInfo(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>The name of a temporary file; the dot hides it where dots hide files.</summary>
    private static string TemporaryName(string name, string middle) =>
        $".{name[..Math.Min(LongestNameInTemporary, name.Length)]}.{middle}.tmp";

    private static void WriteTemporary(string temporary, string target, Action<Stream> write)
    {
        using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            // Whoever could not read the old file shall not read the new one.
            File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
        }

        write(stream);
        stream.Flush();
        DiskFlush.File(stream.SafeFileHandle, target);
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure that led here says more than this one.
        }
    }

    private static void FlushFolder(string folder, string path)
    {
        try
        {
            DiskFlush.Folder(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"'{path}' was written, but its folder could not be flushed to disk, so a loss of power may undo it. {exception.Message}",
                exception);
        }
    }
}
