namespace LstmDsl;

/// <summary>Finds out before the first batch, rather than after an hour, that a file cannot be written.</summary>
internal static class OutputFolder
{
    /// <summary>How much of the file's name the probe's repeats: file systems limit a name's length.</summary>
    private const int LongestName = 40;

    private const FileShare AnyShare = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Makes the folder of a file that is to be written and tries to write there.</summary>
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
            // Always the same name: what a killed run leaves behind goes with the next one.
            var name = Path.GetFileName(path);
            var probe = Path.Combine(folder, $".{name[..Math.Min(LongestName, name.Length)]}.probe.tmp");
            using (new FileStream(probe, FileMode.OpenOrCreate, FileAccess.Write, AnyShare, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{owner} cannot write \"{path}\": {problem.Message}", problem);
        }
    }
}
