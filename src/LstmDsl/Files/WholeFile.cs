namespace LstmDsl;

/// <summary>Reads a file that is looked at as a whole.</summary>
internal static class WholeFile
{
    /// <summary>Its bytes.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or may not be read.</exception>
    /// <exception cref="InvalidDataException">It is longer than an array, or became shorter while it was read.</exception>
    public static byte[] Read(string path)
    {
        if (Directory.Exists(path))
            throw new UnauthorizedAccessException($"'{path}' is a folder, not a file.");
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        if (stream.Length > Array.MaxLength)
            throw new InvalidDataException($"'{path}' is {stream.Length} bytes long; up to {Array.MaxLength} are read.");
        var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
            ? bytes
            : throw new InvalidDataException($"'{path}' became shorter while it was read.");
    }
}
