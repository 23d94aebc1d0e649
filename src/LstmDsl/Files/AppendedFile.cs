namespace LstmDsl;

/// <summary>
/// Adds to a file's end as a whole or not at all: where the system takes only a part, as a full disk does, that part goes again.
/// </summary>
internal static class AppendedFile
{
    /// <summary>Adds bytes. The file is opened anew each time, so that a run that fails leaves no open file behind.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">How it is opened; it is written behind what it holds then.</param>
    /// <param name="bytes">What is added.</param>
    /// <param name="toDisk">Whether to wait until the disk has it, rather than the system.</param>
    /// <exception cref="IOException">The file cannot be written; it is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; it is as it was.</exception>
    public static void Write(string path, FileMode mode, ReadOnlySpan<byte> bytes, bool toDisk)
    {
        using var stream = new FileStream(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var before = stream.Seek(0, SeekOrigin.End);
        try
        {
            stream.Write(bytes);
            if (toDisk)
                DiskFlush.Content(stream.SafeFileHandle, path);
        }
        catch (IOException)
        {
            TakeBack(stream, before);
            throw;
        }
    }

    private static void TakeBack(FileStream stream, long length)
    {
        try
        {
            stream.SetLength(length);
        }
        catch (IOException)
        {
            // The failure that led here says more than this one.
        }
    }
}
