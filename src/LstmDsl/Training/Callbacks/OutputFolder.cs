namespace LstmDsl;

/// <summary>Finds out before the first batch, rather than after an hour, that a file cannot be written.</summary>
internal static class OutputFolder
{
    /// <summary>
    /// Makes the folder of a file that is to be written, tries to write there, and takes away what is left of runs that were killed.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="owner">Who will write it, for the message.</param>
    /// <exception cref="IOException">The folder cannot be made or written to, or the path is itself a folder.</exception>
    public static void Prepare(string path, string owner)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new IOException($"{owner} cannot write \"{path}\": a folder has that name. Name a file in it.");
        var folder = Path.GetDirectoryName(full) ?? full;
        var probe = AtomicFile.TemporaryPath(folder, Path.GetFileName(full));
        try
        {
            Make(folder);
            AtomicFile.DiscardLeftovers(path);
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The probe's own name says nothing to whoever reads this.
            var cause = problem.Message.Replace(probe, full, StringComparison.Ordinal);
            throw new IOException(
                $"{owner} cannot write \"{path}\": the folder \"{folder}\" takes no new file. {cause} "
                + "Give a path in a folder that this program may write to, on a disk with room.",
                problem);
        }
    }

    /// <summary>Makes a folder and those above it; each new one's name lies in the one above, which is flushed for it.</summary>
    private static void Make(string folder)
    {
        var missing = new Stack<string>();
        for (var at = folder; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
            missing.Push(at);
        Directory.CreateDirectory(folder);
        foreach (var made in missing)
            DiskFlush.Folder(Path.GetDirectoryName(made)!);
    }
}
