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
        if (Directory.Exists(path)) throw new IOException($"{owner} cannot write \"{path}\": a folder has that name.");
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            Directory.CreateDirectory(folder);
            AtomicFile.DiscardLeftovers(path);
            var probe = AtomicFile.TemporaryPath(folder, Path.GetFileName(path));
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{owner} cannot write \"{path}\": {problem.Message}", problem);
        }
    }
}
