namespace LstmDsl;

/// <summary>
/// Files in the safetensors format (https://huggingface.co/docs/safetensors): the header's length in 8 bytes, a JSON header, then the
/// tensors' elements, row-major and little-endian, as they also lie in memory on every platform that this library runs on.
/// </summary>
internal static class Safetensors
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isWanted">
    /// Which tensors are read; null for all. The others are listed without values, so that a message can say that they are there.
    /// </param>
    /// <param name="isSkipped">Which tensors are left out, of whatever type they are; null for none.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not what it claims to be; nothing was allocated for its tensors.</exception>
    public static CheckpointContent Read(
        string path, Predicate<SafetensorsEntry>? isWanted = null, Predicate<SafetensorsEntry>? isSkipped = null)
    {
        using var reader = SafetensorsReader.Open(path);
        return Read(reader, path, isWanted, isSkipped);
    }

    /// <summary>Reads a whole file that is open.</summary>
    /// <param name="stream">The file, at its start; it can be sought in.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="InvalidDataException">The file is not what it claims to be; nothing was allocated for its tensors.</exception>
    public static CheckpointContent Read(Stream stream, string name)
    {
        using var reader = new SafetensorsReader(stream, name);
        return Read(reader, name, isWanted: null, isSkipped: null);
    }

    private static CheckpointContent Read(
        SafetensorsReader reader, string file, Predicate<SafetensorsEntry>? isWanted, Predicate<SafetensorsEntry>? isSkipped)
    {
        List<SafetensorsEntry> entries = [.. reader.Header.Entries.Where(entry => isSkipped is null || !isSkipped(entry))];
        if (entries.Find(entry => !entry.Type.IsRead()) is { } unknown)
            throw SafetensorsHeader.UnreadType(file, unknown.Name, unknown.Type.Name());
        return new()
        {
            Tensors =
            [
                .. entries.Select(entry => isWanted is null || isWanted(entry)
                    ? reader.Read(entry)
                    : new StoredTensor(entry.Name, entry.Shape, entry.Type.Unread())),
            ],
            Metadata = reader.Header.Metadata,
        };
    }

    /// <summary>Writes a whole file, its tensors in the order given; the file is replaced as a whole, or left as it was.</summary>
    /// <exception cref="ArgumentException">A tensor cannot be written; the message names it.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, CheckpointContent content)
    {
        var header = SafetensorsWriter.Header(content);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach (var tensor in content.Tensors)
            {
                SafetensorsWriter.Write(stream, tensor);
            }
        });
    }
}
